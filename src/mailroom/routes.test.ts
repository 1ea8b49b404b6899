import { afterEach, beforeEach, expect, test } from 'vitest';
import { type StaffRole, staffRoles } from '../base/permissions.ts';
import { type ControlServer, gateOf, type People, startControlServer } from '../http/testing.ts';
import { sweepRaw } from './incoming.ts';
import { mailroomRoutes } from './routes.ts';
import { plainMail, SmtpSession, startTestMailroom, type TestMailroom, waitFor } from './testing.ts';

const staff = (role: StaffRole) => ({ person: { staff: { role, permissions: new Set(staffRoles[role]) } } });
const people: People = {
  acc_admin: staff('admin'),
  acc_support: staff('support'),
  acc_sales: staff('sales'),
  acc_readonly: staff('read-only'),
  acc_customer: {},
};

let room: TestMailroom;
let server: ControlServer;
let session: SmtpSession;
beforeEach(async () => {
  room = await startTestMailroom({ demo: true });
  const routes = mailroomRoutes({ pool: room.pool, sealer: room.secrets, mailroom: room.mailroom });
  server = await startControlServer(routes, { gate: gateOf(people) });
  session = await SmtpSession.open(room.port);
  await session.say('EHLO peer.example.com');
});
afterEach(async () => {
  session.close();
  server.close();
  await room.close();
});

