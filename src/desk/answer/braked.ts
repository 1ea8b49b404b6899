import type pg from 'pg';
import { notify } from '../../notices/index.ts';
import { rolesFor } from '../telling/index.ts';

/**
 * Tells staff that the site's brake holds automatic answers back: a flood, or somebody who uses them. Each is told once
 * an hour, however many mails come.
 */
export async function tellBraked(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `select a.id from accounts a
      where a.state = 'active' and a.staff_role = any($1) and not exists (
        select 1 from notifications n
         where n.account_id = a.id and n.kind = 'answers-braked' and n.created_at > now() - interval '1 hour')
      order by a.id limit 100`,
    [rolesFor('general')],
  );
  for (const { id } of rows) await notify(client, id, 'answers-braked', {});
}
