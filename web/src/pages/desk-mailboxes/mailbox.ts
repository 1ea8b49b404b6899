import type { Answer } from '../../api/client.ts';

export type Mailbox = Answer<'/admin/v1/mailboxes'>['data'][number];
export type ImapTls = NonNullable<Mailbox['imap']>['tls'];

export const tlsWays = ['implicit', 'starttls', 'none'] as const satisfies readonly ImapTls[];

/** The usual port of a way, put in until the reader types their own. */
export const usualPorts: Readonly<Record<ImapTls, number>> = { implicit: 993, starttls: 143, none: 143 };
