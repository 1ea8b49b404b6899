import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../../base/clock.ts';
import { newKey } from '../../base/key-format.ts';
import { silentLog } from '../../base/log.ts';
import { newRequestId } from '../../base/request-id.ts';
import { inTransaction } from '../../db/index.ts';
import { createTestDatabase, type TestDatabase } from '../../db/testing.ts';
import { createReportedKeys, type ReportedKeys } from '../../keys/index.ts';
import { createMail, type QueueMail } from '../../mail/index.ts';
import type { ReadMail } from '../../mailroom/index.ts';
import { notify } from '../../notices/index.ts';
import { loadSecrets, type Secrets } from '../../secrets/index.ts';
import { readEvents, readFacts, readMessages } from '../store/index.ts';
import { accountIn, forged, mailTo, noonMs, ticketOf, unproven } from '../testing.ts';
import { type AnsweringOptions, answerMail } from './answer-mail.ts';
import { recordCall } from './testing.ts';

let test_: TestDatabase;
let pool: pg.Pool;
let secrets: Secrets;
let clock: ManualClock;
let options: AnsweringOptions;
let reported: ReportedKeys;

beforeAll(async () => {
  test_ = await createTestDatabase();
  pool = test_.database.pool;
  secrets = await loadSecrets({ secret: 's'.repeat(40), adminToken: 't'.repeat(40), dataDir: '' });
  for (const id of ['acc_owner', 'acc_dev']) await accountIn(pool, id, { organization: 'org_a' });
  await accountIn(pool, 'acc_eve', { organization: 'org_b' });
  await pool.query(`update members set roles = '{developer}' where account_id = 'acc_dev'`);
  await pool.query(
    `insert into vendors (id, display_name, family) values ('acme', 'Acme', 'openai');
     insert into groups (id, display_name, vendor_id) values ('acme-standard', 'Acme', 'acme')`,
  );
});
afterAll(() => test_.drop());

beforeEach(async () => {
  await pool.query('truncate tickets, outbox, incoming_mails, keys, leaked_keys, notifications cascade');
  await pool.query(`update organizations set leaked_key_rule = 'disable'`);
  await pool.query(`update accounts set state = 'active', email_verified = true`);
  await pool.query(`update members set state = 'active'`);
  clock = new ManualClock(Date.now());
  const mail = createMail({
    database: test_.database,
    relay: null,
    from: null,
    site: () => ({ name: 'Lodge', supportAddress: 'support@site.test' }),
    secrets,
    log: silentLog,
  });
  const queueMail: QueueMail = mail.queueMail;
  reported = createReportedKeys({
    pool,
    hashKey: secrets.hashKey,
    site: 'lodge',
    clock,
    telling: { queueMail, notify, url: () => 'https://lodge.example' },
  });
  options = {
    clock,
    site: 'lodge',
    url: () => 'https://lodge.example',
    retentionDays: 90,
    errorCodes: ['rate_limited'],
    models: () => [],
    reported,
    queueLetter: mail.queueLetter,
    staffLocale: () => 'en',
    journal: { flush: async () => undefined },
    journalLagMs: async () => null,
    settleMs: 0,
  };
});

const agoMs = (ms: number) => clock.now() - ms;
const call = (organizationId = 'org_a', parts: { keyId?: string; atMs?: number } = {}) =>
  recordCall(pool, { organizationId, atMs: agoMs(60_000), ...parts });

interface Arrival {
  readonly mail: ReadMail;
  readonly ticketNumber: bigint;
  readonly messageId: string;
}