async function ask(method: string, path: string, as?: string, body?: unknown) {
  const response = await server.call(method, path, { ...(as && { as }), ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
}
const audited = async () =>
  (await room.pool.query('select action, actor_id, subject_id, after from audit_log order by at')).rows;

/** A mail that is beyond reading. */
async function quarantined(): Promise<string> {
  await session.send(plainMail({ extra: [`X-Long: ${'x'.repeat(300_000)}`] }));
  await room.settled();
  const { rows } = await room.pool.query(`select id from incoming_mails where state = 'quarantined'`);
  return rows[0].id;
}

test('staff see how mail fares, nothing of what it says', async () => {
  await session.send(plainMail({ subject: 'my secret subject', text: 'my secret text' }));
  await quarantined();
  await room.settled(2);
  const figures = await ask('GET', '/admin/v1/mailroom', 'acc_support');
  expect(figures.body).toMatchObject({
    listening: true,
    states: { answered: 1, quarantined: 1, stored: 0 },
    oldest_waiting_at: null,
    outgoing_last_week: { sent: 0, bounced: 0, bounce_rate: 0 },
    mailboxes: [{ address: 'support@lodge.localhost', poll: null }],
  });
  const list = await ask('GET', '/admin/v1/mailroom/mails?limit=1', 'acc_support');
  expect(list.body.data).toMatchObject([
    { state: 'quarantined', quarantine_code: 'header_too_large', raw_kept: true, from: 'ada@example.com' },
  ]);
  const next = await ask('GET', `/admin/v1/mailroom/mails?limit=1&cursor=${list.body.next_cursor}`, 'acc_support');
  expect(next.body).toMatchObject({
    data: [{ state: 'answered', ticket: expect.stringMatching(/^T-\d+$/) }],
    next_cursor: null,
  });
  expect((await ask('GET', '/admin/v1/mailroom/mails?state=quarantined', 'acc_support')).body.data).toHaveLength(1);
  expect(JSON.stringify([figures.body, list.body, next.body])).not.toContain('my secret');
});

test('a mail in quarantine can be run again, opened with a reason, discarded', async () => {
  const id = await quarantined();
  const path = `/admin/v1/mailroom/mails/${id}`;
  await room.pool.query(`update incoming_mails set attempts = 10`);
  expect((await ask('POST', `${path}/run-again`, 'acc_support')).status).toBe(200);
  await waitFor(async () => (await ask('GET', path, 'acc_support')).body.state === 'quarantined', 'the second try');
  expect((await ask('POST', `${path}/raw`, 'acc_support', { reason: 'x' })).status).toBe(400);
  const raw = await ask('POST', `${path}/raw`, 'acc_support', { reason: 'the customer asked where it is' });
  expect(raw.body).toContain('X-Long: xxx');
  expect(raw.headers.get('content-disposition')).toMatch(/^attachment; filename="imail_\w+\.eml"$/);
  expect((await ask('POST', `${path}/discard`, 'acc_support')).body).toMatchObject({ state: 'ignored' });
  expect((await ask('POST', `${path}/discard`, 'acc_support')).body).toMatchObject({ code: 'incoming_mail_done' });
  expect(await audited()).toMatchObject([
    { action: 'incoming_mail.run_again', actor_id: 'acc_support', subject_id: id },
    { action: 'incoming_mail.opened_raw', after: { reason: 'the customer asked where it is' } },
    { action: 'incoming_mail.discarded' },
  ]);
  await room.pool.query(`update incoming_mails set received_at = now() - interval '31 days'`);
  expect(await sweepRaw(room.pool)).toBe(1);
  expect((await ask('POST', `${path}/raw`, 'acc_support', { reason: 'too late' })).body.code).toBe('raw_mail_gone');
  expect((await ask('POST', `${path}/run-again`, 'acc_support')).body.code).toBe('raw_mail_gone');
});

test('a mail that was carried to its end is not run again', async () => {
  await session.send(plainMail({}));
  await room.settled();
  const [{ id }] = (await ask('GET', '/admin/v1/mailroom/mails', 'acc_support')).body.data;
  expect((await ask('POST', `/admin/v1/mailroom/mails/${id}/run-again`, 'acc_support')).body.code).toBe(
    'incoming_mail_done',
  );
  expect((await ask('GET', '/admin/v1/mailroom/mails/imail_0', 'acc_support')).status).toBe(404);
});

test('mail to the security mailbox is for those who may see such reports', async () => {
  const id = await quarantined();
  await room.pool.query(`update mailboxes set purpose = 'security'`);
  const open = (as: string) => ask('POST', `/admin/v1/mailroom/mails/${id}/raw`, as, { reason: 'looking into it' });
  expect(await open('acc_support')).toMatchObject({ status: 403, body: { code: 'raw_mail_restricted' } });
  expect((await open('acc_admin')).status).toBe(200);
  const listed = async (as: string) => (await ask('GET', '/admin/v1/mailroom/mails', as)).body.data.length;
  expect([await listed('acc_support'), await listed('acc_admin')]).toEqual([0, 1]);
  for (const [method, rest] of [
    ['GET', ''],
    ['POST', '/run-again'],
    ['POST', '/discard'],
  ] as const)
    expect((await ask(method, `/admin/v1/mailroom/mails/${id}${rest}`, 'acc_support')).status).toBe(404);
});

test('mailboxes are made, changed and deleted, with their history; the password is never shown', async () => {
  const input = {
    address: 'Billing@example.com',
    name: 'Billing',
    purpose: 'billing',
    imap: { host: 'imap.example.com', port: 993, tls: 'implicit', user: 'billing' },
    imap_password: 'hunter2-password',
  };
  const made = await ask('POST', '/admin/v1/mailboxes', 'acc_admin', input);
  expect(made).toMatchObject({
    status: 201,
    body: { address: 'billing@example.com', imap: { folder: 'INBOX' }, poll: null },
  });
  const path = `/admin/v1/mailboxes/${made.body.id}`;
  const { rows } = await room.pool.query('select imap_secret from mailboxes where id = $1', [made.body.id]);
  expect(room.secrets.open(rows[0].imap_secret, `mailbox:${made.body.id}`)).toBe('hunter2-password');
  expect((await ask('PATCH', path, 'acc_admin', { signatures: { zh: '谢谢' }, enabled: false })).body).toMatchObject({
    enabled: false,
    signatures: { zh: '谢谢' },
    name: 'Billing',
  });
  const elsewhere = { imap: { ...input.imap, host: 'imap.attacker.example' } };
  expect((await ask('PATCH', path, 'acc_admin', elsewhere)).body.code).toBe('mailbox_password_missing');
  expect(
    (await session.say('MAIL FROM:<a@example.com>')) + (await session.say('RCPT TO:<billing@example.com>')),
  ).toMatch(/550/);
  for (const [body, code] of [
    [{ ...input, address: 'support@lodge.localhost' }, 'mailbox_address_taken'],
    [{ ...input, address: 'a+b@example.com' }, 'mailbox_address_invalid'],
    [{ ...input, address: 'x@example.com', imap: { ...input.imap, tls: 'none' } }, 'mailbox_imap_unsafe'],
    [{ ...input, address: 'x@example.com', imap: { ...input.imap, port: 0 } }, 'input_invalid'],
  ] as const)
    expect((await ask('POST', '/admin/v1/mailboxes', 'acc_admin', body)).body.code).toBe(code);
  expect(
    (
      await ask(
        'POST',
        `/admin/v1/mailboxes/${(await ask('GET', '/admin/v1/mailboxes', 'acc_admin')).body.data[0].id}/test`,
        'acc_admin',
      )
    ).body.code,
  ).toBe('mailbox_without_imap');
  expect((await ask('DELETE', path, 'acc_admin')).status).toBe(204);
  expect((await ask('GET', path, 'acc_admin')).status).toBe(404);
  expect((await audited()).map(({ action }) => action)).toEqual([
    'mailbox.created',
    'mailbox.changed',
    'mailbox.deleted',
  ]);
  expect(JSON.stringify(await audited())).not.toContain('hunter2');
});

test('who may: reading, changing, opening raw, sending', async () => {
  const id = await quarantined();
  const [{ id: mailbox }] = (await ask('GET', '/admin/v1/mailboxes', 'admin')).body.data;
  const trial = { as: 'ada@example.localhost', to: 'support@lodge.localhost', text: 'x' };
  const calls: [method: string, path: string, body: unknown, least: string][] = [
    ['GET', '/admin/v1/mailroom', undefined, 'support'],
    ['GET', '/admin/v1/mailroom/mails', undefined, 'support'],
    ['GET', `/admin/v1/mailroom/mails/${id}`, undefined, 'support'],
    ['GET', '/admin/v1/mailboxes', undefined, 'support'],
    ['POST', `/admin/v1/mailroom/mails/${id}/raw`, { reason: 'because' }, 'support'],
    ['POST', `/admin/v1/mailroom/mails/${id}/discard`, undefined, 'support'],
    ['POST', '/admin/v1/mailroom/send', trial, 'admin'],
    ['PATCH', `/admin/v1/mailboxes/${mailbox}`, { name: 'Help' }, 'admin'],
  ];
  for (const [method, path, body, least] of calls) {
    expect((await ask(method, path, undefined, body)).status, path).toBe(401);
    for (const as of ['acc_customer', 'acc_sales', 'acc_readonly'])
      expect((await ask(method, path, as, body)).status, `${path} ${as}`).toBe(403);
    if (least === 'admin') expect((await ask(method, path, 'acc_support', body)).status, path).toBe(403);
    expect((await ask(method, path, `acc_${least}`, body)).status, path).toBeLessThan(300);
  }
});

test('a mail to try the desk out is delivered by the listener, proven', async () => {
  const send = (body: object) => ask('POST', '/admin/v1/mailroom/send', 'admin', body);
  const trial = {
    as: 'ada@example.localhost',
    to: 'support@lodge.localhost',
    subject: 'bug: x',
    text: 'hello',
    message_id: '<own@example.localhost>',
    files: [{ name: 'a.txt', base64: 'YQ==' }],
  };
  expect(await send(trial)).toMatchObject({
    status: 202,
    body: { message_id: '<own@example.localhost>', reply: expect.stringMatching(/^250/) },
  });
  await room.settled();
  expect(room.heard[0]).toMatchObject({ sender: { verified: true }, attachments: [{ name: 'a.txt' }] });
  expect((await send({ ...trial, files: [{ name: 'a', base64: '!' }] })).body.code).toBe('mail_file_invalid');
  expect((await send({ ...trial, as: 'ada@example.com' })).body.code).toBe('mail_sender_not_local');
  expect((await send({ ...trial, to: 'x@example.com' })).body.code).toBe('mail_refused');
  expect((await send({ ...trial, to: 'nonsense' })).body.code).toBe('mail_recipient_invalid');
});
