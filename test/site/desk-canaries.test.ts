import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newKey, newSecret } from '../../src/base/key-format.ts';
import { madeUp } from '../../src/redaction/testing/made-up.ts';
import { type Api, listAt, textAt } from '../console/api.ts';
import { register, type Signed } from '../console/people.ts';
import { type DeskSite, mixed, startDeskSite, upload } from './desk-site.ts';
import { workplace } from './program.ts';

/**
 * No secret that somebody writes to support is kept or passed on: not in a table, an index, a file, the log, a mail, a
 * webhook or an answer of the API. Every place has a secret of its own, so that what leaks names where it came from.
 */
const here = workplace();
const planted = new Map<string, string>();
let desk: DeskSite;
let ada: Signed;
let support: Signed;
let keyId = '';
let webhooks = '';
const hook = createServer((request, response) => {
  request.setEncoding('utf8').on('data', (text: string) => {
    webhooks += text;
  });
  request.on('end', () => response.end());
});

/** Notes a secret by the part of it that no placeholder keeps. */
function plant(place: string, secret: string, from = 17): string {
  planted.set(place, secret.replaceAll(/\s/g, '').slice(from, -6));
  return secret;
}
const ownKey = (place: string): string => plant(place, newKey('lodge').secret);
const other = (place: string, template: string, from = 8): string => plant(place, madeUp(template), from);
const pemOf = (place: string): string => {
  const inside = madeUp('MIIEvQIBADANBgkqhkiG9w0BAQEFAASC{32}\n{64}\n{64}\n{44}');
  plant(place, inside, 32);
  return `-----BEGIN PRIVATE KEY-----\n${inside}\n-----END PRIVATE KEY-----`;
};
const broken = (text: string, width: number, by: string): string =>
  text.replaceAll(new RegExp(`(.{${width}})(?=.)`, 'g'), (part) => `${part}${by}`);

beforeAll(async () => {
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  desk = await startDeskSite(here, { LODGE_LOG: 'debug', LODGE_KEY_REPORT_SECRET: 'shared-with-a-service-'.repeat(3) });
  ada = await register(desk.site, 'ada@customer.localhost');
  support = await desk.staff('sam@lodge.localhost', 'admin');
  const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
  const events = ['ticket.opened', 'ticket.message', 'ticket.replied', 'ticket.rated', 'ticket.solved'];
  for (const format of ['lodge', 'slack'])
    await desk.admin.post('/admin/v1/desk-webhooks', { name: format, url, format, events });
  const made = await ada.api.post(`/control/v1/organizations/${ada.organizationId}/keys`, {
    name: 'k',
    group: 'openai-standard',
  });
  keyId = textAt(made['key'], 'id');
  plant('a live key', textAt(made, 'secret'));
  await byMail(textAt(made, 'secret'));
  await byConsole();
}, 60_000);
afterAll(async () => {
  hook.close();
  await desk?.close();
});