/** A mail from an account of `accountIn`, with the ticket that it opened. */
async function arrive(
  from: string,
  text: string,
  parts: Partial<ReadMail> = {},
  ticket: { readonly queue?: 'bug' | 'vulnerability' | 'spam'; readonly locale?: 'en' | 'zh' } = {},
): Promise<Arrival> {
  const address = `${from}@customer.test`;
  const mail = await mailTo(pool, {
    from: { address, name: 'Somebody' },
    subject: 'bug: it fails',
    text,
    receivedAtMs: clock.now(),
    ...parts,
  });
  const { rows } = await pool.query<{ id: string; organization_id: string }>(
    `select a.id, m.organization_id from accounts a join members m on m.account_id = a.id where a.email = $1 and a.email_verified`,
    [mail.from.address],
  );
  const known = mail.sender.verified ? rows[0] : undefined;
  const opened = await ticketOf(pool, {
    requester: mail.from,
    accountId: known?.id ?? null,
    organizationId: known?.organization_id ?? null,
    verified: mail.sender.verified,
    queue: ticket.queue ?? 'bug',
    locale: ticket.locale ?? 'en',
    atMs: noonMs,
  });
  const [message] = await readMessages(pool, opened.number);
  return { mail, ticketNumber: opened.number, messageId: message?.id ?? '' };
}

const answer = ({ mail, ...place }: Arrival, opened = true) =>
  inTransaction(pool, (client) => answerMail(client, mail, { ...place, opened }, options));

interface Letter {
  readonly recipient: string;
  readonly subject: string;
  readonly text_body: string;
  readonly headers: { readonly references: string[]; readonly autoSubmitted: string };
}

async function letters(): Promise<readonly Letter[]> {
  const { rows } = await pool.query<Letter>(
    `select recipient, subject, text_body, headers from outbox where kind = 'ticket-answer' order by created_at, id`,
  );
  return rows;
}

async function eventsOf({
  ticketNumber,
}: Arrival): Promise<readonly { kind: string; data: Record<string, unknown> }[]> {
  const events = await readEvents(pool, ticketNumber);
  return events.filter(({ kind }) => kind !== 'opened').map(({ kind, data }) => ({ kind, data }));
}

/** Without what differs between two tickets. */
const plain = (letter: Letter | undefined) => letter?.text_body.replaceAll(/T-\d+/g, 'T-n');

