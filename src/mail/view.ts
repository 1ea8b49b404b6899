import type pg from 'pg';
import type { MailKind, MailLocale } from './kinds.ts';
import type { LetterKind } from './new-letter.ts';

/**
 * shown: there is no relay, the mail stands in the outbox page. withdrawn: taken back before it left. suppressed: nothing
 * is sent to its address any more.
 */
export const mailStates = ['waiting', 'sending', 'sent', 'shown', 'failed', 'withdrawn', 'suppressed'] as const;
export type MailState = (typeof mailStates)[number];

/** A mail as a list shows it. Times are Unix milliseconds. */
export interface MailView {
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly accountId: string | null;
  readonly locale: MailLocale;
  readonly subject: string;
  readonly state: MailState;
  readonly attempts: number;
  readonly createdAtMs: number;
  readonly sentAtMs: number | null;
  /** Null unless it waits. */
  readonly nextAttemptAtMs: number | null;
  /** Null unless it can still be withdrawn: until then. */
  readonly leavesAtMs: number | null;
  readonly expiresAtMs: number | null;
  readonly lastError: { readonly atMs: number; readonly words: string } | null;
  readonly ticketNumber: bigint | null;
  /** It tells of a vulnerability: for those alone who may read such tickets. */
  readonly restricted: boolean;
  /** It came back, or the relay refused an address of it. hard: it can never arrive there. */
  readonly bounce: { readonly atMs: number; readonly recipient: string | null; readonly hard: boolean } | null;
}

export interface MailContent extends MailView {
  readonly messageId: string;
  /** Null once it was emptied. */
  readonly body: { readonly text: string; readonly html: string } | null;
}

/** Where a page ended: the sort values of its last mail. */
export interface MailPlace {
  /** Microseconds since the epoch: what Postgres sorts by. */
  readonly createdAtUs: number;
  readonly id: string;
}

export interface MailFilter {
  readonly state?: MailState | undefined;
  /** Only what anybody on this machine may see: what is shown, or will be once it can be withdrawn no more. */
  readonly outboxPage?: true;
  /** Without what tells of a vulnerability: for those who may not read such tickets. */
  readonly withoutSecurity?: boolean;
  readonly kind?: MailKind | LetterKind | undefined;
  /** A whole address, in any case of letters. */
  readonly recipient?: string | undefined;
  readonly limit: number;
  readonly after?: MailPlace | undefined;
}

export interface MailPage {
  /** Newest first. */
  readonly mails: readonly MailView[];
  /** Null on the last page. */
  readonly next: MailPlace | null;
}

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly account_id: string | null;
  readonly locale: MailLocale;
  readonly subject: string;
  readonly state: MailState;
  readonly attempts: number;
  readonly created_at: Date;
  readonly sent_at: Date | null;
  readonly next_attempt_at: Date;
  readonly expires_at: Date | null;
  readonly last_error: string | null;
  readonly last_error_at: Date | null;
  readonly ticket_number: bigint | null;
  readonly restricted: boolean;
  readonly bounced_at: Date | null;
  readonly bounce: { readonly recipient: string | null; readonly hard: boolean } | null;
  readonly sort_us: bigint;
}

const restricted = `exists (select 1 from tickets where number = outbox.ticket_number and queue = 'vulnerability')`;
const columns = `id, kind, recipient, account_id, locale, subject, state, attempts, created_at, sent_at, next_attempt_at,
  expires_at, last_error, last_error_at, ticket_number, bounced_at, bounce, ${restricted} as restricted,
  (extract(epoch from created_at) * 1000000)::bigint as sort_us`;