async function byMail(live: string): Promise<void> {
  const from = `"${ownKey('display name')}" <ada@customer.localhost>`;
  const cloud = other('vendor’s key', 'sk-ant-api03-{93}AA', 14);
  await desk.mail({
    from,
    subject: `bug: it fails with ${ownKey('subject of a mail')}`,
    headers: [`Cc: "${ownKey('name of a copy')}" <bob@customer.localhost>`],
    body: [
      `Mine is ${live} and it fails.`,
      `Broken: ${broken(ownKey('broken key'), 21, '\n')}`,
      `> > ${broken(ownKey('quoted key'), 12, '\n> > ')}`,
      `Cloud: ${cloud}, GitHub: ${other('token', 'ghp_{36}')}`,
      `password: ${other('password', '{28}', 2)}`,
      pemOf('PEM'),
      `card ${plant('card', '4111 1111 1111 1111', 2)}`,
      `personal token ${plant('access token', newSecret('pat', 'lodge').secret, 20)}`,
    ].join('\n'),
  });
  const title = ownKey('HTML attribute');
  const html = `<p title="${title}">It <b>fails</b>.</p><a href="https://x.example/?key=${ownKey('HTML link')}">x</a>
    <img alt="${ownKey('HTML alt')}" src="cid:a"><!-- ${ownKey('HTML comment')} --><p>${broken(ownKey('HTML tags'), 9, '<wbr>')}</p>
    <div data-k="${ownKey('HTML data')}" style="background:url('https://x.example/${ownKey('HTML style')}')">y</div>`;
  const inner = (place: string): string =>
    `From: bob@else.localhost\r\nSubject: ${ownKey(`${place}, subject`)}\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(`here is ${ownKey(place)}`).toString('base64')}`;
  const parts = [
    { type: 'text/html; charset=utf-8', body: html },
    { type: 'text/plain', name: `${ownKey('file name')}.txt`, body: `log ${ownKey('text attachment')}` },
    { type: 'application/json', name: 'a.json', body: JSON.stringify({ key: ownKey('JSON attachment') }) },
    { type: 'application/xml', name: 'a.xml', body: `<?xml version="1.0"?><a key="${ownKey('XML attachment')}"/>` },
    { type: 'text/plain', name: 'w.txt', body: Buffer.from(`\ufeff${ownKey('UTF-16 attachment')} log`, 'utf16le') },
    { type: 'image/svg+xml', name: 'a.svg', body: `<svg><text>${ownKey('SVG attachment')}</text></svg>` },
    {
      type: 'text/calendar',
      body: `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:${ownKey('calendar')}\r\nEND:VEVENT\r\nEND:VCALENDAR`,
    },
    { type: 'message/rfc822', name: 'mail.eml', body: inner('forwarded mail') },
  ];
  await desk.mail({ from: 'ada@customer.localhost', subject: 'bug: attached', body: mixed(parts) });
  const forwarded = `FYI\n\n---------- Forwarded message ---------\nFrom: x@else.localhost\n\nkey ${ownKey('forwarded text')}`;
  await desk.mail({ from: 'eve@else.localhost', subject: 'Fwd: hello', body: forwarded });
  await desk.mail({
    from: 'eve@else.localhost',
    signedBy: null,
    subject: `vulnerability: ${ownKey('report')}`,
    body: `It is ${ownKey('report text')}`,
  });
  const automatic = {
    from: 'mailer-daemon@else.localhost',
    subject: 'Undelivered Mail Returned to Sender',
    envelopeFrom: '',
  };
  const failed = 'Final-Recipient: rfc822; x@else.localhost\r\nAction: failed\r\nStatus: 5.1.1\r\n';
  await desk.mail({
    ...automatic,
    body: mixed(
      [
        { type: 'text/plain', body: `Sorry: ${ownKey('bounce')}` },
        {
          type: 'message/delivery-status',
          body: `Reporting-MTA: dns; x\r\n\r\n${failed}Diagnostic-Code: smtp; 550 ${ownKey('diagnosis')}`,
        },
        { type: 'message/rfc822', body: inner('returned mail') },
      ],
      'report',
      'report; report-type=delivery-status',
    ),
  });
  await desk.mail({
    from: 'eve@else.localhost',
    subject: `Out of office ${ownKey('automatic reply')}`,
    headers: ['Auto-Submitted: auto-replied'],
    body: ownKey('absence'),
  });
  await desk.mail({
    from: 'eve@else.localhost',
    headers: [`X-Long: ${'x'.repeat(300_000)}`],
    subject: ownKey('unreadable subject'),
    body: ownKey('unreadable mail'),
  });
}

async function byConsole(): Promise<void> {
  const uploads = '/control/v1/account/ticket-uploads';
  const file = await upload(
    ada.api,
    uploads,
    `${ownKey('name of an upload')}.xml`,
    Buffer.from(`<?xml version="1.0"?><k>${ownKey('uploaded XML')}</k>`),
  );
  const wide = await upload(ada.api, uploads, 'w.txt', Buffer.from(`\ufeff${ownKey('uploaded UTF-16')}`, 'utf16le'));
  await upload(ada.api, uploads, `${ownKey('name of a waiting upload')}.txt`, Buffer.from(ownKey('waiting upload')));
  const opened = await ada.api.post('/control/v1/account/tickets', {
    category: 'bug',
    subject: `fails: ${ownKey('subject of a form')}`,
    text: `Mine: ${ownKey('form')} password=${other('password in a form', '{24}', 2)}`,
    uploads: [file, wide],
  });
  const ticket = textAt(opened['ticket'], 'id');
  await ada.api.post(`/control/v1/account/tickets/${ticket}/messages`, {
    text: `again ${ownKey('reply of a customer')}`,
  });
  const at = `/admin/v1/tickets/${ticket}`;
  await support.api.post(`${at}/notes`, { text: `@sam look: ${ownKey('note')}` });
  const version = async () => Number((await support.api.get(at))['version']);
  const staffs = await upload(support.api, '/admin/v1/ticket-uploads', 'a.txt', Buffer.from(ownKey('upload of staff')));
  const reply = {
    text: `Use ${ownKey('reply of staff')}\n${pemOf('PEM of staff')}`,
    cc: ['bob@customer.localhost'],
    uploads: [staffs],
  };
  await support.api.post(`${at}/reply`, { ...reply, state: 'solved', version: await version() });
  await support.api.call('PATCH', at, {
    body: { subject: `It was ${ownKey('subject by staff')}`, version: await version() },
  });
  await support.api.post(`${at}/split`, {
    subject: ownKey('subject of a split'),
    messages: [textAt(listAt(await support.api.get(at), 'messages')[0], 'id')],
  });
  await ada.api.call('POST', `/control/v1/account/tickets/${ticket}/rating`, {
    body: { stars: 2, comment: `bad: ${ownKey('rating')}` },
  });
  await support.api.get(`/admin/v1/tickets/search?q=${ownKey('search')}`);
  await ada.api.post('/control/v1/report-key', { text: `found ${ownKey('report of a key')}` });
  await ada.api.call('POST', '/control/v1/key-reports', { body: [{ token: ownKey('unsigned report') }] });
}

