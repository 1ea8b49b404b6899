import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { appendAudit, changedMembers } from '../audit/index.ts';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import { isLoopbackHost } from '../base/mail-relay.ts';
import { inTransaction } from '../db/index.ts';
import { isMailAddress } from '../mail/index.ts';
import { type ImapSettings, passwordContext } from './imap-settings.ts';
import type { MailboxAddress } from './recipients.ts';

export const mailboxPurposes = ['support', 'billing', 'security'] as const;
export type MailboxPurpose = (typeof mailboxPurposes)[number];

/** What staff set of a mailbox. */
export interface MailboxInput {
  readonly address: string;
  readonly name: string;
  readonly purpose: MailboxPurpose;
  readonly enabled: boolean;
  /** Below a reply, by language. */
  readonly signatures: Readonly<Partial<Record<'en' | 'zh', string>>>;
  /** Null: mail is delivered to the listener. */
  readonly imap: ImapSettings | null;
  /** Undefined: as it was. */
  readonly imapPassword?: string | undefined;
}

export interface Mailbox extends Omit<MailboxInput, 'imapPassword'> {
  readonly id: string;
  /** How reading it by IMAP fares; null: it is not read by IMAP, or was not yet. */
  readonly poll: {
    readonly polledAtMs: number | null;
    readonly error: { readonly atMs: number; readonly words: string } | null;
  } | null;
}

/** Of `Secrets`. */
export interface TextSealer {
  seal(plaintext: string, context: string): Buffer;
  open(sealed: Buffer, context: string): string;
}

interface Row {
  readonly id: string;
  readonly address: string;
  readonly name: string;
  readonly purpose: MailboxPurpose;
  readonly enabled: boolean;
  readonly signatures: MailboxInput['signatures'];
  readonly imap: ImapSettings | null;
  readonly polled_at: Date | null;
  readonly last_error: string | null;
  readonly last_error_at: Date | null;
}

const mostMailboxes = 100;

const selectMailboxes = `select m.id, m.address, m.name, m.purpose, m.enabled, m.signatures, m.imap,
    c.polled_at, c.last_error, c.last_error_at
  from mailboxes m left join mailbox_cursors c on c.mailbox_id = m.id and c.folder = m.imap ->> 'folder'`;

export async function listMailboxes(pool: pg.Pool): Promise<Mailbox[]> {
  const { rows } = await pool.query<Row>(`${selectMailboxes} order by m.created_at, m.id`);
  return rows.map(mailboxOf);
}

/** Mailboxes that mail is taken for now. */
export async function openMailboxes(pool: pg.Pool): Promise<MailboxAddress[]> {
  const { rows } = await pool.query<MailboxAddress>(
    'select id, address, purpose from mailboxes where enabled order by created_at, id',
  );
  return rows;
}

/** On first start: the support address, so that mail has somewhere to go. Later it does nothing. */
export async function ensureFirstMailbox(pool: pg.Pool, address: string, name: string): Promise<void> {
  await pool.query(
    `insert into mailboxes (id, address, name)
     select $1, $2, $3 where not exists (select 1 from mailboxes)
     on conflict (address) do nothing`,
    [newMailboxId(), address.toLowerCase(), name.slice(0, 100)],
  );
}

/** @throws AppError `mailbox_address_invalid`, `mailbox_address_taken`, `mailboxes_full`, `mailbox_imap_unsafe` */
export async function createMailbox(
  pool: pg.Pool,
  sealer: TextSealer,
  actor: Actor,
  input: MailboxInput,
): Promise<Mailbox> {
  const checked = checkInput(input);
  const id = newMailboxId();
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from mailboxes');
    if ((rows[0]?.count ?? 0) >= mostMailboxes)
      throw new AppError('mailboxes_full', `A site has ${mostMailboxes} mailboxes at most.`);
    const { rowCount } = await client.query(
      `insert into mailboxes (id, address, name, purpose, enabled, signatures, imap, imap_secret)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (address) do nothing`,
      [id, ...valuesOf(checked), sealedPassword(sealer, id, checked)],
    );
    if (rowCount === 0) throw addressTaken();
    await audit(client, actor, 'mailbox.created', id, checked.address, null, auditable(checked));
  });
  return findMailbox(pool, id);
}

