import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newKey } from '../../base/key-format.ts';
import { newRequestId } from '../../base/request-id.ts';
import { readMessages } from '../store/index.ts';
import { plain, type Scene, setScene } from './testing/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene.drop());
beforeEach(() => scene.reset());

describe('a live key in a mail', () => {
  async function keyOf(accountId: string) {
    const { secret, prefix } = newKey('lodge');
    const id = `key_${randomBytes(6).toString('hex')}`;
    await scene.pool.query(
      `insert into keys (id, organization_id, account_id, group_id, name, prefix, hash)
       values ($1, 'org_a', $2, (select id from groups limit 1), 'laptop', $3, $4)`,
      [id, accountId, prefix, scene.secrets.hashKey(secret)],
    );
    return { id, secret, prefix };
  }

  test.each([
    ['disable', 'disabled', 'put out of use at once'],
    ['grace', 'enabled', 'goes out of use at'],
    ['tell', 'enabled', 'stays in use'],
  ])('by the rule %s', async (rule, state, words) => {
    await scene.pool.query('update organizations set leaked_key_rule = $1', [rule]);
    const key = await keyOf('acc_dev');
    const ownKeys = await scene.reported.recognise([key]);
    const findings = [{ kind: 'own_key', issuer: null, lastFour: key.secret.slice(-4), fingerprint: 'f'.repeat(16) }];
    const arrival = await scene.arrive('nobody', 'My key is [own key …x].', { ownKeys, findings });
    await scene.answer(arrival);
    await scene.answer(arrival);
    const { rows } = await scene.pool.query('select state from keys');
    expect(rows).toEqual([{ state }]);
    const mails = await scene.pool.query(`select recipient, kind from outbox where kind <> 'ticket-answer'`);
    expect(mails.rows).toEqual([{ recipient: 'acc_dev@customer.test', kind: 'key-reported' }]);
    const notes = (await readMessages(scene.pool, arrival.ticketNumber)).filter(({ kind }) => kind === 'note');
    expect(notes).toHaveLength(1);
    expect(notes[0]?.body).toContain(`${key.prefix}…${key.secret.slice(-4)}`);
    expect(notes[0]?.body).toContain(words);
    const audit = await scene.pool.query(
      `select after->>'ticket' as ticket from audit_log where action = 'key.reported' and subject_id = $1`,
      [key.id],
    );
    expect(audit.rows).toEqual([{ ticket: `T-${arrival.ticketNumber}` }]);
    const [letter] = await scene.letters();
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
      const found = await scene.pool.query(`select 1 from ${table} t where t::text like $1`, [`%${rest}%`]);
      expect(found.rowCount, table).toBe(0);
    }
  });

  test('goes out of use although the answer has to wait', async () => {
    const key = await keyOf('acc_dev');
    const ownKeys = await scene.reported.recognise([key]);
    scene.options = { ...scene.options, settleMs: 60_000 };
    const arrival = await scene.arrive('nobody', newRequestId(scene.agoMs(1_000)), { ownKeys });
    await expect(scene.answer(arrival)).rejects.toThrow('may not be on record yet');
    expect((await scene.pool.query('select state from keys')).rows).toEqual([{ state: 'disabled' }]);
  });

  test('that is dead, or nobody’s, is answered with the same words', async () => {
    const key = await keyOf('acc_dev');
    const fingerprint = 'f'.repeat(16);
    const findings = [{ kind: 'own_key', issuer: null, lastFour: 'abcd', fingerprint }];
    const texts = [];
    for (const ownKeys of [
      await scene.reported.recognise([key]),
      await scene.reported.recognise([key]),
      [{ prefix: 'sk-lodge-00000000', keyId: null, live: false }],
    ]) {
      await scene.pool.query('delete from outbox');
      await scene.answer(await scene.arrive('nobody', 'My key is [own key …abcd].', { ownKeys, findings }));
      texts.push(plain((await scene.letters())[0]));
    }
    expect(new Set(texts).size).toBe(1);
  });
});