/** Names of the places whose secret stands in a text, even a part of it. Lower case: an index folds. */
function leaksIn(text: string): string[] {
  const hexed = [...text.matchAll(/\\x((?:[0-9a-f]{2}){8,})/g)].map(([, hex = '']) =>
    Buffer.from(hex, 'hex').toString('latin1'),
  );
  const encoded = [...text.matchAll(/[A-Za-z0-9+/]{40,}={0,2}/g)].map(([all]) =>
    Buffer.from(all, 'base64').toString('latin1'),
  );
  const searched = [text, ...hexed, ...encoded].join('\n').replaceAll('\0', '').toLowerCase();
  const joined = searched.replaceAll(/[\s>]|\\r|\\n/g, '');
  return [...planted]
    .filter(([, secret]) => windows(secret).some((part) => joined.includes(part)))
    .map(([place]) => place);
}

function windows(secret: string): string[] {
  const size = Math.min(12, secret.length);
  return Array.from({ length: secret.length - size + 1 }, (_, from) => secret.slice(from, from + size).toLowerCase());
}

test('the search finds what is there', () => {
  const [[place = '', secret = ''] = []] = planted;
  for (const text of [
    secret,
    secret.toLowerCase(),
    broken(secret, 4, '\n> '),
    `\\x${Buffer.from(secret).toString('hex')}`,
  ])
    expect(leaksIn(`a ${text} b`)).toEqual([place]);
  expect(planted.size).toBeGreaterThan(45);
});

test('all of it came in', async () => {
  const { rows } = await desk.database.pool.query(
    'select state, count(*)::int from incoming_mails group by state order by state',
  );
  expect(rows).toEqual([
    { state: 'answered', count: 5 },
    { state: 'ignored', count: 1 },
    { state: 'quarantined', count: 1 },
  ]);
  await expect.poll(async () => textAt(await desk.admin.get(`/admin/v1/keys/${keyId}`), 'state')).toBe('disabled');
  await expect.poll(() => webhooks.split('ticket.').length + webhooks.split('"text"').length).toBeGreaterThan(6);
});

test('no table, index or file has any of it', async () => {
  const { pool } = desk.database;
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const leaks: string[] = [];
  for (const { name } of rows) {
    const found = await pool.query<{ text: string }>(`select each::text as text from ${name} as each`);
    leaks.push(...leaksIn(found.rows.map(({ text }) => text).join('\n')).map((place) => `${name}: ${place}`));
  }
  expect(leaks).toEqual([]);
  const meant = /^(secret|admin-token|demo-keys\.json|postgres-password|postgres\/.*)$/;
  for (const name of await readdir(desk.site.dataDir, { recursive: true })) {
    const file = path.join(desk.site.dataDir, name);
    if (meant.test(name) || !(await stat(file)).isFile()) continue;
    expect(leaksIn(await readFile(file, 'latin1')), name).toEqual([]);
  }
});

test('the log and the webhooks have none of it', () => {
  expect(leaksIn(desk.site.stdout() + desk.site.stderr())).toEqual([]);
  expect(webhooks).toContain('T-');
  expect(leaksIn(webhooks)).toEqual([]);
});

test('no answer of the API has any of it, whether to staff or to customers', async () => {
  const told: string[] = [];
  const read = async (api: Api, target: string): Promise<string> => {
    const { status, text } = await api.call('GET', target);
    expect(status, `${target}: ${text.slice(0, 200)}`).toBe(200);
    for (const place of leaksIn(text)) told.push(`${target}: ${place}`);
    return text;
  };
  for (const [api, base] of [
    [desk.admin, '/admin/v1/tickets'],
    [ada.api, '/control/v1/account/tickets'],
    [ada.api, `/control/v1/organizations/${ada.organizationId}/tickets`],
  ] as const) {
    const list = await read(api, base.startsWith('/admin') ? `${base}?view=all` : base);
    for (const one of listAt(JSON.parse(list), 'data')) {
      const at = `${base}/${textAt(one, 'id')}`;
      const page = JSON.parse(await read(api, at));
      if (api === desk.admin) await read(api, `${at}/requests`);
      for (const message of listAt(page, 'messages')) {
        if (/"has_html":true/.test(JSON.stringify(message)))
          await read(api, `${at}/messages/${textAt(message, 'id')}/html`);
        for (const file of listAt(message, 'attachments')) await read(api, `${at}/attachments/${textAt(file, 'id')}`);
      }
    }
  }
  for (const target of [
    'mailroom/mails',
    'audit',
    'mail/suppressed',
    'desk-webhooks',
    'tickets/counts',
    'tickets/report',
  ])
    await read(desk.admin, `/admin/v1/${target}`);
  for (const words of ['sk', 'fails', 'log', 'sk-lodge']) await read(desk.admin, `/admin/v1/tickets/search?q=${words}`);
  for (const who of [ada, support]) await read(who.api, '/control/v1/notifications');
  const mails = listAt(JSON.parse(await read(desk.admin, '/admin/v1/mail?limit=100')), 'data');
  for (const mail of mails) await read(desk.admin, `/admin/v1/mail/${textAt(mail, 'id')}`);
  expect(told).toEqual([]);
});
