import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { attachDatabase } from '../../src/db/index.ts';
import { type Program, workplace } from '../site/program.ts';
import { at, textAt } from './api.ts';
import { goodPassword, register, type Signed, tokenMailed } from './people.ts';

/**
 * What opens an account, an organization or a key is shown to its owner once, and is nowhere in the database or the log:
 * who reads a backup can be nobody else.
 */
const work = workplace();
const secrets = new Map<string, string>();
let site: Program;
let ann: Signed;

beforeAll(async () => {
  site = await work.start({ settings: { LODGE_LOG: 'debug' } });
  ann = await register(site, 'ann@example.test');
  const { api, organizationId } = ann;
  const note = (secret: string, what: string) => secrets.set(secret, what);
  note(goodPassword, 'a password');
  for (const [name, value] of api.cookies) note(decodeURIComponent(value).split('.')[0] ?? value, `the cookie ${name}`);
  const token = { name: 't', permissions: ['usage.read'], password: goodPassword };
  note(textAt(await api.post('/control/v1/account/tokens', token), 'secret'), 'an access token');
  const keys = `/control/v1/organizations/${organizationId}/keys`;
  const headers = { 'idempotency-key': randomBytes(8).toString('hex') };
  const made = await api.call('POST', keys, { body: { name: 'k', group: 'openai-standard' }, headers });
  note(textAt(made.body, 'secret'), 'a key');
  const leaked = await api.post(`${keys}/${textAt(made.body, 'key', 'id')}/leaked`, { successor: true });
  note(textAt(leaked, 'successor', 'secret'), 'the successor of a key');
  await api.post(`${keys}/recognise`, { text: `somewhere: ${textAt(made.body, 'secret')}` });
  const second = await api.post('/control/v1/account/two-factor', { password: goodPassword });
  note(textAt(second, 'secret'), 'the secret of one-time codes');
  for (const code of at(second, 'recovery_codes') as string[]) note(code, 'a recovery code');
}, 90_000);

/** Every row of every table, as text. Bytes are looked through as they are. */
async function everything(): Promise<Map<string, string>> {
  const database = await attachDatabase({ databaseUrl: null, dataDir: site.dataDir, log: silentLog });
  const texts = new Map<string, string>();
  try {
    const { rows: tables } = await database.pool.query<{ name: string }>(
      `select c.relname as name from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
    );
    for (const { name } of tables) {
      const { rows } = await database.pool.query<{ row: string }>(`select t::text as row from "${name}" t`);
      texts.set(name, rows.map(({ row }) => row).join('\n'));
    }
  } finally {
    await database.close();
  }
  return texts;
}

test('no table holds a secret as it was shown, nor as hexadecimal', async () => {
  const tables = await everything();
  expect(tables.size).toBeGreaterThan(30);
  expect(tables.get('accounts')).toContain('ann@example.test');
  const found: string[] = [];
  for (const [secret, what] of secrets) {
    const forms = [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64url')];
    for (const [table, text] of tables)
      if (forms.some((form) => text.includes(form))) found.push(`${what} in ${table}`);
  }
  expect(found).toEqual([]);
});

test('a link that was mailed is in the mail alone, and no longer works once it was used', async () => {
  const token = await tokenMailed(ann.api, ann.email, 'verify-email');
  const tables = await everything();
  const holding = [...tables].filter(([, text]) => text.includes(token)).map(([table]) => table);
  expect(holding).toEqual(['outbox']);
  const again = await ann.api.call('POST', '/control/v1/verify-email', { body: { token } });
  expect(again.status).toBe(400);
});

test('the log holds none of them', async () => {
  const log = site.stdout() + site.stderr();
  expect(site.stderr()).toContain('control call');
  // The banner shows demo keys and the operator's first password; neither is among these.
  expect([...secrets].filter(([secret]) => log.includes(secret)).map(([, what]) => what)).toEqual([]);
});
