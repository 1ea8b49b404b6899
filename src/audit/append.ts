import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Actor } from '../base/actor.ts';

/** One thing that was done. */
export interface AuditEntry {
  /** `<subject>.<what happened>`: `key.disabled`, `member.invited`. Stable. */
  readonly action: string;
  /** Null: the site itself. */
  readonly organizationId: string | null;
  readonly subject: {
    /** `key`, `member`, `group`, … */
    readonly kind: string;
    readonly id: string;
    readonly name?: string;
  };
  /** Members that changed, as they were and as they are. Never a secret, nor a hash of one. */
  readonly before?: Readonly<Record<string, unknown>> | null;
  readonly after?: Readonly<Record<string, unknown>> | null;
}

/**
 * Adds an entry, in the transaction of what it tells of: neither is there without the other.
 *
 * @returns the id of the entry
 */
export async function appendAudit(client: pg.ClientBase | pg.Pool, actor: Actor, entry: AuditEntry): Promise<string> {
  const id = `aud_${randomBytes(12).toString('hex')}`;
  const { before = null, after = null, subject } = entry;
  await client.query(
    `insert into audit_log (id, organization_id, actor_kind, actor_id, actor_name, as_staff, acting_as, token_id,
       action, subject_kind, subject_id, subject_name, before, after, ip_address, user_agent, request_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      id,
      entry.organizationId,
      actor.kind,
      actor.accountId,
      actor.name,
      actor.kind === 'admin_token' || actor.actingAs !== null || actor.asStaff === true,
      actor.actingAs,
      actor.tokenId,
      entry.action,
      subject.kind,
      subject.id,
      subject.name ?? '',
      before === null ? null : JSON.stringify(before, textOfBigint),
      after === null ? null : JSON.stringify(after, textOfBigint),
      actor.ipAddress,
      actor.userAgent,
      actor.requestId,
    ],
  );
  return id;
}

/**
 * The members in which two states differ, for `before` and `after`. Equal by value; a state that does not exist yet, or
 * no longer, is null.
 */
export function changedMembers<State extends Readonly<Record<string, unknown>>>(
  before: State,
  after: State,
): { before: Partial<State>; after: Partial<State> } {
  const was: Record<string, unknown> = {};
  const is: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (JSON.stringify(before[name], textOfBigint) === JSON.stringify(after[name], textOfBigint)) continue;
    was[name] = before[name] ?? null;
    is[name] = after[name] ?? null;
  }
  return { before: was as Partial<State>, after: is as Partial<State> };
}

function textOfBigint(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
