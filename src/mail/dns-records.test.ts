import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { loadSecrets } from '../secrets/index.ts';
import { type DnsRecord, judgeRecord, namesOf, recordsOf } from './dns-records.ts';
import { createDomainKeys } from './domain-keys.ts';
import { createMailDomains } from './domains.ts';
import { testSecrets } from './testing.ts';

const key = { domain: 'desk.test', selector: 's1', privateKey: '', publicKey: 'MIIB' };
const record = (purpose: DnsRecord['purpose']): DnsRecord => {
  const found = recordsOf(key, 'smtp.relay.test').find((one) => one.purpose === purpose);
  if (found === undefined) throw new Error(`no ${purpose}`);
  return found;
};

test('what to publish', () => {
  expect(recordsOf(key, 'smtp.relay.test')).toEqual([
    { purpose: 'dkim', name: 's1._domainkey.desk.test', value: 'v=DKIM1; k=rsa; p=MIIB' },
    { purpose: 'spf', name: 'desk.test', value: 'v=spf1 a:smtp.relay.test mx ~all' },
    { purpose: 'dmarc', name: '_dmarc.desk.test', value: 'v=DMARC1; p=none' },
  ]);
  for (const host of [null, 'localhost', '127.0.0.1', '::1'])
    expect(recordsOf(key, host)[1]?.value).toBe('v=spf1 a mx ~all');
});

test.each<[DnsRecord['purpose'], string[], string]>([
  ['dkim', ['v=DKIM1; k=rsa; p=MIIB'], 'right'],
  ['dkim', [' k=rsa;p = MI IB '], 'right'],
  ['dkim', ['v=DKIM1; p=OTHER'], 'different'],
  ['dkim', ['v=DKIM1; p='], 'different'],
  ['dkim', ['v=DKIM1; p=MIIB', 'v=DKIM1; p=OLD'], 'several'],
  ['dkim', ['something else'], 'missing'],
  ['spf', ['v=spf1 include:_spf.provider.test -all', 'site-verification=1'], 'right'],
  ['spf', ['v=spf1 -all'], 'different'],
  ['spf', ['v=spf1 a +all'], 'different'],
  ['spf', ['v=spf1 a ~all', 'v=spf1 mx ~all'], 'several'],
  ['spf', ['v=spf10 a'], 'missing'],
  ['dmarc', ['v=DMARC1; p=reject; rua=mailto:a@desk.test'], 'right'],
  ['dmarc', ['v=DMARC1; p=maybe'], 'different'],
  ['dmarc', [], 'missing'],
])('%s that says %j is %s', (purpose, texts, state) => {
  expect(judgeRecord(record(purpose), texts).state).toBe(state);
});

test('what stands there is repeated in part only', () => {
  const { found } = judgeRecord(
    record('spf'),
    Array.from({ length: 50 }, () => `v=spf1 ${'a'.repeat(2_000)}`),
  );
  expect(found).toHaveLength(5);
  expect(found[0]).toHaveLength(600);
});

test('a policy of a domain above counts', () => {
  const deep = { ...record('dmarc'), name: '_dmarc.mail.eu.desk.test' };
  expect(namesOf(deep)).toEqual(['_dmarc.mail.eu.desk.test', '_dmarc.eu.desk.test', '_dmarc.desk.test']);
  expect(namesOf({ ...deep, name: '_dmarc.localhost' })).toEqual(['_dmarc.localhost']);
});

describe('asked of DNS', () => {
  let site: TestDatabase;
  beforeAll(async () => {
    site = await createTestDatabase();
    await site.database.pool.query(
      `insert into mailboxes (id, address, name) values ('m', 'help@mail.desk.test', 'M')`,
    );
  });
  afterAll(() => site.drop());

  test('one key for all nodes, and each record is judged', async () => {
    const { pool } = site.database;
    const zone = new Map<string, string[][]>();
    let away = false;
    const resolveTxt = async (name: string): Promise<string[][]> => {
      const found = zone.get(name);
      if (found !== undefined && !away) return found;
      throw Object.assign(new Error(name), { code: away ? 'ETIMEOUT' : 'ENOTFOUND' });
    };
    const nodes = Array.from({ length: 3 }, () =>
      createMailDomains({
        pool,
        keys: createDomainKeys(pool, testSecrets),
        from: () => 'a@Desk.test',
        relayHost: 'r.test',
        resolveTxt,
      }),
    );
    const lists = await Promise.all(nodes.map((node) => node.list()));
    const [list] = lists;
    for (const other of lists) expect(other).toEqual(list);
    expect(list?.map(({ domain }) => domain)).toEqual(['desk.test', 'mail.desk.test']);
    const states = async () =>
      (await nodes[0]?.check('mail.desk.test'))?.map(({ purpose, state }) => `${purpose} ${state}`);
    expect(await states()).toEqual(['dkim missing', 'spf missing', 'dmarc missing']);
    for (const { name, value } of list?.[1]?.records ?? []) zone.set(name, [value.match(/.{1,255}/g) ?? []]);
    zone.delete('_dmarc.mail.desk.test');
    zone.set('_dmarc.desk.test', [['v=DMARC1; p=reject']]);
    expect(await states()).toEqual(['dkim right', 'spf right', 'dmarc right']);
    away = true;
    expect(await states()).toEqual(['dkim unanswered', 'spf unanswered', 'dmarc unanswered']);
    expect(await nodes[0]?.check('elsewhere.test')).toBeNull();
  });

  test('a key is kept sealed, and opens for its own domain alone', async () => {
    const { pool } = site.database;
    const secrets = await loadSecrets({ secret: 'a'.repeat(32), adminToken: 'b'.repeat(32), dataDir: '/nowhere' });
    const made = await createDomainKeys(pool, secrets).keyFor('sealed.test');
    const { rows } = await pool.query(`select private_key from mail_domains where domain = 'sealed.test'`);
    expect(String(rows[0]?.private_key)).not.toContain('PRIVATE KEY');
    expect(createPublicKey(made.privateKey).export({ type: 'spki', format: 'der' }).toString('base64')).toBe(
      made.publicKey,
    );
    expect(createPublicKey(made.privateKey).asymmetricKeyDetails?.modulusLength).toBe(2_048);
    expect(await createDomainKeys(pool, secrets).keyFor('sealed.test')).toEqual(made);
    await pool.query(`update mail_domains set domain = 'moved.test' where domain = 'sealed.test'`);
    await expect(createDomainKeys(pool, secrets).keyFor('moved.test')).rejects.toMatchObject({
      code: 'sealed_unreadable',
    });
  });
});
