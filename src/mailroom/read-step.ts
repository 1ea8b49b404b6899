import type pg from 'pg';
import { inTransaction } from '../db/index.ts';
import type { OwnKeyFound } from '../redaction/index.ts';
import type { Advance } from './carry.ts';
import { type Claim, holdClaim } from './claims.ts';
import { storeFile } from './files.ts';
import { type BytesSealer, type EnvelopeJson, rawContext } from './intake.ts';
import type { MailAttachment, OwnKey, ReadMail } from './read-mail.ts';
import type { Reader } from './reader.ts';
import { type Reading, ReadingError, type ReadJob } from './reading/reading.ts';
import { LaterError } from './state.ts';

/** A virus scanner, or whatever judges files. */
export type ScanFile = (bytes: Uint8Array) => Promise<'clean' | 'infected'>;

/** Whether keys that were found are keys of ours, and in use. In the order in which they were given. */
export type RecogniseKeys = (found: readonly OwnKeyFound[]) => Promise<readonly OwnKey[]>;

export interface ReadStepParts {
  readonly pool: pg.Pool;
  readonly sealer: BytesSealer;
  readonly reader: Reader;
  readonly job: Pick<ReadJob, 'site' | 'personalData' | 'fingerprintKey' | 'tokenKey' | 'arcSealers'>;
  readonly recogniseKeys: RecogniseKeys;
  readonly scan: ScanFile | null;
  readonly leaseMs: number;
}

/** Tries of a mail whose sender's DNS does not answer; then it is carried on, unproven. */
const dnsTries = 3;

interface StoredRow {
  readonly mailbox_id: string | null;
  readonly received_at: Date;
  readonly message_id: string;
  readonly envelope: EnvelopeJson;
  readonly repeats: readonly { readonly to?: readonly string[] }[];
  readonly raw: Buffer | null;
}

/** Reads a mail, and puts what it says beside it: nothing of it is stored but through the redaction. */
export async function readStep(parts: ReadStepParts, claim: Claim, advance: Advance): Promise<Claim | null> {
  const row = await loadRow(parts.pool, claim.id);
  if (row.raw === null) throw new ReadingError('unreadable', 'Its raw form is no longer kept.');
  const raw = parts.sealer.openBytes(row.raw, rawContext(claim.id));
  const authenticate = claim.attempts <= dnsTries;
  const { from, to, helo, ip_address: ipAddress } = row.envelope;
  const reading = await parts.reader.read({ ...parts.job, raw, envelope: { from, to, helo, ipAddress }, authenticate });
  if (reading.sender.dmarc === 'temperror' && !reading.sender.verified && claim.attempts < dnsTries)
    throw new DnsAwayError();
  const scans = await scanAll(parts.scan, reading);
  const ownKeys = reading.ownKeys.length === 0 ? [] : await parts.recogniseKeys(reading.ownKeys);
  return inTransaction(parts.pool, async (client) => {
    if (!(await holdClaim(client, claim))) return null;
    const attachments: MailAttachment[] = [];
    for (const [index, { bytes, ...file }] of reading.files.entries())
      attachments.push({
        ...file,
        fileId: await storeFile(client, parts.sealer, bytes),
        scan: scans[index] ?? 'unscanned',
      });
    const mail = mailOf(claim.id, row, reading, attachments, ownKeys);
    await client.query('update incoming_mails set reading = $2 where id = $1', [claim.id, jsonOf(mail)]);
    return advance(client, claim, 'read', parts.leaseMs);
  });
}

/** Counted as a try, unlike other waiting: DNS that never answers must not hold a mail up. */
class DnsAwayError extends Error {
  constructor() {
    super('DNS of the sender does not answer.');
  }
}

async function loadRow(pool: pg.Pool, id: string): Promise<StoredRow> {
  const { rows } = await pool.query<StoredRow>(
    'select mailbox_id, received_at, message_id, envelope, repeats, raw from incoming_mails where id = $1',
    [id],
  );
  const [row] = rows;
  if (row === undefined) throw new LaterError(0, 'The mail is gone.');
  return row;
}

async function scanAll(scan: ScanFile | null, { files }: Reading): Promise<MailAttachment['scan'][]> {
  const scans: MailAttachment['scan'][] = [];
  for (const { bytes } of files) scans.push(scan === null ? 'unscanned' : await scan(bytes));
  return scans;
}

function mailOf(
  id: string,
  row: StoredRow,
  reading: Reading,
  attachments: readonly MailAttachment[],
  ownKeys: readonly OwnKey[],
): ReadMail {
  const { files: _files, ownKeys: _found, ...said } = reading;
  const deliveredTo = [row.envelope, ...row.repeats].flatMap(({ to }) => to ?? []);
  return {
    ...said,
    id,
    mailboxId: row.mailbox_id,
    receivedAtMs: row.received_at.getTime(),
    messageId: row.message_id,
    deliveredTo: [...new Set(deliveredTo.map((address) => address.toLowerCase()))],
    attachments,
    ownKeys,
  };
}

/** jsonb takes neither null characters nor halves of pairs. */
function jsonOf(mail: ReadMail): string {
  return JSON.stringify(mail, (_name, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
  );
}
