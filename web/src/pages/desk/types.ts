import type { Answer } from '../../api/client.ts';

export type Ticket = Omit<Answer<'/admin/v1/tickets'>['data'][number], 'last_words'> & {
  /** How the last message begins; a search has an excerpt of what it found in its place. */
  readonly last_words?: string;
};
export type Counts = Answer<'/admin/v1/tickets/counts'>;
export type Assignee = Answer<'/admin/v1/ticket-assignees'>['data'][number];

export const views = [
  'inbox',
  'mine',
  'unassigned',
  'waiting_for_us',
  'breaching',
  'waiting',
  'snoozed',
  'solved',
  'closed',
  'all',
] as const;
export type View = (typeof views)[number];
