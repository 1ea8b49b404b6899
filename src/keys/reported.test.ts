import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemActor } from '../base/actor.ts';
import { ManualClock } from '../base/clock.ts';
import { inTransaction } from '../db/index.ts';
import { gateOf, owning, startControlServer } from '../http/testing.ts';
import { notify } from '../notices/index.ts';
import { createReportedKeys, type ReportedKeys } from './reported.ts';
import { decideReport, type ReportedKeyFacts } from './reported-rule.ts';
import { keyReportRoutes } from './routes.ts';
import { keysOf } from './scope.ts';
import type { KeyReportedMail } from './tell.ts';
import { addMember, addOrganization, createKeyTestSite, type KeyTestSite } from './testing.ts';

const nowMs = Date.UTC(2026, 10, 21, 12);
const hourMs = 3_600_000;

let site: KeyTestSite;
let clock: ManualClock;
let reported: ReportedKeys;
let changes: string[];
let mails: KeyReportedMail[];

beforeAll(async () => {
  site = await createKeyTestSite();
  await addOrganization(site, 'org_a');
  for (const account of ['acc_owner', 'acc_dev']) await addMember(site, 'org_a', account);
  await sql(`update members set roles = '{owner}' where account_id = 'acc_owner'`);
  await sql(`update accounts set email_verified = true`);
});
afterAll(() => site.drop());

beforeEach(async () => {
  await sql('truncate keys, leaked_keys, notifications cascade');
  await sql(`update organizations set leaked_key_rule = 'disable', leaked_key_grace_minutes = 60`);
  clock = new ManualClock(nowMs);
  changes = [];
  mails = [];
  const telling = {
    queueMail: async (_client: unknown, mail: { readonly kind: string }) => {
      if (mail.kind === 'key-reported') mails.push(mail as KeyReportedMail);
    },
    notify,
    url: () => 'https://lodge.example',
  };
  const { pool } = site.database;
  reported = createReportedKeys({
    pool,
    hashKey: site.secrets.hashKey,
    site: 'lodge',
    clock,
    telling,
    onChange: (keyId) => changes.push(keyId),
  });
});

const sql = (text: string, values: unknown[] = []) => site.database.pool.query(text, values);

async function newKey(accountId: string | null = 'acc_dev') {
  const input = { name: 'laptop', groupId: 'acme-standard', accountId };
  const { key, secret } = await site.store.create('org_a', keysOf('org_a'), input, systemActor);
  return { id: key.id, prefix: key.prefix, secret };
}

const book = (keyId: string) =>
  inTransaction(site.database.pool, (client) =>
    reported.book(client, { keyId, source: 'mail', ticketNumber: 1001n, actor: systemActor }),
  );

async function stateOf(id: string): Promise<string> {
  const { rows } = await sql('select state from keys where id = $1', [id]);
  return rows[0]?.state;
}

const actionsOf = async (id: string): Promise<string[]> => {
  const { rows } = await sql('select action from audit_log where subject_id = $1 order by at, id', [id]);
  return rows.map(({ action }) => action).sort();
};

describe('what a report leads to', () => {
  const base: ReportedKeyFacts = { live: true, setting: { rule: 'disable', graceMinutes: 30 }, earlier: null, nowMs };
  const rule = (name: 'disable' | 'grace' | 'tell') => ({ ...base, setting: { rule: name, graceMinutes: 30 } });
  const ago = { reportedAtMs: nowMs - hourMs, disableAtMs: null, disabledAtMs: null };

  test.each([
    ['at once', base, { act: 'disable' }],
    ['later', rule('grace'), { act: 'disable_later', atMs: nowMs + 30 * 60_000 }],
    ['told only', rule('tell'), { act: 'tell' }],
    ['out of use already', { ...base, live: false }, { act: 'nothing', why: 'not_live' }],
    ['told an hour ago', { ...rule('tell'), earlier: ago }, { act: 'nothing', why: 'known' }],
    ['told two days ago', { ...rule('tell'), earlier: { ...ago, reportedAtMs: nowMs - 48 * hourMs } }, { act: 'tell' }],
    [
      'in its time of grace',
      { ...rule('grace'), earlier: { ...ago, disableAtMs: nowMs + 1 } },
      { act: 'nothing', why: 'known' },
    ],
    [
      'in grace, and the rule is stricter now',
      { ...base, earlier: { ...ago, disableAtMs: nowMs + 1 } },
      { act: 'disable' },
    ],
    ['enabled again by its owner', { ...rule('tell'), earlier: { ...ago, disabledAtMs: nowMs - 1 } }, { act: 'tell' }],
  ] as const)('%s', (_name, facts, verdict) => {
    expect(decideReport(facts)).toEqual(verdict);
  });
});

