import { randomBytes } from 'node:crypto';
import type pg from 'pg';

const factsMax = 20;
const factLengthMax = 300;
const listMax = 20;

/** Tells one account of something. `facts`: see `kinds.ts`. */
export type Notify = typeof notify;

/**
 * Adds a notification, in the transaction of what it tells of. An account that is gone is told nothing, and long facts are
 * cut: to tell somebody must not be what a change fails on.
 *
 * @param kind one of `notificationKinds`; an unknown one is kept and shown in general words
 */
export async function notify(
  client: pg.ClientBase | pg.Pool,
  accountId: string,
  kind: string,
  facts: Readonly<Record<string, unknown>>,
  organizationId: string | null = null,
): Promise<void> {
  await client.query(
    `insert into notifications (account_id, id, kind, facts, organization_id)
       select id, $2, $3, $4, $5 from accounts where id = $1`,
    [accountId, `ntf_${randomBytes(12).toString('hex')}`, kind, JSON.stringify(cut(facts)), organizationId],
  );
}

function cut(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(facts)
    .map(
      ([name, value]) => [name, Array.isArray(value) ? value.slice(0, listMax).map(cutFact) : cutFact(value)] as const,
    )
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept.slice(0, factsMax));
}

/** Postgres keeps no NUL in a text. */
function cutFact(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'string') return [...value.replaceAll('\0', '')].slice(0, factLengthMax).join('');
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'boolean' ? value : undefined;
}
