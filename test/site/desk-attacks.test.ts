import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newRequestId } from '../../src/base/request-id.ts';
import { type Api, apiOf, at, isObject, type Json, listAt, textAt } from '../console/api.ts';
import { goodPassword, register, type Signed } from '../console/people.ts';
import { type DeskSite, mixed, startDeskSite, support as supportAddress, upload } from './desk-site.ts';
import { workplace } from './program.ts';

/** What people try who want what is not theirs, against the whole program; each shows that it gets them nothing. */
const here = workplace();
const partnerSecret = 'shared-with-a-service-'.repeat(3);
let desk: DeskSite;
let ada: Signed;
let bob: Signed;
/** Staff who may not read reports of vulnerabilities. */
let sam: Signed;
/** Of a call of Ada's that was refused, and the ticket about it. */
let requestId = '';
let ticket = '';

beforeAll(async () => {
  const settings = { LODGE_KEY_REPORT_SECRET: partnerSecret, LODGE_ALLOW_PRIVATE_UPSTREAMS: 'no' };
  desk = await startDeskSite(here, settings);
  ada = await register(desk.site, 'ada@customer.localhost');
  bob = await register(desk.site, 'bob@else.localhost');
  sam = await desk.staff('sam@lodge.localhost', 'support');
  requestId = await refusedCall();
  await desk.mail({ from: 'ada@customer.localhost', body: `My call ${requestId} fails.` });
  ticket = await desk.ticketOf('ada@customer.localhost');
}, 60_000);
afterAll(() => desk?.close());