test('a live key goes out of use at once, its holder is told in the console and by mail, and the same report again does nothing', async () => {
  const key = await newKey();
  expect(await book(key.id)).toMatchObject({ prefix: key.prefix, organizationId: 'org_a', did: 'disable' });
  expect(await stateOf(key.id)).toBe('disabled');
  expect(mails).toMatchObject([
    { to: 'acc_dev@example.test', facts: { prefix: key.prefix, seen: 'mail', done: 'disabled', disableAtMs: null } },
  ]);
  expect(await book(key.id)).toMatchObject({ did: 'nothing' });
  expect(mails).toHaveLength(1);
  expect((await sql('select account_id, kind from notifications')).rows).toEqual([
    { account_id: 'acc_dev', kind: 'key-reported' },
  ]);
  expect(await actionsOf(key.id)).toEqual(['key.created', 'key.disabled', 'key.reported']);
  expect((await sql('select disabled_at, ticket_number from leaked_keys')).rows).toEqual([
    { disabled_at: new Date(nowMs), ticket_number: 1001n },
  ]);
});

test('a key of nobody is told of to the owners, and an address that is not proven gets no mail', async () => {
  await sql(`update accounts set email_verified = false where id = 'acc_owner'`);
  const key = await newKey(null);
  await book(key.id);
  expect(mails).toEqual([]);
  expect((await sql('select account_id from notifications')).rows).toEqual([{ account_id: 'acc_owner' }]);
  await sql(`update accounts set email_verified = true`);
});

test('with grace, the key goes out of use when the time has come, once, whoever looks', async () => {
  await sql(`update organizations set leaked_key_rule = 'grace', leaked_key_grace_minutes = 10`);
  const [key, gone] = [await newKey(), await newKey()];
  expect(await book(key.id)).toMatchObject({ did: 'disable_later', disableAtMs: nowMs + 600_000 });
  await book(gone.id);
  await sql(`update keys set state = 'deleted' where id = $1`, [gone.id]);
  expect(mails[0]?.facts).toMatchObject({ done: 'later', disableAtMs: nowMs + 600_000 });
  clock.advance(599_999);
  expect(await reported.disableDue()).toEqual([]);
  clock.advance(1);
  const done = await Promise.all([reported.disableDue(), reported.disableDue()]);
  expect(done.flat()).toEqual([key.id]);
  expect(await stateOf(key.id)).toBe('disabled');
  expect(await stateOf(gone.id)).toBe('deleted');
  expect(changes).toEqual([key.id]);
  expect(await reported.disableDue()).toEqual([]);
  expect((await sql('select count(*)::int as open from leaked_keys where disabled_at is null')).rows).toEqual([
    { open: 0 },
  ]);
});

test('by the rule that only tells, the key stays in use', async () => {
  await sql(`update organizations set leaked_key_rule = 'tell'`);
  const key = await newKey();
  expect(await book(key.id)).toMatchObject({ did: 'tell', disableAtMs: null });
  expect(await stateOf(key.id)).toBe('enabled');
  expect(mails[0]?.facts.done).toBe('nothing');
  clock.advance(1_000);
  expect(await reported.disableDue()).toEqual([]);
});

test('a key is recognised by the whole of it only', async () => {
  const [key, other] = [await newKey(), await newKey()];
  await site.store.disable(keysOf('org_a'), other.id, systemActor);
  const stranger = `${key.secret.slice(0, 17)}${'0'.repeat(38)}`;
  const found = [key, other, { prefix: key.prefix, secret: stranger }, { prefix: 'sk-lodge-00000000', secret: '0000' }];
  expect(await reported.recognise(found)).toEqual([
    { prefix: key.prefix, keyId: key.id, live: true, lastFour: key.secret.slice(-4) },
    { prefix: other.prefix, keyId: other.id, live: false, lastFour: other.secret.slice(-4) },
    { prefix: key.prefix, keyId: null, live: false, lastFour: '0000' },
    { prefix: 'sk-lodge-00000000', keyId: null, live: false, lastFour: '0000' },
  ]);
});