/** @throws AppError as `createMailbox`, `mailbox_not_found` and `mailbox_password_missing` */
export async function changeMailbox(
  pool: pg.Pool,
  sealer: TextSealer,
  actor: Actor,
  id: string,
  change: Partial<MailboxInput>,
): Promise<Mailbox> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<Row>(`${selectMailboxes} where m.id = $1 for update of m`, [id]);
    const [row] = rows;
    if (row === undefined) throw notFound();
    const before = mailboxOf(row);
    const after = checkInput({ ...before, ...change });
    const taken = await client.query('select 1 from mailboxes where address = $1 and id <> $2', [after.address, id]);
    if (taken.rowCount) throw addressTaken();
    refusePasswordElsewhere(before.imap, after);
    const password = sealedPassword(sealer, id, after);
    await client.query(
      `update mailboxes set address = $2, name = $3, purpose = $4, enabled = $5, signatures = $6, imap = $7,
         imap_secret = case when $7::jsonb is null then null else coalesce($8, imap_secret) end, updated_at = now()
       where id = $1`,
      [id, ...valuesOf(after), password],
    );
    const changes = changedMembers(auditable(before), auditable(after));
    const secret = password === null ? {} : { imap_password: 'changed' };
    await audit(client, actor, 'mailbox.changed', id, after.address, changes.before, { ...changes.after, ...secret });
  });
  return findMailbox(pool, id);
}

/** Mail that came to it stays. @throws AppError `mailbox_not_found` */
export async function deleteMailbox(pool: pg.Pool, actor: Actor, id: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ address: string }>('delete from mailboxes where id = $1 returning address', [
      id,
    ]);
    const [row] = rows;
    if (row === undefined) throw notFound();
    await audit(client, actor, 'mailbox.deleted', id, row.address, { address: row.address }, null);
  });
}

export async function findMailbox(pool: pg.Pool, id: string): Promise<Mailbox> {
  const { rows } = await pool.query<Row>(`${selectMailboxes} where m.id = $1`, [id]);
  const [row] = rows;
  if (row === undefined) throw notFound();
  return mailboxOf(row);
}

/** @throws AppError `mailbox_password_missing` */
export async function imapPassword(pool: pg.Pool, sealer: TextSealer, id: string): Promise<string> {
  const { rows } = await pool.query<{ imap_secret: Buffer | null }>('select imap_secret from mailboxes where id = $1', [
    id,
  ]);
  const sealed = rows[0]?.imap_secret ?? null;
  if (sealed === null) throw new AppError('mailbox_password_missing', 'The mailbox has no password for IMAP; set one.');
  return sealer.open(sealed, passwordContext(id));
}

function checkInput(input: MailboxInput): MailboxInput {
  const address = input.address.trim().toLowerCase();
  if (!isMailAddress(address) || address.includes('+'))
    throw new AppError('mailbox_address_invalid', 'The address must be one mail address without a "+" part.');
  const { imap } = input;
  if (imap !== null && imap.tls === 'none' && !isLoopbackHost(imap.host))
    throw new AppError('mailbox_imap_unsafe', 'Without TLS the password would cross the network in clear; use TLS.');
  return { ...input, address };
}

/** Whoever may change a mailbox could else have its password brought to a server of their own. */
function refusePasswordElsewhere(before: ImapSettings | null, { imap, imapPassword }: MailboxInput): void {
  if (before === null || imap === null || imapPassword !== undefined) return;
  if (before.host === imap.host && before.port === imap.port) return;
  throw new AppError(
    'mailbox_password_missing',
    'The mailbox is read from another server now: give its password anew.',
  );
}

function valuesOf({ address, name, purpose, enabled, signatures, imap }: MailboxInput): unknown[] {
  return [address, name, purpose, enabled, JSON.stringify(signatures), imap === null ? null : JSON.stringify(imap)];
}

function sealedPassword(sealer: TextSealer, id: string, { imapPassword: password }: MailboxInput): Buffer | null {
  return password === undefined ? null : sealer.seal(password, passwordContext(id));
}

function auditable({ address, name, purpose, enabled, signatures, imap }: Omit<MailboxInput, 'imapPassword'>) {
  return { address, name, purpose, enabled, signatures, imap };
}

async function audit(
  client: pg.PoolClient,
  actor: Actor,
  action: string,
  id: string,
  name: string,
  before: Readonly<Record<string, unknown>> | null,
  after: Readonly<Record<string, unknown>> | null,
): Promise<void> {
  await appendAudit(client, actor, {
    action,
    organizationId: null,
    subject: { kind: 'mailbox', id, name },
    before,
    after,
  });
}

function mailboxOf({ polled_at: polled, last_error: words, last_error_at: errorAt, ...row }: Row): Mailbox {
  const error = words === null || errorAt === null ? null : { atMs: errorAt.getTime(), words };
  const poll =
    row.imap === null || (polled === null && error === null) ? null : { polledAtMs: polled?.getTime() ?? null, error };
  return { ...row, poll };
}

function newMailboxId(): string {
  return `mbx_${randomBytes(8).toString('hex')}`;
}

const notFound = () => new AppError('mailbox_not_found', 'There is no such mailbox.');
const addressTaken = () => new AppError('mailbox_address_taken', 'Another mailbox has this address.');
