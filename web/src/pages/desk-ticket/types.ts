import type { Answer } from '../../api/client.ts';

export type TicketPage = Answer<'/admin/v1/tickets/{ticket}'>;
export type Message = TicketPage['messages'][number];
export type TicketEvent = TicketPage['events'][number];
export type Beside = Answer<'/admin/v1/tickets/{ticket}/requests'>;
export type Macro = Answer<'/admin/v1/macros'>['data'][number];