describe('over HTTP', () => {
  const partnerSecret = 'a-secret-that-is-shared-with-a-partner';
  const serve = (secret: string | null = partnerSecret) =>
    startControlServer(keyReportRoutes({ pool: site.database.pool, clock, reported, partnerSecret: secret }), {
      gate: gateOf({ acc_owner: { in: { org_a: owning } } }),
    });

  test('whoever reports a key learns nothing, and the key goes out of use', async () => {
    const server = await serve();
    const [live, dead] = [await newKey(), await newKey()];
    await site.store.disable(keysOf('org_a'), dead.id, systemActor);
    const texts = [`here: ${live.secret}.`, dead.secret, dead.secret.replace(/.$/, '0'), 'nothing at all'];
    const answers = [];
    for (const text of texts) {
      const response = await server.call('POST', '/control/v1/report-key', { body: { text } });
      answers.push({ status: response.status, text: await response.text() });
    }
    server.close();
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toEqual({ status: 202, text: '{"received":true}' });
    expect(await stateOf(live.id)).toBe('disabled');
    expect(changes).toEqual([live.id]);
  });

  test('one address reports as often as a person would', async () => {
    const server = await serve();
    const call = () => server.call('POST', '/control/v1/report-key', { body: { text: 'x' } });
    for (let count = 0; count < 20; count++) expect((await call()).status).toBe(202);
    const refused = await call();
    server.close();
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'key_report_throttled' });
  });

  test('a partner signs the bytes that it sends', async () => {
    const server = await serve();
    const key = await newKey();
    const body = [{ token: key.secret, type: 'lodge_key', url: 'https://code.example/x', source: 'content' }];
    const sign = (secret: string, atMs: number, text = JSON.stringify(body)) => {
      const t = Math.floor(atMs / 1000);
      return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${text}`).digest('hex')}`;
    };
    const send = async (signature: string) => {
      const headers = { 'content-type': 'application/json', 'lodge-signature': signature };
      return fetch(`${server.url}/control/v1/key-reports`, { method: 'POST', headers, body: JSON.stringify(body) });
    };
    const wrong = [
      '',
      't=1',
      sign('another secret', nowMs),
      sign(partnerSecret, nowMs - 301_000),
      sign(partnerSecret, nowMs + 301_000),
      sign(partnerSecret, nowMs, `${JSON.stringify(body)} `),
    ];
    for (const signature of wrong) expect((await send(signature)).status).toBe(401);
    expect(await stateOf(key.id)).toBe('enabled');
    const right = await send(
      `${sign('the old secret', nowMs).replace('v1', 'v1')},${sign(partnerSecret, nowMs).split(',')[1]}`,
    );
    expect({ status: right.status, text: await right.text() }).toEqual({ status: 202, text: '{"received":true}' });
    expect(await stateOf(key.id)).toBe('disabled');
    expect(mails[0]?.facts.seen).toBe('partner');
    server.close();
    const closed = await serve(null);
    const unsigned = await closed.call('POST', '/control/v1/key-reports', { body });
    closed.close();
    expect(unsigned.status).toBe(404);
  });

  test('the rule is read and changed, and the change stands in the audit log', async () => {
    const server = await serve();
    const path = '/control/v1/organizations/org_a/leaked-key-rule';
    expect(await (await server.call('GET', path, { as: 'acc_owner' })).json()).toEqual({
      rule: 'disable',
      grace_minutes: 60,
    });
    const wanted = { rule: 'grace', grace_minutes: 15 };
    expect(await (await server.call('PUT', path, { as: 'acc_owner', body: wanted })).json()).toEqual(wanted);
    expect(await (await server.call('GET', path, { as: 'acc_owner' })).json()).toEqual(wanted);
    expect((await server.call('PUT', path, { as: 'acc_owner', body: { ...wanted, grace_minutes: 0 } })).status).toBe(
      400,
    );
    expect((await server.call('PUT', path, { as: 'acc_dev', body: wanted })).status).not.toBe(200);
    server.close();
    const { rows } = await sql(`select before, after from audit_log where action = 'organization.changed'`);
    expect(rows).toEqual([
      {
        before: { leaked_key_rule: 'disable', leaked_key_grace_minutes: 60 },
        after: { leaked_key_rule: 'grace', leaked_key_grace_minutes: 15 },
      },
    ]);
  });
});

test('no secret stands in any row', async () => {
  const key = await newKey();
  await reported.reportFound([key.secret], { source: 'form', actor: systemActor });
  const tables = await sql(`select tablename from pg_tables where schemaname = 'public'`);
  for (const { tablename } of tables.rows) {
    const { rows } = await sql(`select count(*)::int as found from "${tablename}" t where t::text like $1`, [
      `%${key.secret.slice(key.prefix.length)}%`,
    ]);
    expect(rows, tablename).toEqual([{ found: 0 }]);
  }
});