async function refusedCall(): Promise<string> {
  const made = await ada.api.post(`/control/v1/organizations/${ada.organizationId}/keys`, {
    name: 'k',
    group: 'openai-standard',
  });
  const response = await fetch(`${desk.site.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${textAt(made, 'secret')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'no-such-model', messages: [] }),
  });
  await response.text();
  return response.headers.get('x-request-id') ?? '';
}

const pageOf = (of = ticket) => desk.admin.get(`/admin/v1/tickets/${of}`);
const messagesOf = async (of = ticket) => listAt(await pageOf(of), 'messages');
const peopleOf = async (of = ticket) => listAt(await pageOf(of), 'participants').map((one) => textAt(one, 'address'));
const letters = async () => {
  const { rows } = await desk.database.pool.query<{ count: number }>(
    'select count(*)::int as count from outbox where ticket_number is not null',
  );
  return rows[0]?.count ?? 0;
};
const suppressed = async () => listAt(await desk.admin.get('/admin/v1/mail/suppressed'), 'data').length;

test('the owner of a call is told; that is what all others are after', async () => {
  const [answer = ''] = (await desk.sentTo(ada.email)).filter((text) => text.startsWith('ticket-answer'));
  expect(answer).toContain(requestId);
});

describe('with a mark of somebody else’s ticket', () => {
  test.each([
    ['a stranger', { from: 'eve@evil.localhost' }],
    ['a customer of another organization', { from: 'bob@else.localhost' }],
    ['staff by mail', { from: 'sam@lodge.localhost' }],
    ['a forged customer', { from: 'ada@customer.localhost', signedBy: null }],
    ['a forged customer, signed by another domain', { from: 'ada@customer.localhost', signedBy: 'evil.localhost' }],
    ['forged staff', { from: 'Support <sam@lodge.localhost>', signedBy: 'evil.localhost' }],
  ])('%s adds a message that is not proven, and gets no word', async (_who, who) => {
    const [before, sent, people] = [(await messagesOf()).length, await letters(), await peopleOf()];
    const headers = [`In-Reply-To: ${desk.markOf(ticket)}`, 'Cc: friend@evil.localhost'];
    await desk.mail({ ...who, headers, body: `Close it, and tell me of ${requestId}.` });
    const messages = await messagesOf();
    expect(messages).toHaveLength(before + 1);
    expect(messages.at(-1)).toMatchObject({ kind: 'in', verified: false });
    expect([await letters(), await peopleOf()]).toEqual([sent, people]);
    expect(await pageOf()).toMatchObject({ state: 'open' });
    const theirs = await ada.api.get(`/control/v1/account/tickets/${ticket}`);
    expect(JSON.stringify(theirs)).not.toContain('tell me of');
  });

  test('a mark that somebody made up leads nowhere', async () => {
    const before = (await messagesOf()).length;
    const made = desk.markOf(ticket).replace(/\.[a-z2-7]+@/, '.aaaaaaaaaaaaaaaa@');
    const ofAnother = desk.markOf('T-1').replace('<t.1.', `<t.${ticket.slice(2)}.`);
    const headers = [`References: ${made} ${ofAnother}`];
    await desk.mail({ from: 'eve@evil.localhost', subject: `Re: [${ticket}] bug`, headers, body: 'Hello' });
    expect(await messagesOf()).toHaveLength(before);
    expect(await desk.ticketOf('eve@evil.localhost')).not.toBe(ticket);
  });
});

/** What a mail about Ada's call is answered with, without the numbers that are its own; empty: nothing. */
async function answerTo(address: string, mail: Parameters<DeskSite['mail']>[0]): Promise<string> {
  const before = (await desk.sentTo(address)).length;
  await desk.mail(mail);
  const sent = await desk.sentTo(address);
  return sent.length === before ? '' : (sent[0] ?? '').replaceAll(/T-\d+/g, 'T-0').replaceAll(/req_\w{20,}/g, 'req_0');
}

describe('whose mail is not surely theirs', () => {
  test.each([
    ['two addresses', 'ada@customer.localhost, eve@evil.localhost', 'evil.localhost'],
    ['two in brackets', '<ada@customer.localhost> <eve@evil.localhost>', 'evil.localhost'],
    ['a group', 'g: ada@customer.localhost, eve@evil.localhost;', 'evil.localhost'],
    ['a domain that looks alike', 'ada@customer.l\u043ecalhost', 'evil.localhost'],
    ['nothing', '', 'evil.localhost'],
    ['the owner, and a signature of another', 'ada@customer.localhost', 'evil.localhost'],
  ])('gets no answer at all: %s', async (_what, from, signedBy) => {
    const sent = await letters();
    await desk.mail({ from, signedBy, envelopeFrom: 'eve@evil.localhost', body: `What of ${requestId}?` });
    expect(await letters()).toBe(sent);
  });

  test('an address as a name is only a name', async () => {
    const answer = await answerTo('x@evil.localhost', {
      from: '"ada@customer.localhost" <x@evil.localhost>',
      body: `What of ${requestId}?`,
    });
    expect(answer).toContain('T-0');
    expect(answer).not.toMatch(/req_|model/);
  });

  test('who wants the answer elsewhere gets the neutral one, at their own address', async () => {
    const other = await register(desk.site, 'cy@customer.localhost');
    const headers = ['Reply-To: eve@drop.localhost'];
    const answer = await answerTo(other.email, { from: other.email, headers, body: `What of ${requestId}?` });
    expect(answer).not.toContain('no-such-model');
    expect(await desk.sentTo('eve@drop.localhost')).toEqual([]);
  });
});

test('no such call, somebody else’s, and an address that is not proven here read alike and take alike', async () => {
  const nobodys = newRequestId(Date.now() - 60_000);
  const email = 'una@unproven.localhost';
  await apiOf(desk.site.url).post('/control/v1/register', { name: 'Una', email, password: goodPassword, locale: 'en' });
  const took = async (run: () => Promise<string>): Promise<[string, number]> => {
    const startedMs = performance.now();
    return [await run(), performance.now() - startedMs];
  };
  const answers: [string, number][] = [];
  for (const [address, id] of [
    ['s1@stranger.localhost', requestId],
    ['s2@stranger.localhost', nobodys],
    ['bob@else.localhost', requestId],
    [email, requestId],
  ] as const) {
    answers.push(
      await took(() => answerTo(address, { from: address, body: `My call ${id} fails with 500 in Python.` })),
    );
  }
  const texts = new Set(answers.map(([text]) => text.replace(/^.*\n/, '')));
  expect([...texts]).toEqual([expect.not.stringContaining('no-such-model')]);
  const times = answers.map(([, ms]) => ms);
  expect(Math.max(...times) - Math.min(...times)).toBeLessThan(2_000);
});

test('two desks that answer each other by themselves stop after one round', async () => {
  const other = 'desk@otherdesk.localhost';
  const first = await answerTo(other, { from: other, body: 'We have a question.' });
  expect(first).toContain('T-0');
  const opened = await desk.ticketOf(other);
  const sent = await letters();
  for (const headers of [['Auto-Submitted: auto-replied'], ['X-Auto-Response-Suppress: All'], []]) {
    const answering = [...headers, `In-Reply-To: ${desk.markOf(opened)}`];
    await desk.mail({
      from: other,
      subject: 'Re: Your message',
      headers: answering,
      body: 'We have got your message.',
    });
  }
  expect(await letters()).toBe(sent);
});

test('bounces by somebody who can guess nothing suppress nobody', async () => {
  const { rows } = await desk.database.pool.query<{ id: string; message_id: string }>(
    'select id, message_id from outbox',
  );
  const id = rows[0]?.id.replace('mail_', '') ?? '';
  const made = (rows[0]?.message_id ?? '').replace(/^<./, '<z');
  const status = `Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; ${ada.email}\r\nAction: failed\r\nStatus: 5.1.1\r\n`;
  const body = mixed(
    [
      { type: 'text/plain', body: 'User unknown' },
      { type: 'message/delivery-status', body: status },
      { type: 'text/rfc822-headers', body: `Message-ID: ${made}\r\n` },
    ],
    'report',
    'report; report-type=delivery-status',
  );
  const from = 'mailer-daemon@evil.localhost';
  const tags = [`support+b.${id}.aaaaaaaaaaaaaaaa`, `bounces+${id}.aaaaaaaaaaaaaaaa`, `bounces+${id}`, 'support'];
  for (const tag of tags) await desk.mail({ from, envelopeFrom: '', to: `${tag}@lodge.localhost`, body });
  expect(await suppressed()).toBe(0);
  const bounced = await desk.database.pool.query('select 1 from outbox where bounced_at is not null');
  expect(bounced.rowCount).toBe(0);
});

test('a subject of line breaks and ten thousand letters is one short line', async () => {
  const from = 'long@evil.localhost';
  const subject = `=?utf-8?q?a=0D=0ABcc:_copy@evil.localhost=0D=0A?= ${'x '.repeat(5_000)}`;
  await desk.mail({ from, subject, body: 'Hello' });
  const one = await pageOf(await desk.ticketOf(from));
  expect(textAt(one, 'subject')).toMatch(/^a Bcc: copy@evil.localhost x[^\r\n]{0,300}$/);
  await sam.api.post(`/admin/v1/tickets/${textAt(one, 'id')}/reply`, {
    text: 'Hi',
    state: 'open',
    version: at(one, 'version'),
  });
  const { rows } = await desk.database.pool.query<{ subject: string }>(
    'select subject from outbox where subject ~ $1',
    ['Bcc'],
  );
  expect(rows[0]?.subject).toMatch(/^[^\r\n]{1,250}$/);
  expect(await desk.sentTo('copy@evil.localhost')).toEqual([]);
});

describe('in the console', () => {
  test('nobody reaches a ticket or an attachment of another organization, merged or split', async () => {
    const uploads = '/control/v1/account/ticket-uploads';
    const file = await upload(ada.api, uploads, 'a.html', Buffer.from('<html><script>alert(1)</script>'));
    const form = { category: 'bug', subject: 'Mine', text: 'Only mine', uploads: [file] };
    const one = textAt((await ada.api.post('/control/v1/account/tickets', form))['ticket'], 'id');
    const [message] = listAt(await ada.api.get(`/control/v1/account/tickets/${one}`), 'messages');
    const attachment = textAt(listAt(message, 'attachments')[0], 'id');
    const note = await sam.api.post(`/admin/v1/tickets/${one}/notes`, { text: 'among us' });
    const apart = await sam.api.post(`/admin/v1/tickets/${one}/split`, {
      subject: 'Apart',
      messages: [note['message']],
    });
    await bob.api.post('/control/v1/account/tickets', { ...form, uploads: [] });
    const bobs = await desk.ticketOf(bob.email);
    const merged = await sam.api.call('POST', `/admin/v1/tickets/${bobs}/merge`, {
      body: { into: one, version: at(await pageOf(bobs), 'version') },
    });
    expect(merged.code).toBe('ticket_merge_refused');
    const doors = ['/control/v1/account/tickets', `/control/v1/organizations/${bob.organizationId}/tickets`];
    for (const door of doors) {
      for (const name of [one, textAt(apart, 'id'), ticket]) {
        for (const rest of ['', `/attachments/${attachment}`, `/messages/${textAt(message, 'id')}/html`])
          expect((await bob.api.call('GET', `${door}/${name}${rest}`)).status).toBe(404);
        for (const [rest, body] of [
          ['messages', { text: 'x' }],
          ['close', {}],
          ['reopen', {}],
          ['rating', { stars: 1 }],
        ] as const)
          expect((await bob.api.call('POST', `${door}/${name}/${rest}`, { body })).status).toBe(404);
      }
      expect((await bob.api.call('GET', `${door}/${bobs}/attachments/${attachment}`)).status).toBe(404);
      expect(JSON.stringify(await bob.api.get(door))).not.toContain(ada.email);
    }
    expect((await ada.api.call('GET', `/control/v1/account/tickets/${textAt(apart, 'id')}`)).text).not.toContain(
      'among us',
    );
    const download = await ada.api.call('GET', `/control/v1/account/tickets/${one}/attachments/${attachment}?inline=1`);
    expect(download.headers.get('content-type')).toBe('application/octet-stream');
    expect(download.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(download.headers.get('content-security-policy')).toContain('sandbox');
    expect(download.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('a member whose rights end at projects sees none of the organization’s tickets, nor joins one by mail', async () => {
    const cora = await register(desk.site, 'cora@customer.localhost');
    await desk.database.pool.query(
      `insert into members (organization_id, account_id, roles) values ($1, $2, '{developer}')`,
      [ada.organizationId, cora.accountId],
    );
    const door = `/control/v1/organizations/${ada.organizationId}/tickets`;
    await expect.poll(async () => (await cora.api.call('GET', door)).status).toBe(200);
    expect(listAt(await cora.api.get(door), 'data')).toEqual([]);
    expect((await cora.api.call('GET', `${door}/${ticket}`)).status).toBe(404);
    await desk.mail({ from: cora.email, subject: `Re: [${ticket}] bug: it fails`, body: 'Me too' });
    expect(await peopleOf()).not.toContain(cora.email);
  });

  test('a mail’s HTML stands in a frame where nothing runs or loads', async () => {
    const html =
      '<script>alert(1)</script><p onclick="x()">Hi</p><img src="https://evil.example/t.gif"><form action="//evil.example">';
    await desk.mail({ from: ada.email, subject: 'HTML', body: `Content-Type: text/html\r\n\r\n${html}` });
    const newest = await desk.ticketOf(ada.email);
    const path = `/admin/v1/tickets/${newest}/messages/${textAt((await messagesOf(newest))[0], 'id')}/html`;
    const frame = await sam.api.call('GET', path);
    expect(frame.headers.get('content-security-policy')).toMatch(/^sandbox(?! [^;]*allow-(?:scripts|same-origin))/);
    expect(frame.text).toMatch(/default-src 'none'/);
    expect(frame.text).not.toMatch(/<script|onclick|<form|\ssrc="https/);
  });

  test('customers lift no suppression, and read no mail of the desk', async () => {
    await desk.admin.post('/admin/v1/mail/suppressed', { address: 'gone@customer.localhost' });
    for (const api of [ada.api, apiOf(desk.site.url)]) {
      for (const [method, path] of [
        ['DELETE', '/mail/suppressed/gone@customer.localhost'],
        ['GET', '/mail/suppressed'],
        ['GET', '/mailroom/mails'],
        ['GET', '/tickets'],
      ] as const)
        expect([401, 403]).toContain((await api.call(method, `/admin/v1${path}`)).status);
    }
    expect(await suppressed()).toBe(1);
  });

  test('a link to rate that somebody made up opens nothing', async () => {
    const api = apiOf(desk.site.url);
    for (const token of [`${ticket.slice(2)}.aaaaaaaaaaaaaaaaaaaa`, ticket, '1.', 'x', '']) {
      expect((await api.call('GET', `/control/v1/ticket-rating?token=${token}`)).code).toBe('rating_link_invalid');
      expect((await api.call('POST', '/control/v1/ticket-rating', { body: { token, stars: 1 } })).code).toBe(
        'rating_link_invalid',
      );
    }
  });

  test('webhooks do not lead into networks of ours', async () => {
    const make = (url: string) =>
      desk.admin.call('POST', '/admin/v1/desk-webhooks', {
        body: { name: 'x', url, format: 'lodge', events: ['ticket.opened'] },
      });
    for (const host of [
      '127.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '2130706433',
      '0x7f.1',
      '169.254.169.254',
      '10.0.0.1',
    ])
      expect((await make(`http://${host}:${new URL(desk.site.url).port}/`)).code, host).toBe('webhook_url_refused');
    const named = await make(desk.site.url.replace('127.0.0.1', 'localhost'));
    if (named.status === 201) {
      const tested = await desk.admin.call('POST', `/admin/v1/desk-webhooks/${textAt(named.body, 'id')}/test`);
      expect(tested.text).toMatch(/private network/);
    }
  });
});

