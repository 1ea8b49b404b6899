import type pg from 'pg';
import type { KeyParts } from './parts.ts';
import type { ReportedRow } from './reported-row.ts';
import type { ReportVerdict } from './reported-rule.ts';
import { readersOf } from './warnings.ts';

/** Where a whole key was seen. */
export type ReportSource = 'mail' | 'form' | 'partner';

interface HolderRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly locale: 'en' | 'zh';
}

/** Tells the holder, else the maker, else the owners: in the console, and by mail where the address is proven. */
export async function tellHolders(
  client: pg.PoolClient,
  { telling }: KeyParts,
  key: ReportedRow,
  event: {
    readonly source: ReportSource;
    readonly did: ReportVerdict['act'];
    readonly disableAtMs: number | null;
    readonly nowMs: number;
  },
): Promise<void> {
  if (telling === undefined) return;
  const readers = await readersOf(client, [key.id]);
  const { rows } = await client.query<HolderRow>(
    'select id, name, email, email_verified, locale from accounts where id = any($1) order by id',
    [readers.get(key.id) ?? []],
  );
  const { organization, name, prefix } = key;
  const { source, did, disableAtMs, nowMs } = event;
  const when = did === 'disable' ? { disabledAtMs: nowMs } : disableAtMs === null ? {} : { disableAtMs };
  for (const holder of rows) {
    await telling.notify(
      client,
      holder.id,
      'key-reported',
      { organization, key: name, prefix, ...when },
      key.organization_id,
    );
    if (!holder.email_verified) continue;
    await telling.queueMail(client, {
      kind: 'key-reported',
      to: holder.email,
      locale: holder.locale,
      accountId: holder.id,
      dedupeKey: `key-reported:${key.id}:${holder.id}:${nowMs}`,
      facts: {
        name: holder.name,
        organization,
        key: name,
        prefix,
        seen: source,
        done: did === 'disable' ? 'disabled' : disableAtMs === null ? 'nothing' : 'later',
        disableAtMs,
        link: `${telling.url()}/console/keys/${key.id}`,
      },
    });
  }
}
