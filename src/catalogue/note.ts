import type { PoolClient } from 'pg';
import { appendAudit, changedMembers } from '../audit/index.ts';
import type { Actor } from '../base/actor.ts';

/** Members as the admin API names them. Never a credential. */
export type NotedState = Readonly<Record<string, unknown>>;

interface Subject {
  readonly kind: 'vendor' | 'group' | 'channel' | 'model' | 'alias' | 'price';
  readonly id: string;
  readonly name?: string;
}

/**
 * Notes a change in the audit log, within its transaction: a state before and after, null where there is none. A change
 * that changed nothing is not noted.
 */
export async function note(
  client: PoolClient,
  actor: Actor,
  action: 'created' | 'changed' | 'deleted',
  subject: Subject,
  before: NotedState | null,
  after: NotedState | null,
): Promise<void> {
  const states = before !== null && after !== null ? changedMembers(before, after) : { before, after };
  if (states.after !== null && Object.keys(states.after).length === 0) return;
  await appendAudit(client, actor, { action: `${subject.kind}.${action}`, organizationId: null, subject, ...states });
}