describe('a verified owner', () => {
  test('is told what happened to the call, on the thread, and the facts stand on the ticket', async () => {
    const id = await call();
    const arrival = await arrive('acc_owner', `It says 429, see ${id.toLowerCase()}. codex 1.2.3`);
    await answer(arrival);
    const [letter, ...others] = await letters();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ recipient: 'acc_owner@customer.test', headers: { autoSubmitted: 'auto-replied' } });
    expect(letter?.subject).toContain(`[T-${arrival.ticketNumber}]`);
    expect(letter?.headers.references).toEqual([arrival.mail.messageId]);
    expect(letter?.text_body).toContain(`Request ${id}`);
    expect(letter?.text_body).toContain('The key had used up its requests of the minute.');
    expect(letter?.text_body).toContain(`https://lodge.example/console/requests/${id}`);
    expect(letter?.text_body).not.toMatch(/it fails|Somebody|It says/i);
    const facts = await readFacts(pool, arrival.ticketNumber);
    expect(facts.map(({ kind, value }) => [kind, value])).toEqual(
      expect.arrayContaining([
        ['request', id],
        ['status', '429'],
        ['tool', 'codex'],
      ]),
    );
    const messages = await readMessages(pool, arrival.ticketNumber);
    expect(messages.at(-1)).toMatchObject({ kind: 'automatic', body: letter?.text_body.trim() ?? '' });
    const { rows } = await pool.query('select first_replied_at, state from tickets');
    expect(rows).toEqual([{ first_replied_at: null, state: 'open' }]);
    expect((await eventsOf(arrival)).map(({ kind }) => kind)).toEqual(['facts_read', 'facts_told', 'automatic_answer']);
  });

  test('is told in Chinese on a Chinese ticket', async () => {
    const id = await call();
    await answer(await arrive('acc_owner', `请求失败 ${id}`, {}, { locale: 'zh' }));
    expect((await letters())[0]?.text_body).toContain('密钥这一分钟的请求次数已用完');
  });

  test('doing it again does nothing', async () => {
    const arrival = await arrive('acc_owner', await call());
    await answer(arrival);
    const before = await eventsOf(arrival);
    await answer(arrival);
    expect(await letters()).toHaveLength(1);
    expect(await eventsOf(arrival)).toEqual(before);
    expect(await readMessages(pool, arrival.ticketNumber)).toHaveLength(2);
  });

  test('is told of several calls, of those that are older than the records, and of mistyped ids', async () => {
    const ids = [await call(), await call(), newRequestId(agoMs(100 * 86_400_000)), newRequestId(agoMs(1_000_000))];
    const mistyped = `${ids[0]?.slice(0, -1)}${ids[0]?.endsWith('0') ? '1' : '0'}`;
    await answer(await arrive('acc_owner', [...ids, mistyped].join('\n')));
    const text = (await letters())[0]?.text_body ?? '';
    for (const id of ids.slice(0, 2)) expect(text).toContain(`Request ${id}`);
    expect(text).toContain('One request id is older than 90 days.');
    expect(text).toContain('About one other request id in your mail nothing can be said here.');
    expect(text).toContain('One request id is mistyped');
    for (const id of [...ids.slice(2), mistyped]) expect(text).not.toContain(id);
  });

  test('without an id is asked for what is missing, once', async () => {
    const arrival = await arrive('acc_owner', 'It does not work any more. Please help.');
    await answer(arrival);
    expect((await letters())[0]?.text_body).toContain('the X-Request-Id of a failing call');
    const again = {
      ...arrival,
      mail: await mailTo(pool, { ...arrival.mail, id: 'in_2', text: 'Still broken!', messageId: '<2@customer.test>' }),
    };
    await answer(again, false);
    expect(await letters()).toHaveLength(1);
    const id = await call();
    const third = {
      ...arrival,
      mail: await mailTo(pool, { ...arrival.mail, id: 'in_3', text: `Here: ${id}`, messageId: '<3@customer.test>' }),
    };
    await answer(third, false);
    expect(await letters()).toHaveLength(2);
    expect((await letters())[1]?.text_body).toContain(`Request ${id}`);
    const fourth = {
      ...arrival,
      mail: await mailTo(pool, { ...arrival.mail, id: 'in_4', text: `Again: ${id}`, messageId: '<4@customer.test>' }),
    };
    await answer(fourth, false);
    expect(await letters()).toHaveLength(2);
  });

  test('without the right to see all requests is told of their own only', async () => {
    const columns = `insert into keys (id, organization_id, account_id, group_id, name, prefix, hash)`;
    await pool.query(
      `${columns} values ('key_dev', 'org_a', 'acc_dev', (select id from groups limit 1), 'k', 'p1', 'h1')`,
    );
    await pool.query(
      `${columns} values ('key_own', 'org_a', 'acc_owner', (select id from groups limit 1), 'k', 'p2', 'h2')`,
    );
    const [own, other] = [await call('org_a', { keyId: 'key_dev' }), await call('org_a', { keyId: 'key_own' })];
    await answer(await arrive('acc_dev', `${own} ${other}`));
    const text = (await letters())[0]?.text_body ?? '';
    expect(text).toContain(`Request ${own}`);
    expect(text).not.toContain(other);
    expect(text).toContain('nothing can be said here');
  });
});

