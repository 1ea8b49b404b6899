import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { fingerprintOf } from './fingerprint.ts';

/** How a mail was handed over, as SMTP saw it; by IMAP most of it is not known. */
export interface Envelope {
  /** Empty: the null return path. Null: not known. */
  readonly from: string | null;
  /** Addresses of ours, with their tags. */
  readonly to: readonly string[];
  readonly helo: string | null;
  readonly ipAddress: string | null;
  readonly tls: boolean;
}

export interface ArrivedMail {
  readonly cameBy: 'smtp' | 'imap' | 'command';
  /** Null: an address of ours that is no mailbox, such as a return path. */
  readonly mailboxId: string | null;
  readonly raw: Buffer;
  readonly envelope: Envelope;
}

/** Of `Secrets`. */
export interface BytesSealer {
  sealBytes(bytes: Uint8Array, context: string): Buffer;
  openBytes(sealed: Buffer, context: string): Buffer;
}

export interface StoredMail {
  readonly id: string;
  /** It was here before, by this or another way; only the way was noted. */
  readonly repeated: boolean;
}

/** Notified whenever a mail was stored, or is to be run again. */
export const wakeChannel = 'lodge_mailroom';

/** Ways by which a mail came again that are noted. */
const mostRepeats = 50;

/** Under which a raw mail is sealed: moved to another row it opens nowhere. */
export const rawContext = (id: string): string => `mail:${id}`;

/**
 * Writes a mail down as it came. When it resolves outside a transaction, the mail is committed: then, and only then,
 * may anybody be told that it was taken.
 */
export async function storeMail(
  client: pg.ClientBase | pg.Pool,
  sealer: Pick<BytesSealer, 'sealBytes'>,
  mail: ArrivedMail,
): Promise<StoredMail> {
  const id = `imail_${randomBytes(12).toString('hex')}`;
  const { messageId, sha256, contentSha256 } = fingerprintOf(mail.raw);
  const envelope = envelopeJson(mail.envelope);
  const repeat = { at: new Date().toISOString(), came_by: mail.cameBy, mailbox_id: mail.mailboxId, ...envelope };
  const { rows } = await client.query<{ id: string; repeated: boolean }>(
    `with stored as (
       insert into incoming_mails as mail (id, mailbox_id, came_by, message_id, sha256, content_sha256, size, envelope, raw)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (message_id, content_sha256) do update set repeats = case
         when jsonb_array_length(mail.repeats) < $11 then mail.repeats || $10::jsonb else mail.repeats end
       returning id)
     select id, id <> $1 as repeated, pg_notify('${wakeChannel}', '') from stored`,
    [
      id,
      mail.mailboxId,
      mail.cameBy,
      messageId,
      sha256,
      contentSha256,
      mail.raw.length,
      JSON.stringify(envelope),
      sealer.sealBytes(mail.raw, rawContext(id)),
      JSON.stringify([repeat]),
      mostRepeats,
    ],
  );
  const stored = rows[0];
  if (stored === undefined) throw new Error('The insert of a mail returned no row.');
  return { id: stored.id, repeated: stored.repeated };
}

/** As it stands in `incoming_mails.envelope`. */
export interface EnvelopeJson {
  readonly from: string | null;
  readonly to: readonly string[];
  readonly helo: string | null;
  readonly ip_address: string | null;
  readonly tls: boolean;
}

function envelopeJson({ from, to, helo, ipAddress, tls }: Envelope): EnvelopeJson {
  return {
    from: from === null ? null : storable(from),
    to: to.map(storable),
    helo: helo === null ? null : storable(helo),
    ip_address: ipAddress,
    tls,
  };
}

/** jsonb takes no null characters, and a peer writes here what it likes. */
function storable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}]/gu, '').slice(0, 320);
}