describe('a report of a vulnerability', () => {
  const word = 'xylophonic';

  test('is in nothing that staff without the permission can ask for', async () => {
    const from = 'finder@evil.localhost';
    const body = mixed([
      { type: 'text/html', body: `<p>${word} <b>hole</b></p>` },
      { type: 'text/plain', name: `${word}.txt`, body: word },
    ]);
    await desk.mail({ from, subject: `vulnerability: ${word} in the gate`, body });
    const secret = await desk.ticketOf(from);
    const page = await pageOf(secret);
    expect(page).toMatchObject({ queue: 'vulnerability' });
    await desk.admin.post(`/admin/v1/tickets/${secret}/reply`, {
      text: `About ${word}`,
      state: 'open',
      version: at(page, 'version'),
    });
    const { rows } = await desk.database.pool.query<{ id: string }>(
      'select id from incoming_mails where ticket_number = $1',
      [secret.slice(2)],
    );
    const [message] = listAt(page, 'messages');
    const known: Readonly<Record<string, string>> = {
      ticket: secret,
      message: textAt(message, 'id'),
      attachment: textAt(listAt(message, 'attachments')[0], 'id'),
      mail: rows[0]?.id ?? '',
    };
    const told = await asked(sam.api, known);
    expect(told.count).toBeGreaterThan(40);
    expect(told.saying(new RegExp(`${word}|${from}`))).toEqual([]);
    // The same questions, asked by who may: so that it is known that they would have told it.
    expect((await asked(desk.admin, known)).saying(new RegExp(`${word}|${from}`)).length).toBeGreaterThan(6);
    for (const query of [word, from, secret]) {
      const found = await sam.api.get(`/admin/v1/tickets/search?q=${query}`);
      expect(listAt(found, 'data')).toEqual([]);
    }
    expect(JSON.stringify((await desk.admin.get(`/admin/v1/tickets/search?q=${word}`))['data'])).toContain(secret);
    const raw = await sam.api.call('POST', `/admin/v1/mailroom/mails/${known['mail']}/raw`, {
      body: { reason: 'curious' },
    });
    expect(raw).toMatchObject({ status: 403, code: 'raw_mail_restricted' });
    for (const rest of ['', '?group=queue', '/export?group=queue'].map((end) => (end.startsWith('/') ? end : end)))
      expect((await sam.api.call('GET', `/admin/v1/tickets/report${rest}`)).text).not.toContain('vulnerability');
    expect(JSON.stringify(at(await sam.api.get('/admin/v1/tickets/counts'), 'queues'))).not.toMatch(
      /"vulnerability":[1-9]/,
    );
  });
});