describe('nothing is told', () => {
  /** Everything that a mail caused: the answer, and the statements that it took to come to it. */
  async function traced(arrival: Arrival): Promise<{ text: string | undefined; statements: readonly string[] }> {
    const statements: string[] = [];
    await pool.query('delete from outbox');
    await inTransaction(pool, async (client) => {
      const watched = new Proxy(client, {
        get(target, name, receiver) {
          if (name !== 'query') return Reflect.get(target, name, receiver);
          return (text: string, values: unknown[]) => {
            statements.push(text.replaceAll(/\s+/g, ' '));
            return target.query(text, values);
          };
        },
      });
      await answerMail(watched, arrival.mail, { ...arrival, opened: true }, options);
    });
    return { text: plain((await letters())[0]), statements };
  }

  test('“no such id”, “not yours” and “not verified” get the same words by the same statements', async () => {
    const [ours, theirs, none] = [await call('org_a'), await call('org_b'), newRequestId(agoMs(60_000))];
    const unknown = await traced(await arrive('acc_owner', `It fails: ${none}`));
    const foreign = await traced(await arrive('acc_owner', `It fails: ${theirs}`));
    await pool.query(`update accounts set email_verified = false where id = 'acc_eve'`);
    const unverified = await traced(await arrive('acc_eve', `It fails: ${theirs}`));
    const stranger = await traced(await arrive('nobody', `It fails: ${ours}`));
    expect(unknown.text).toContain('Facts about a call are told by mail only to the verified address');
    for (const each of [foreign, unverified, stranger]) {
      expect(each.text).toBe(unknown.text);
      expect(each.statements).toEqual(unknown.statements);
    }
  });

  test.each([
    ['unverified', 'acc_owner', { sender: unproven }, 0],
    ['forged', 'acc_owner', { sender: forged }, 0],
    ['automatic', 'acc_owner', { automatic: 'auto-reply' as const }, 0],
    ['a list', 'acc_owner', { automatic: 'list' as const }, 0],
    ['another Reply-To', 'acc_owner', { replyTo: 'eve@evil.test' }, 1],
    ['a stranger', 'nobody', {}, 1],
    ['of another organization', 'acc_eve', {}, 1],
  ])('to mail that is %s', async (_name, from, parts, count) => {
    const id = await call();
    const arrival = await arrive(from, `See ${id}`, parts);
    await answer(arrival);
    const sent = await letters();
    expect(sent).toHaveLength(count);
    for (const letter of sent) {
      expect(letter.recipient).toBe(arrival.mail.from.address);
      expect(letter.text_body).not.toMatch(/req_|rate_limited|429/);
    }
    const withheld = (await eventsOf(arrival)).find(({ kind }) => kind === 'facts_withheld');
    expect(withheld?.data).toMatchObject({ requests: [{ id }] });
  });

  test('to Cc: the answer goes to the writer alone', async () => {
    const cc = [{ address: 'eve@evil.test', name: '' }];
    await answer(await arrive('acc_owner', await call(), { cc }));
    const { rows } = await pool.query(`select recipient, headers->'cc' as cc from outbox where kind = 'ticket-answer'`);
    expect(rows).toEqual([{ recipient: 'acc_owner@customer.test', cc: [] }]);
  });

  test('to an account or member that was disabled', async () => {
    const id = await call();
    await pool.query(`update members set state = 'disabled' where account_id = 'acc_owner'`);
    await answer(await arrive('acc_owner', id));
    await pool.query(
      `update members set state = 'active'; update accounts set state = 'disabled' where id = 'acc_owner'`,
    );
    await answer(await arrive('acc_owner', id));
    for (const letter of await letters()) expect(letter.text_body).not.toContain(id);
    expect(await letters()).toHaveLength(2);
  });

  test('on somebody else’s ticket', async () => {
    const arrival = await arrive('acc_owner', 'It fails.');
    const id = await call('org_b');
    const from = { address: 'acc_eve@customer.test', name: 'Eve' };
    const mail = await mailTo(pool, { from, text: id, receivedAtMs: clock.now() });
    await answer({ ...arrival, mail }, false);
    expect(await letters()).toEqual([]);
    expect((await eventsOf(arrival)).at(-1)).toMatchObject({ data: { requests: [{ id, why: 'other_ticket' }] } });
  });
});

test('a report of a vulnerability is acknowledged for anyone whose mail passes, without facts', async () => {
  const id = await call();
  for (const from of ['acc_owner', 'nobody'])
    await answer(await arrive(from, `I found a hole, ${id}`, {}, { queue: 'vulnerability' }));
  const sent = await letters();
  expect(sent).toHaveLength(2);
  expect(plain(sent[0])).toBe(plain(sent[1]));
  expect(sent[0]?.text_body).toContain('within one business day');
  expect(sent[0]?.text_body).not.toContain(id);
});

test('spam, and what a rule wants unanswered, is not answered', async () => {
  await answer(await arrive('acc_owner', await call(), {}, { queue: 'spam' }));
  const dropped = await arrive('acc_owner', await call());
  await pool.query(
    `insert into ticket_events (ticket_number, kind, data) values ($1, 'routed', '{"drop_answer": true}')`,
    [dropped.ticketNumber],
  );
  await answer(dropped);
  expect(await letters()).toEqual([]);
});

test('one address is not answered without end', async () => {
  for (let count = 0; count < 5; count++) await answer(await arrive('acc_owner', await call()));
  expect(await letters()).toHaveLength(3);
});

