import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newKey } from '../../base/key-format.ts';
import { newRequestId } from '../../base/request-id.ts';
import { addFacts, readEvents, readMessages, readTicket, type Ticket, ticketName } from '../store/index.ts';
import { accountIn, type DeskUnderTest, noonMs, startDesk, ticketOf } from '../testing.ts';
import { mentionsIn } from '../writing/index.ts';
import { decideSearch, wordsQuery } from './search.ts';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
  await desk.person('acc_admin', 'admin');
  await desk.person('acc_support', 'support');
  await desk.person('acc_sales', 'sales');
});
afterAll(() => desk.close());

const at = (ticket: { readonly number: bigint }, rest = '') => `/admin/v1/tickets/${ticketName(ticket.number)}${rest}`;
const kindsOf = async (number: bigint) => (await readEvents(desk.pool, number)).map(({ kind }) => kind);

describe('a reply', () => {
  test('stands on the ticket, leaves by mail in its thread, waits for the customer, and belongs to who wrote it', async () => {
    const ticket = await ticketOf(desk.pool);
    const [first] = await readMessages(desk.pool, ticket.number);
    const replied = await desk.call('POST', at(ticket, '/reply'), 'acc_support', { text: 'Try again.', version: 1 });
    expect(replied.status, replied.text).toBe(201);
    expect(replied.body).toMatchObject({ redacted: [], left_out: [] });
    expect(Date.parse(replied.body.undo_until)).toBe(desk.clock.now() + 15_000);
    expect(desk.letters.at(-1)).toMatchObject({
      to: 'dev@customer.test',
      subject: 'Re: It fails',
      inReplyTo: first?.messageId,
      automatic: false,
      sendAfterMs: 15_000,
    });
    const shown = await desk.call('GET', at(ticket), 'acc_support');
    expect(shown.body).toMatchObject({
      state: 'waiting',
      assignee: { id: 'acc_support' },
      last_author: 'staff',
      unread: false,
      messages: [{ kind: 'in' }, { kind: 'out', text: 'Try again.', delivery: { state: 'waiting' } }],
    });
  });

  test('by whoever has not seen what another did meanwhile is refused, and nothing is sent', async () => {
    const ticket = await ticketOf(desk.pool);
    await desk.call('POST', at(ticket, '/reply'), 'acc_admin', { text: 'First.', version: 1 });
    const sent = desk.letters.length;
    const late = await desk.call('POST', at(ticket, '/reply'), 'acc_support', { text: 'Second.', version: 1 });
    expect(late).toMatchObject({ status: 409, body: { code: 'ticket_changed' } });
    expect(late.body.detail).toContain('acc_admin@customer.test');
    expect(desk.letters).toHaveLength(sent);
    expect(await readMessages(desk.pool, ticket.number)).toHaveLength(2);
  });

  test('of two at once is one', async () => {
    const ticket = await ticketOf(desk.pool);
    const both = await Promise.all(
      ['acc_admin', 'acc_support'].map((as) =>
        desk.call('POST', at(ticket, '/reply'), as, { text: 'Mine.', version: 1 }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test('that is taken back leaves no trace but the fact, and gives the words back', async () => {
    const ticket = await ticketOf(desk.pool);
    const { body } = await desk.call('POST', at(ticket, '/reply'), 'acc_support', { text: 'Oops.', version: 1 });
    const undone = await desk.call('POST', at(ticket, '/undo'), 'acc_support', { message: body.message });
    expect(undone).toMatchObject({ status: 200, body: { text: 'Oops.' } });
    const after = await readTicket(desk.pool, ticket.number);
    expect(after).toMatchObject({ state: 'open', firstRepliedAtMs: null, lastAuthor: 'customer', unread: true });
    expect(await readMessages(desk.pool, ticket.number)).toHaveLength(1);
    expect(await kindsOf(ticket.number)).toContain('reply_undone');
    const { rows } = await desk.pool.query('select state from outbox where ticket_number = $1', [ticket.number]);
    expect(rows).toEqual([{ state: 'withdrawn' }]);
    const twice = await desk.call('POST', at(ticket, '/undo'), 'acc_support', { message: body.message });
    expect(twice.body.code).toBe('reply_not_found');
  });

  test('that has left cannot be taken back', async () => {
    const ticket = await ticketOf(desk.pool);
    const { body } = await desk.call('POST', at(ticket, '/reply'), 'acc_support', { text: 'Gone.', version: 1 });
    await desk.pool.query(`update outbox set state = 'sent', attempts = 1 where ticket_number = $1`, [ticket.number]);
    const undone = await desk.call('POST', at(ticket, '/undo'), 'acc_support', { message: body.message });
    expect(undone).toMatchObject({ status: 409, body: { code: 'reply_left' } });
  });

  test('loses the keys in it before it is kept or sent', async () => {
    const { secret, prefix } = newKey('lodge');
    const ticket = await ticketOf(desk.pool);
    const text = `Use ${secret} instead.`;
    const { body } = await desk.call('POST', at(ticket, '/reply'), 'acc_support', { text, version: 1 });
    expect(body.redacted).toHaveLength(1);
    const messages = await readMessages(desk.pool, ticket.number);
    const kept = `${messages.map((message) => message.body).join()} ${desk.letters.at(-1)?.text}`;
    expect(kept).not.toContain(secret);
    expect(kept).toContain(prefix);
  });

  test('carries files that went up in pieces, as their bytes are', async () => {
    const ticket = await ticketOf(desk.pool);
    const bytes = Buffer.from('plain words');
    const begun = await desk.call('POST', '/admin/v1/ticket-uploads', 'acc_support', {
      name: '../a.exe',
      size: bytes.length,
    });
    const early = { text: 'See the file.', version: 1, uploads: [begun.body.id] };
    expect((await desk.call('POST', at(ticket, '/reply'), 'acc_support', early)).body.code).toBe('upload_incomplete');
    const piece = `/admin/v1/ticket-uploads/${begun.body.id}/pieces/0`;
    await desk.call('PUT', piece, 'acc_support', { data: bytes.toString('base64') });
    expect((await desk.call('PUT', piece, 'acc_admin', { data: 'eA==' })).body.code).toBe('upload_not_found');
    const sent = await desk.call('POST', at(ticket, '/reply'), 'acc_support', early);
    expect(sent.status, sent.text).toBe(201);
    const page = await desk.call('GET', at(ticket), 'acc_support');
    const [file] = page.body.messages[1].attachments;
    expect(file).toMatchObject({ name: '.._a.exe', type: 'text/plain', size: bytes.length, inline: false });
    const download = await desk.call('GET', at(ticket, `/attachments/${file.id}?inline=1`), 'acc_support');
    expect(download.text).toBe('plain words');
    expect(download.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(download.headers.get('content-security-policy')).toContain('sandbox');
  });
});

describe('a report of a vulnerability', () => {
  const calls: [method: string, rest: string, body?: unknown][] = [
    ['GET', ''],
    ['PATCH', '', { priority: 'high' }],
    ['POST', '/reply', { text: 'x', version: 1 }],
    ['POST', '/undo', { message: 'msg_x' }],
    ['POST', '/notes', { text: 'x' }],
    ['POST', '/snooze', { until: null }],
    ['POST', '/merge', { into: 'T-1001', version: 1 }],
    ['POST', '/split', { messages: ['msg_x'], subject: 'x' }],
    ['PUT', '/presence', { typing: true }],
    ['POST', '/participants', { address: 'a@b.test' }],
    ['DELETE', '/participants/a@b.test'],
    ['POST', '/links', { ticket: 'T-1001' }],
    ['DELETE', '/links/T-1001'],
    ['GET', '/messages/msg_x/html'],
    ['GET', '/attachments/att_x'],
    ['POST', '/macros/mac_x'],
    ['PUT', '/following', { following: true }],
  ];
  test.each(calls)('is not there for others: %s %s', async (method, rest, body) => {
    const ticket = await ticketOf(desk.pool, { queue: 'vulnerability' });
    const answer = await desk.call(method, at(ticket, rest), 'acc_support', body);
    expect(answer).toMatchObject({ status: 404, body: { code: 'ticket_not_found' } });
  });

  test('is in no list, count, search, report or link of others', async () => {
    const requester = { address: 'finder@else.test', name: '' };
    const ticket = await ticketOf(desk.pool, { queue: 'vulnerability', subject: 'Zanzibar overflow', requester });
    const other = await ticketOf(desk.pool);
    await desk.call('POST', at(other, '/links'), 'acc_admin', { ticket: ticketName(ticket.number) });
    const seenBy = async (as: string) => {
      const texts = await Promise.all(
        [
          '/admin/v1/tickets?view=all&limit=200',
          '/admin/v1/tickets?view=all&queue=vulnerability',
          '/admin/v1/tickets/search?q=zanzibar',
          '/admin/v1/tickets/search?q=finder@else.test',
          `/admin/v1/tickets/search?q=${ticketName(ticket.number)}`,
          at(other),
          '/admin/v1/tickets/report?group=queue',
          '/admin/v1/tickets/counts',
        ].map(async (path) => (await desk.call('GET', path, as)).text),
      );
      return texts.map((text) => text.includes('Zanzibar') || text.includes('"vulnerability"'));
    };
    expect(await seenBy('acc_support')).toEqual(Array(8).fill(false));
    expect((await seenBy('acc_admin')).slice(0, 6)).toEqual([true, true, false, true, true, true]);
  });

  test('is not given to who may not see it, and nobody loses sight of a ticket by moving it', async () => {
    const ticket = await ticketOf(desk.pool, { queue: 'vulnerability' });
    const given = await desk.call('PATCH', at(ticket), 'acc_admin', { assignee: 'acc_support' });
    expect(given.body.code).toBe('assignee_invalid');
    const plain = await ticketOf(desk.pool);
    const moved = await desk.call('PATCH', at(plain), 'acc_support', { queue: 'vulnerability' });
    expect(moved).toMatchObject({ status: 403, body: { code: 'ticket_restricted' } });
  });
});

describe('what else staff do', () => {
  test('reading is open to sales, writing is not', async () => {
    const ticket = await ticketOf(desk.pool);
    expect((await desk.call('GET', at(ticket), 'acc_sales')).status).toBe(200);
    const written = await desk.call('POST', at(ticket, '/notes'), 'acc_sales', { text: 'x' });
    expect(written.body.code).toBe('permission_missing');
  });

  test('a note tells whom it mentions, and never the customer', async () => {
    const ticket = await ticketOf(desk.pool);
    const note = await desk.call('POST', at(ticket, '/notes'), 'acc_support', {
      text: 'Ask @acc_admin, not me@acc_sales.',
    });
    expect(note.body.mentioned).toEqual(['acc_admin@customer.test']);
    const { rows } = await desk.pool.query(
      `select kind, facts->>'ticket' as ticket from notifications where account_id = 'acc_admin' order by created_at desc limit 1`,
    );
    expect(rows).toEqual([{ kind: 'ticket-mentioned', ticket: ticketName(ticket.number) }]);
    expect(mentionsIn('mail a@b.c, @Ann. and @bob@site.test!')).toEqual(['ann', 'bob@site.test']);
  });

  test('presence tells who else is there', async () => {
    const ticket = await ticketOf(desk.pool);
    await desk.call('PUT', at(ticket, '/presence'), 'acc_admin', { typing: true });
    const seen = await desk.call('PUT', at(ticket, '/presence'), 'acc_support', { typing: false });
    expect(seen.body).toMatchObject({ version: 1, others: [{ id: 'acc_admin', typing: true }] });
    desk.clock.advance(60_000);
    const later = await desk.call('PUT', at(ticket, '/presence'), 'acc_support', { typing: false });
    expect(later.body.others).toEqual([]);
  });

  test('a merge keeps what was said, brings the people along, and points on', async () => {
    const [from, into] = [await ticketOf(desk.pool), await ticketOf(desk.pool)];
    await desk.call('POST', at(from, '/participants'), 'acc_support', { address: 'boss@customer.test' });
    const merged = await desk.call('POST', at(from, '/merge'), 'acc_support', {
      into: ticketName(into.number),
      version: 1,
    });
    expect(merged.status, merged.text).toBe(200);
    const gone = await desk.call('GET', at(from), 'acc_support');
    expect(gone.body).toMatchObject({ merged_into: ticketName(into.number), state: 'closed' });
    expect(gone.body.messages).toHaveLength(1);
    const kept = await desk.call('GET', at(into), 'acc_support');
    expect(kept.body.merged).toEqual([ticketName(from.number)]);
    expect(kept.body.participants.map(({ address }: { address: string }) => address)).toContain('boss@customer.test');
    const back = await desk.call('POST', at(into, '/merge'), 'acc_support', {
      into: ticketName(from.number),
      version: kept.body.version,
    });
    expect(back.body.code).toBe('ticket_merge_refused');
    const written = await desk.call('POST', at(from, '/reply'), 'acc_support', {
      text: 'x',
      version: gone.body.version,
    });
    expect(written.body.code).toBe('ticket_merged');
  });

  test('tickets of different customers are not merged', async () => {
    const requester = { address: 'someone@else.test', name: '' };
    const [from, into] = [await ticketOf(desk.pool), await ticketOf(desk.pool, { requester })];
    const merged = await desk.call('POST', at(from, '/merge'), 'acc_admin', {
      into: ticketName(into.number),
      version: 1,
    });
    expect(merged).toMatchObject({ status: 409, body: { code: 'ticket_merge_refused' } });
  });

  test('nor are one person’s for two organizations; people whom nobody vouches for are not brought along', async () => {
    const [one, two] = [await accountIn(desk.pool, 'acc_both'), await accountIn(desk.pool, 'acc_else')];
    const requester = { address: one.email, name: '' };
    const mine = { requester, accountId: one.id, organizationId: one.organization };
    const [into, other] = [
      await ticketOf(desk.pool, mine),
      await ticketOf(desk.pool, { ...mine, organizationId: two.organization }),
    ];
    const merge = (from: Ticket) =>
      desk.call('POST', at(from, '/merge'), 'acc_admin', { into: ticketName(into.number), version: 1 });
    expect((await merge(other)).body.code).toBe('ticket_merge_refused');
    const eve = { address: 'eve@else.test', name: '', accountId: null, role: 'cc' as const };
    const forged = await ticketOf(desk.pool, { requester, verified: false, participants: [eve] });
    expect((await merge(forged)).status).toBe(200);
    const { participants } = (await desk.call('GET', at(into), 'acc_admin')).body;
    expect(participants.map(({ address }: { address: string }) => address)).toEqual([one.email]);
  });

  test('a split moves chosen messages, never all', async () => {
    const ticket = await ticketOf(desk.pool);
    const note = await desk.call('POST', at(ticket, '/notes'), 'acc_support', { text: 'another matter' });
    const [first] = await readMessages(desk.pool, ticket.number);
    const all = { messages: [first?.id, note.body.message], subject: 'All' };
    expect((await desk.call('POST', at(ticket, '/split'), 'acc_support', all)).body.code).toBe('ticket_split_invalid');
    const split = await desk.call('POST', at(ticket, '/split'), 'acc_support', {
      messages: [note.body.message],
      subject: 'Another matter',
    });
    expect(split).toMatchObject({ status: 201, body: { subject: 'Another matter', queue: 'bug' } });
    expect(await readMessages(desk.pool, ticket.number)).toHaveLength(1);
  });
});

describe('search', () => {
  test('finds words in both languages, parts of words, and exact ids', async () => {
    const id = newRequestId(noonMs);
    const { prefix, secret } = newKey('lodge');
    const author = { accountId: null, address: 'dev@customer.test', name: 'Dev' };
    const body = 'The kangaroo proxy answers nothing. 请求超时，无法连接服务器。';
    const ticket = await ticketOf(desk.pool, { message: { kind: 'in', author, verified: true, body } });
    const [message] = await readMessages(desk.pool, ticket.number);
    const messageId = message?.id ?? '';
    const detail = {};
    await addFacts(desk.pool, ticket.number, [
      { kind: 'request', value: id, messageId, detail },
      { kind: 'key_prefix', value: prefix, messageId, detail },
      { kind: 'order', value: 'ord_12345678', messageId, detail },
    ]);
    const find = async (q: string) => {
      const { body: found, text } = await desk.call(
        'GET',
        `/admin/v1/tickets/search?q=${encodeURIComponent(q)}`,
        'acc_support',
      );
      return found?.data?.map((one: { id: string }) => one.id) ?? text;
    };
    for (const q of [
      'kangaroo',
      'KANGA',
      'proxy kangaroo',
      '请求超时',
      '连接服务',
      id,
      id.toLowerCase(),
      prefix,
      secret,
    ]) {
      expect(await find(q), q).toEqual([ticketName(ticket.number)]);
    }
    expect(await find('ord_12345678')).toEqual([ticketName(ticket.number)]);
    expect(await find('时请')).toEqual([]);
    expect(await find('kangaroo zebra')).toEqual([]);
    expect(await find(`'; drop table x; :* & | !`)).toEqual([]);
  });

  test('tells by its form what is meant', () => {
    expect(decideSearch('T-1001')).toEqual({ by: 'ticket', number: 1001n });
    expect(decideSearch('A@B.test')).toEqual({ by: 'address', address: 'a@b.test' });
    expect(decideSearch('<x@y.test>')).toEqual({ by: 'message_id', id: '<x@y.test>' });
    expect(decideSearch('?!')).toBeNull();
    expect(wordsQuery(`it's 超时`)).toBe(`'it s':* & '超时'`);
  });
});

test('a macro is filled in for its ticket, in the customer’s language', async () => {
  const made = await desk.call('POST', '/admin/v1/macros', 'acc_admin', {
    name: 'Hello',
    texts: { en: 'Dear {customer_name}, {ticket} {unknown}', zh: '{customer_name} 您好' },
    actions: { state: 'solved' },
  });
  expect(made.status, made.text).toBe(201);
  const render = async (locale: 'en' | 'zh') => {
    const ticket = await ticketOf(desk.pool, { locale });
    return (await desk.call('POST', at(ticket, `/macros/${made.body.id}`), 'acc_support')).body.text;
  };
  expect(await render('en')).toMatch(/^Dear Dev, T-\d+ \{unknown\}$/);
  expect(await render('zh')).toBe('Dev 您好');
});

test('figures by queue, also as CSV', async () => {
  await accountIn(desk.pool, 'acc_pro', { plan: 'pro' });
  await ticketOf(desk.pool, { organizationId: 'org_acc_pro', queue: 'billing' });
  const span = `from=${new Date(noonMs - 1).toISOString()}&to=${new Date(noonMs + 1).toISOString()}`;
  const report = await desk.call('GET', `/admin/v1/tickets/report?group=queue&${span}`, 'acc_support');
  const billing = report.body.data.find(({ group }: { group: string }) => group === 'billing');
  expect(billing).toMatchObject({ opened: 1, with_target: 1, target_met: 1, first_response_median_ms: null });
  const csv = await desk.call('GET', `/admin/v1/tickets/report/export?group=queue&${span}`, 'acc_support');
  expect(csv.text.split('\r\n')[0]).toMatch(/"?queue"?,"?opened"?/);
});

test('many are changed at once, each by itself, and what could not be is said', async () => {
  const [open, report] = [await ticketOf(desk.pool), await ticketOf(desk.pool, { queue: 'vulnerability' })];
  const done = await desk.call('POST', '/admin/v1/tickets/bulk', 'acc_support', {
    tickets: [ticketName(open.number), ticketName(report.number), 'T-999999'],
    change: { state: 'solved', add_tags: ['outage'] },
  });
  expect(done.body.changed).toEqual([{ id: ticketName(open.number), version: 2 }]);
  expect(done.body.refused.map(({ code }: { code: string }) => code)).toEqual(['ticket_not_found', 'ticket_not_found']);
  const { rows } = await desk.pool.query(`select after from audit_log where action = 'ticket.bulk_changed'`);
  expect(rows).toMatchObject([{ after: { tickets: [ticketName(open.number)] } }]);
});
