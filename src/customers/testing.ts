import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { newRequestId, requestIdTime } from '../base/request-id.ts';

/** Rows for the tests of what staff see, written as the modules that own them would. */

export async function addAccount(pool: pg.Pool, id: string, email: string, createdAt = 'now()'): Promise<void> {
  await pool.query(
    `insert into accounts (id, name, email, email_verified, created_at) values ($1, $2, $3, true, ${createdAt})`,
    [id, email.split('@')[0], email],
  );
}

export async function addOrganization(pool: pg.Pool, id: string, name: string, ownerId: string): Promise<void> {
  await pool.query('insert into organizations (id, name) values ($1, $2)', [id, name]);
  await pool.query(`insert into members (organization_id, account_id, roles) values ($1, $2, '{owner}')`, [
    id,
    ownerId,
  ]);
}

/** A key of the group `team`. */
export async function addKey(pool: pg.Pool, organizationId: string, id: string, state = 'enabled'): Promise<string> {
  const prefix = `sk-lodge-${id.slice(-8).padStart(8, '0')}`;
  await pool.query(
    `insert into keys (id, organization_id, group_id, name, prefix, hash, state)
     values ($1, $2, 'team', $1, $3, $4, $5)`,
    [id, organizationId, prefix, randomBytes(32), state],
  );
  return prefix;
}

export interface RecordParts {
  readonly organizationId: string;
  readonly atMs: number;
  readonly errorCode?: string;
  readonly fault?: string;
  readonly attempts?: readonly object[];
  readonly actualCost?: bigint;
}

/** A closed request; its day's partition must be there. @returns its id */
export async function addRecord(pool: pg.Pool, parts: RecordParts): Promise<string> {
  const id = newRequestId(parts.atMs);
  await pool.query(
    `insert into request_records (received_at, id, organization_id, region, node, endpoint, method, mode, bytes_in,
       bytes_out, usage_source, cost, actual_cost, estimate, retries, outcome, status, error_code, fault, attempts)
     values ($1, $2, $3, 'local', 'node-1', 'openai.chat', 'POST', 'smart', 1, 1, 'none', $4, $4, 0, 0, 'completed',
       $5, $6, $7, $8)`,
    [
      new Date(requestIdTime(id)),
      id,
      parts.organizationId,
      parts.actualCost ?? 0n,
      parts.errorCode === undefined ? 200 : 502,
      parts.errorCode ?? null,
      parts.fault ?? null,
      JSON.stringify(parts.attempts ?? []),
    ],
  );
  return id;
}