test('a mail that names a call whose record is still on its way waits, whoever wrote it', async () => {
  options = { ...options, journalLagMs: async () => 30_000 };
  const fresh = newRequestId(agoMs(1_000));
  for (const from of ['acc_owner', 'nobody']) {
    const arrival = await arrive(from, fresh);
    await expect(answer(arrival)).rejects.toMatchObject({ code: 'records_behind' });
    clock.advance(61_000);
    options = { ...options, journalLagMs: async () => 1_000_000 };
    await answer(arrival);
    options = { ...options, journalLagMs: async () => 200_000 };
  }
  expect(await letters()).toHaveLength(2);
});

describe('a live key in a mail', () => {
  async function keyOf(accountId: string) {
    const { secret, prefix } = newKey('lodge');
    const id = `key_${randomBytes(6).toString('hex')}`;
    await pool.query(
      `insert into keys (id, organization_id, account_id, group_id, name, prefix, hash)
       values ($1, 'org_a', $2, (select id from groups limit 1), 'laptop', $3, $4)`,
      [id, accountId, prefix, secrets.hashKey(secret)],
    );
    return { id, secret, prefix };
  }

  test.each([
    ['disable', 'disabled', 'put out of use at once'],
    ['grace', 'enabled', 'goes out of use at'],
    ['tell', 'enabled', 'stays in use'],
  ])('by the rule %s', async (rule, state, words) => {
    await pool.query('update organizations set leaked_key_rule = $1', [rule]);
    const key = await keyOf('acc_dev');
    const ownKeys = await reported.recognise([key]);
    const findings = [{ kind: 'own_key', issuer: null, lastFour: key.secret.slice(-4), fingerprint: 'f'.repeat(16) }];
    const arrival = await arrive('nobody', 'My key is [own key …x].', { ownKeys, findings });
    await answer(arrival);
    await answer(arrival);
    const { rows } = await pool.query('select state from keys');
    expect(rows).toEqual([{ state }]);
    const mails = await pool.query(`select recipient, kind from outbox where kind <> 'ticket-answer'`);
    expect(mails.rows).toEqual([{ recipient: 'acc_dev@customer.test', kind: 'key-reported' }]);
    const notes = (await readMessages(pool, arrival.ticketNumber)).filter(({ kind }) => kind === 'note');
    expect(notes).toHaveLength(1);
    expect(notes[0]?.body).toContain(`${key.prefix}…${key.secret.slice(-4)}`);
    expect(notes[0]?.body).toContain(words);
    const audit = await pool.query(
      `select after->>'ticket' as ticket from audit_log where action = 'key.reported' and subject_id = $1`,
      [key.id],
    );
    expect(audit.rows).toEqual([{ ticket: `T-${arrival.ticketNumber}` }]);
    const [letter] = await letters();
    expect(letter?.text_body).toContain('looks like a key or a password');
    expect(letter?.text_body).not.toMatch(/sk-lodge|out of use at once|stays in use|owner/);
    const rest = key.secret.slice(key.prefix.length);
    for (const table of [
      'outbox',
      'ticket_messages',
      'ticket_events',
      'ticket_facts',
      'audit_log',
      'notifications',
      'leaked_keys',
    ]) {
      const found = await pool.query(`select 1 from ${table} t where t::text like $1`, [`%${rest}%`]);
      expect(found.rowCount, table).toBe(0);
    }
  });

  test('that is dead, or nobody’s, is answered with the same words', async () => {
    const key = await keyOf('acc_dev');
    const fingerprint = 'f'.repeat(16);
    const findings = [{ kind: 'own_key', issuer: null, lastFour: 'abcd', fingerprint }];
    const texts = [];
    for (const ownKeys of [
      await reported.recognise([key]),
      await reported.recognise([key]),
      [{ prefix: 'sk-lodge-00000000', keyId: null, live: false }],
    ]) {
      await pool.query('delete from outbox');
      await answer(await arrive('nobody', 'My key is [own key …abcd].', { ownKeys, findings }));
      texts.push(plain((await letters())[0]));
    }
    expect(new Set(texts).size).toBe(1);
  });
});
