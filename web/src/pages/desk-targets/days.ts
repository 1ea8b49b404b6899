import type { Calendar } from '../../api/schema.ts';

/** Monday first, as weeks of work are read. */
export const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Day = (typeof days)[number];
export type Exception = Calendar['exceptions'][number];

/** A holiday as it is edited: its hours stay as they are typed. */
export interface DraftException {
  /** Rows have no name of their own. */
  readonly key: number;
  readonly date: string;
  readonly name: string;
  readonly hours: string;
}
