import type pg from 'pg';
import { inTransaction } from '../db/index.ts';
import { type BytesSealer, storeMail } from './intake.ts';

/** How far a folder has been read. */
export interface ImapCursor {
  readonly uidValidity: bigint;
  readonly lastUid: number;
}

export interface FolderPlace {
  readonly mailboxId: string;
  readonly folder: string;
}

/** Null: it was never read. */
export async function readCursor(pool: pg.Pool, { mailboxId, folder }: FolderPlace): Promise<ImapCursor | null> {
  const { rows } = await pool.query<{ uid_validity: bigint; last_uid: bigint }>(
    'select uid_validity, last_uid from mailbox_cursors where mailbox_id = $1 and folder = $2',
    [mailboxId, folder],
  );
  const [row] = rows;
  return row === undefined ? null : { uidValidity: row.uid_validity, lastUid: Number(row.last_uid) };
}

/**
 * Stores one mail of a folder together with how far it has been read: after a crash it is read again or not at all. A
 * place that another poller has stored is passed over.
 */
export async function storeFromFolder(
  pool: pg.Pool,
  sealer: Pick<BytesSealer, 'sealBytes'>,
  place: FolderPlace & { readonly address: string },
  uidValidity: bigint,
  uid: number,
  raw: Buffer,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const at = [place.mailboxId, place.folder, uidValidity, uid];
    // Another poller may be at it, whose lock was lost: of two, one waits here and finds it done.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [`${place.mailboxId} ${place.folder}`]);
    const taken = await client.query(
      'select 1 from incoming_places where mailbox_id = $1 and folder = $2 and uid_validity = $3 and uid = $4',
      at,
    );
    if (taken.rowCount === 0) {
      const { id } = await storeMail(client, sealer, {
        cameBy: 'imap',
        mailboxId: place.mailboxId,
        raw,
        envelope: { from: null, to: [place.address], helo: null, ipAddress: null, tls: true },
      });
      await client.query(
        'insert into incoming_places (mailbox_id, folder, uid_validity, uid, mail_id) values ($1, $2, $3, $4, $5)',
        [...at, id],
      );
    }
    await moveCursor(client, place, { uidValidity, lastUid: uid });
  });
}

/** Forward only, within one uid validity. */
export async function moveCursor(
  client: pg.ClientBase | pg.Pool,
  { mailboxId, folder }: FolderPlace,
  { uidValidity, lastUid }: ImapCursor,
): Promise<void> {
  await client.query(
    `insert into mailbox_cursors as c (mailbox_id, folder, uid_validity, last_uid) values ($1, $2, $3, $4)
     on conflict (mailbox_id, folder) do update set
       last_uid = case when c.uid_validity = $3 then greatest(c.last_uid, $4) else $4 end, uid_validity = $3`,
    [mailboxId, folder, uidValidity, lastUid],
  );
}

/** That the folder was read to its end, for the page that shows how mail fares. */
export async function notePoll(pool: pg.Pool, { mailboxId, folder }: FolderPlace): Promise<void> {
  await pool.query(
    `update mailbox_cursors set polled_at = now(), last_error = null, last_error_at = null
     where mailbox_id = $1 and folder = $2`,
    [mailboxId, folder],
  );
}

export async function noteTrouble(pool: pg.Pool, { mailboxId, folder }: FolderPlace, words: string): Promise<void> {
  await pool.query(
    `insert into mailbox_cursors (mailbox_id, folder, uid_validity, last_uid, last_error, last_error_at)
     values ($1, $2, 0, 0, $3, now())
     on conflict (mailbox_id, folder) do update set last_error = $3, last_error_at = now()`,
    [mailboxId, folder, words],
  );
}