/** Everything that can be asked for with GET, with the names that are known put where they fit. */
async function asked(api: Api, known: Readonly<Record<string, string>>) {
  const { paths } = (await api.get('/openapi.json')) as { paths?: Json };
  const answers: { path: string; text: string }[] = [];
  for (const [path, operations] of Object.entries(isObject(paths ?? null) ? (paths as object) : {})) {
    if (!('get' in (operations as object)) || /\/events$|\/stream$/.test(path)) continue;
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    if (names.some((name) => !(name in known))) continue;
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? '');
    answers.push({ path, text: (await api.call('GET', filled)).text });
  }
  return {
    count: answers.length,
    saying: (words: RegExp) => answers.filter(({ text }) => words.test(text)).map(({ path }) => path),
  };
}

describe('reports of keys', () => {
  const api = () => apiOf(desk.site.url);
  const report = (text: string) => api().call('POST', '/control/v1/report-key', { body: { text } });

  test('by a service need its signature, and a fresh one', async () => {
    const body = JSON.stringify([{ token: 'sk-lodge-nothing' }]);
    const now = Math.floor(Date.now() / 1000);
    const sign = (secret: string, t: number, text = body) =>
      `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${text}`).digest('hex')}`;
    const send = async (signature: string | null) => {
      const headers = {
        'content-type': 'application/json',
        ...(signature === null ? {} : { 'lodge-signature': signature }),
      };
      return (await fetch(`${desk.site.url}/control/v1/key-reports`, { method: 'POST', headers, body })).status;
    };
    expect(await send(sign(partnerSecret, now))).toBe(202);
    const wrong = [
      null,
      '',
      't=,v1=',
      sign('another', now),
      sign(partnerSecret, now - 301),
      sign(partnerSecret, now + 301),
      sign(partnerSecret, now, '[]'),
      sign(partnerSecret, now).replace(/t=\d+/, `t=${now + 1}`),
    ];
    for (const signature of wrong) expect([401, 403], String(signature)).toContain(await send(signature));
  });

  test('are answered alike, whatever they hold, and not for ever', async () => {
    const made = await ada.api.post(`/control/v1/organizations/${ada.organizationId}/keys`, {
      name: 'leaked',
      group: 'openai-standard',
    });
    const answers = [];
    for (const text of ['nothing', textAt(made, 'secret'), textAt(made, 'secret'), 'sk-lodge-aaaaaaaaaaaaaaaa'])
      answers.push(await report(text));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    let last = 202;
    for (let count = 0; count < 30 && last === 202; count++) last = (await report('nothing')).status;
    expect(last).toBe(429);
    expect((await report(textAt(made, 'secret'))).code).toBe('key_report_throttled');
  });
});

test('mail to us is for us: nothing is passed on to others', async () => {
  expect(await desk.mail({ from: 'eve@evil.localhost', to: 'someone@elsewhere.localhost', body: 'x' })).toMatch(/^5/);
  expect(await desk.mail({ from: 'eve@evil.localhost', to: supportAddress, body: 'x' })).toMatch(/^250/);
});
