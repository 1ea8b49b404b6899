import type pg from 'pg';
import { limits } from '../base/limits.ts';
import { domainOf } from './address.ts';

/** Automatic answers that went out lately. */
export interface AnswerCounts {
  readonly addressLastHour: number;
  readonly domainLastHour: number;
  readonly siteLastMinute: number;
}

/** site: so many at once that something is wrong; staff want to know. */
export type AnswerVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: 'suppressed' | 'address' | 'domain' | 'site' };

export function judgeAnswer({ addressLastHour, domainLastHour, siteLastMinute }: AnswerCounts): AnswerVerdict {
  if (addressLastHour >= limits.answersPerAddressAndHour) return { allowed: false, reason: 'address' };
  if (domainLastHour >= limits.answersPerDomainAndHour) return { allowed: false, reason: 'domain' };
  if (siteLastMinute >= limits.answersPerMinute) return { allowed: false, reason: 'site' };
  return { allowed: true };
}

/**
 * Whether one more automatic answer may go to an address now. Counted by what stands in the outbox, so that all nodes
 * count together; in a transaction, two answers to one domain wait for each other, so that both count.
 *
 * @param nowMs Unix milliseconds
 */
export async function mayAnswerAutomatically(
  client: pg.ClientBase | pg.Pool,
  to: string,
  nowMs: number,
): Promise<AnswerVerdict> {
  const first = await judged(client, to, nowMs);
  // Only who would be let pass has to wait.
  if (!first.allowed) return first;
  await client.query(`select pg_advisory_xact_lock(hashtextextended('mail-answers:' || $1, 0))`, [domainOf(to)]);
  return judged(client, to, nowMs);
}

async function judged(client: pg.ClientBase | pg.Pool, to: string, nowMs: number): Promise<AnswerVerdict> {
  const { rows } = await client.query<{
    address_count: number;
    domain_count: number;
    site_count: number;
    suppressed: boolean;
  }>(
    `select count(*) filter (where regexp_replace(lower(recipient), '\\+[^@]*@', '@') = $1)::int as address_count,
       count(*) filter (where lower(split_part(recipient, '@', -1)) = $2)::int as domain_count,
       count(*) filter (where created_at > $3::timestamptz - interval '1 minute')::int as site_count,
       exists (select 1 from suppressed_addresses where address = lower($4)) as suppressed
     from outbox where kind = 'ticket-answer' and created_at > $3::timestamptz - interval '1 hour'`,
    [mailboxOf(to), domainOf(to), new Date(nowMs), to],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('A count returned no row.');
  if (row.suppressed) return { allowed: false, reason: 'suppressed' };
  const { address_count: addressLastHour, domain_count: domainLastHour, site_count: siteLastMinute } = row;
  return judgeAnswer({ addressLastHour, domainLastHour, siteLastMinute });
}

/** Without its tag: `ada+1@` and `ada+2@` are one person's. */
function mailboxOf(address: string): string {
  return address.toLowerCase().replace(/\+[^@]*@/, '@');
}