export async function listMail(pool: pg.Pool, filter: MailFilter): Promise<MailPage> {
  const values: unknown[] = [filter.limit + 1];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['true'];
  if (filter.state !== undefined) conditions.push(`state = ${place(filter.state)}`);
  if (filter.withoutSecurity) conditions.push(`not ${restricted}`);
  if (filter.outboxPage)
    conditions.push(`not ${restricted} and (state = 'shown' or state = 'waiting' and ticket_number is not null)`);
  if (filter.kind !== undefined) conditions.push(`kind = ${place(filter.kind)}`);
  if (filter.recipient !== undefined) conditions.push(`lower(recipient) = lower(${place(filter.recipient)})`);
  if (filter.after) {
    const createdAt = `timestamptz 'epoch' + ${place(filter.after.createdAtUs)}::bigint * interval '1 microsecond'`;
    conditions.push(`(created_at, id) < (${createdAt}, ${place(filter.after.id)})`);
  }
  const { rows } = await pool.query<Row>(
    `select ${columns} from outbox where ${conditions.join(' and ')} order by created_at desc, id desc limit $1`,
    values,
  );
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  const more = rows.length > page.length && last !== undefined;
  return { mails: page.map(viewOf), next: more ? { createdAtUs: Number(last.sort_us), id: last.id } : null };
}

export async function findMail(pool: pg.Pool, id: string): Promise<MailContent | null> {
  const { rows } = await pool.query<Row & { message_id: string; text_body: string; html_body: string }>(
    `select ${columns}, message_id, text_body, html_body from outbox where id = $1`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const body = row.text_body === '' ? null : { text: row.text_body, html: row.html_body };
  return { ...viewOf(row), messageId: row.message_id, body };
}

/** How mail fares. Times are Unix milliseconds. */
export interface RelayHealth {
  readonly waiting: number;
  /** Given up within the last day. */
  readonly failed: number;
  readonly lastSentAtMs: number | null;
  readonly lastError: { readonly atMs: number; readonly words: string; readonly mailId: string } | null;
}

export async function relayHealth(pool: pg.Pool): Promise<RelayHealth> {
  const [counts, errors] = await Promise.all([
    pool.query<{ waiting: number; failed: number; sent_at: Date | null }>(
      `select (select count(*)::int from outbox where state in ('waiting', 'sending')) as waiting,
         (select count(*)::int from outbox where state = 'failed' and last_error_at > now() - interval '1 day') as failed,
         (select max(sent_at) from outbox where sent_at is not null) as sent_at`,
    ),
    pool.query<{ id: string; at: Date; words: string }>(
      `select id, last_error_at as at, coalesce(last_error, '') as words from outbox
       where last_error_at is not null order by last_error_at desc limit 1`,
    ),
  ]);
  const { waiting = 0, failed = 0, sent_at: sentAt = null } = counts.rows[0] ?? {};
  const [error] = errors.rows;
  return {
    waiting,
    failed,
    lastSentAtMs: sentAt?.getTime() ?? null,
    lastError: error === undefined ? null : { atMs: error.at.getTime(), words: error.words, mailId: error.id },
  };
}

function viewOf(row: Row): MailView {
  const { id, kind, recipient, locale, subject, state, attempts } = row;
  const pending = state === 'waiting' || state === 'sending';
  const { last_error: words, last_error_at: at, bounce, bounced_at: bouncedAt } = row;
  const withdrawable = state === 'waiting' && attempts === 0 && row.ticket_number !== null;
  return {
    id,
    kind,
    recipient,
    accountId: row.account_id,
    locale,
    subject,
    state,
    attempts,
    createdAtMs: row.created_at.getTime(),
    sentAtMs: row.sent_at?.getTime() ?? null,
    nextAttemptAtMs: pending ? row.next_attempt_at.getTime() : null,
    leavesAtMs: withdrawable ? row.next_attempt_at.getTime() : null,
    expiresAtMs: row.expires_at?.getTime() ?? null,
    lastError: words === null || at === null ? null : { atMs: at.getTime(), words },
    ticketNumber: row.ticket_number,
    restricted: row.restricted,
    bounce: bounce === null || bouncedAt === null ? null : { ...pickBounce(bounce), atMs: bouncedAt.getTime() },
  };
}

function pickBounce({ recipient, hard }: NonNullable<Row['bounce']>) {
  return { recipient, hard };
}
