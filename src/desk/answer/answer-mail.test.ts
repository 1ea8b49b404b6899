import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newRequestId } from '../../base/request-id.ts';
import { inTransaction } from '../../db/index.ts';
import { LaterError } from '../../mailroom/index.ts';
import { readFacts, readMessages } from '../store/index.ts';
import { forged, mailTo, unproven } from '../testing.ts';
import { answerMail } from './answer-mail.ts';
import { type Arrival, plain, type Scene, setScene } from './testing/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene.drop());
beforeEach(() => scene.reset());

describe('a verified owner', () => {
  test('is told what happened to the call, on the thread, and the facts stand on the ticket', async () => {
    const id = await scene.call();
    const arrival = await scene.arrive('acc_owner', `It says 429, see ${id.toLowerCase()}. codex 1.2.3`);
    await scene.answer(arrival);
    const [letter, ...others] = await scene.letters();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ recipient: 'acc_owner@customer.test', headers: { autoSubmitted: 'auto-replied' } });
    expect(letter?.subject).toContain(`[T-${arrival.ticketNumber}]`);
    expect(letter?.headers.references).toEqual([arrival.mail.messageId]);
    expect(letter?.text_body).toContain(`Request ${id}`);
    expect(letter?.text_body).toContain('The key had used up its requests of the minute.');
    expect(letter?.text_body).toContain(`https://lodge.example/console/requests/${id}`);
    expect(letter?.text_body).not.toMatch(/it fails|Somebody|It says/i);
    const facts = await readFacts(scene.pool, arrival.ticketNumber);
    expect(facts.map(({ kind, value }) => [kind, value])).toEqual(
      expect.arrayContaining([
        ['request', id],
        ['status', '429'],
        ['tool', 'codex'],
      ]),
    );
    const messages = await readMessages(scene.pool, arrival.ticketNumber);
    expect(messages.at(-1)).toMatchObject({ kind: 'automatic', body: letter?.text_body.trim() ?? '' });
    const { rows } = await scene.pool.query('select first_replied_at, state from tickets');
    expect(rows).toEqual([{ first_replied_at: null, state: 'open' }]);
    expect((await scene.eventsOf(arrival)).map(({ kind }) => kind)).toEqual([
      'facts_read',
      'automatic_answer',
      'facts_told',
    ]);
  });

  test('is told in Chinese on a Chinese ticket', async () => {
    const id = await scene.call();
    await scene.answer(await scene.arrive('acc_owner', `请求失败 ${id}`, {}, { locale: 'zh' }));
    expect((await scene.letters())[0]?.text_body).toContain('密钥这一分钟的请求次数已用完');
  });

  test('doing it again does nothing', async () => {
    const arrival = await scene.arrive('acc_owner', await scene.call());
    await scene.answer(arrival);
    const before = await scene.eventsOf(arrival);
    await scene.answer(arrival);
    expect(await scene.letters()).toHaveLength(1);
    expect(await scene.eventsOf(arrival)).toEqual(before);
    expect(await readMessages(scene.pool, arrival.ticketNumber)).toHaveLength(2);
  });

  test('is told of several calls, of those that are older than the records, and of mistyped ids', async () => {
    const ids = [
      await scene.call(),
      await scene.call(),
      newRequestId(scene.agoMs(100 * 86_400_000)),
      newRequestId(scene.agoMs(1_000_000)),
    ];
    const mistyped = `${ids[0]?.slice(0, -1)}${ids[0]?.endsWith('0') ? '1' : '0'}`;
    await scene.answer(await scene.arrive('acc_owner', [...ids, mistyped].join('\n')));
    const text = (await scene.letters())[0]?.text_body ?? '';
    for (const id of ids.slice(0, 2)) expect(text).toContain(`Request ${id}`);
    expect(text).toContain('One request id is older than 90 days.');
    expect(text).toContain('About one other request id in your mail nothing can be said here.');
    expect(text).toContain('One request id is mistyped');
    for (const id of [...ids.slice(2), mistyped]) expect(text).not.toContain(id);
  });

  test('is told of a call whose id stands in what they forward', async () => {
    const id = await scene.call();
    await scene.answer(await scene.arrive('acc_owner', 'See below.', { quoted: `> The tool printed ${id}` }));
    expect((await scene.letters())[0]?.text_body).toContain(`Request ${id}`);
  });

  test('without an id is asked for what is missing, once', async () => {
    const arrival = await scene.arrive('acc_owner', 'It does not work any more. Please help.');
    await scene.answer(arrival);
    expect((await scene.letters())[0]?.text_body).toContain('the X-Request-Id of a failing call');
    const again = {
      ...arrival,
      mail: await mailTo(scene.pool, {
        ...arrival.mail,
        id: 'in_2',
        text: 'Still broken!',
        messageId: '<2@customer.test>',
      }),
    };
    await scene.answer(again, false);
    expect(await scene.letters()).toHaveLength(1);
    const id = await scene.call();
    const third = {
      ...arrival,
      mail: await mailTo(scene.pool, {
        ...arrival.mail,
        id: 'in_3',
        text: `Here: ${id}`,
        messageId: '<3@customer.test>',
      }),
    };
    await scene.answer(third, false);
    expect(await scene.letters()).toHaveLength(2);
    expect((await scene.letters())[1]?.text_body).toContain(`Request ${id}`);
    const fourth = {
      ...arrival,
      mail: await mailTo(scene.pool, {
        ...arrival.mail,
        id: 'in_4',
        text: `Again: ${id}`,
        messageId: '<4@customer.test>',
      }),
    };
    await scene.answer(fourth, false);
    expect(await scene.letters()).toHaveLength(2);
  });

  test('without the right to see all requests is told of their own only', async () => {
    const columns = `insert into keys (id, organization_id, account_id, group_id, name, prefix, hash)`;
    await scene.pool.query(
      `${columns} values ('key_dev', 'org_a', 'acc_dev', (select id from groups limit 1), 'k', 'p1', 'h1')`,
    );
    await scene.pool.query(
      `${columns} values ('key_own', 'org_a', 'acc_owner', (select id from groups limit 1), 'k', 'p2', 'h2')`,
    );
    const [own, other] = [
      await scene.call('org_a', { keyId: 'key_dev' }),
      await scene.call('org_a', { keyId: 'key_own' }),
    ];
    await scene.answer(await scene.arrive('acc_dev', `${own} ${other}`));
    const text = (await scene.letters())[0]?.text_body ?? '';
    expect(text).toContain(`Request ${own}`);
    expect(text).not.toContain(other);
    expect(text).toContain('nothing can be said here');
  });
});

describe('nothing is told', () => {
  /** Everything that a mail caused: the answer, and the statements that it took to come to it. */
  async function traced(arrival: Arrival): Promise<{ text: string | undefined; statements: readonly string[] }> {
    const statements: string[] = [];
    await scene.pool.query('delete from outbox');
    await inTransaction(scene.pool, async (client) => {
      const watched = new Proxy(client, {
        get(target, name, receiver) {
          if (name !== 'query') return Reflect.get(target, name, receiver);
          return (text: string, values: unknown[]) => {
            statements.push(text.replaceAll(/\s+/g, ' '));
            return target.query(text, values);
          };
        },
      });
      await answerMail(watched, arrival.mail, { ...arrival, opened: true }, scene.options);
    });
    return { text: plain((await scene.letters())[0]), statements };
  }

  test('“no such id”, “not yours” and “not verified” get the same words by the same statements', async () => {
    const [ours, theirs, none] = [
      await scene.call('org_a'),
      await scene.call('org_b'),
      newRequestId(scene.agoMs(60_000)),
    ];
    const unknown = await traced(await scene.arrive('acc_owner', `It fails: ${none}`));
    const foreign = await traced(await scene.arrive('acc_owner', `It fails: ${theirs}`));
    await scene.pool.query(`update accounts set email_verified = false where id = 'acc_eve'`);
    const unverified = await traced(await scene.arrive('acc_eve', `It fails: ${theirs}`));
    const stranger = await traced(await scene.arrive('nobody', `It fails: ${ours}`));
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
    const id = await scene.call();
    const arrival = await scene.arrive(from, `See ${id}`, parts);
    await scene.answer(arrival);
    const sent = await scene.letters();
    expect(sent).toHaveLength(count);
    for (const letter of sent) {
      expect(letter.recipient).toBe(arrival.mail.from.address);
      expect(letter.text_body).not.toMatch(/req_|rate_limited|429/);
    }
    const withheld = (await scene.eventsOf(arrival)).find(({ kind }) => kind === 'facts_withheld');
    expect(withheld?.data).toMatchObject({ requests: [{ id }] });
  });

  test('to Cc: the answer goes to the writer alone', async () => {
    const cc = [{ address: 'eve@evil.test', name: '' }];
    await scene.answer(await scene.arrive('acc_owner', await scene.call(), { cc }));
    const { rows } = await scene.pool.query(
      `select recipient, headers->'cc' as cc from outbox where kind = 'ticket-answer'`,
    );
    expect(rows).toEqual([{ recipient: 'acc_owner@customer.test', cc: [] }]);
  });

  test('to an account or member that was disabled', async () => {
    const id = await scene.call();
    await scene.pool.query(`update members set state = 'disabled' where account_id = 'acc_owner'`);
    await scene.answer(await scene.arrive('acc_owner', id));
    await scene.pool.query(
      `update members set state = 'active'; update accounts set state = 'disabled' where id = 'acc_owner'`,
    );
    await scene.answer(await scene.arrive('acc_owner', id));
    for (const letter of await scene.letters()) expect(letter.text_body).not.toContain(id);
    expect(await scene.letters()).toHaveLength(2);
  });

  test('on somebody else’s ticket', async () => {
    const arrival = await scene.arrive('acc_owner', 'It fails.');
    const id = await scene.call('org_b');
    const from = { address: 'acc_eve@customer.test', name: 'Eve' };
    const mail = await mailTo(scene.pool, { from, text: id, receivedAtMs: scene.clock.now() });
    await scene.answer({ ...arrival, mail }, false);
    expect(await scene.letters()).toEqual([]);
    expect((await scene.eventsOf(arrival)).at(-1)).toMatchObject({ data: { requests: [{ id, why: 'other_ticket' }] } });
  });
});

test('a report of a vulnerability is acknowledged for anyone whose mail passes, without facts', async () => {
  const id = await scene.call();
  for (const from of ['acc_owner', 'nobody'])
    await scene.answer(await scene.arrive(from, `I found a hole, ${id}`, {}, { queue: 'vulnerability' }));
  const sent = await scene.letters();
  expect(sent).toHaveLength(2);
  expect(plain(sent[0])).toBe(plain(sent[1]));
  expect(sent[0]?.text_body).toContain('within one business day');
  expect(sent[0]?.text_body).not.toContain(id);
});

test('spam, and what a rule wants unanswered, is not answered', async () => {
  await scene.answer(await scene.arrive('acc_owner', await scene.call(), {}, { queue: 'spam' }));
  const dropped = await scene.arrive('acc_owner', await scene.call());
  await scene.pool.query(
    `insert into ticket_events (ticket_number, kind, data) values ($1, 'routed', '{"drop_answer": true}')`,
    [dropped.ticketNumber],
  );
  await scene.answer(dropped);
  expect(await scene.letters()).toEqual([]);
});

test('one address is not answered without end', async () => {
  for (let count = 0; count < 5; count++) await scene.answer(await scene.arrive('acc_owner', await scene.call()));
  expect(await scene.letters()).toHaveLength(3);
});

test('a mail that names a call of this very moment waits a little, whoever wrote it', async () => {
  scene.options = { ...scene.options, settleMs: 2_000 };
  for (const from of ['acc_owner', 'nobody']) {
    const arrival = await scene.arrive(from, newRequestId(scene.agoMs(500)));
    await expect(scene.answer(arrival)).rejects.toMatchObject({ afterMs: 1_500 });
  }
  await scene.answer(await scene.arrive('acc_owner', newRequestId(scene.agoMs(2_000))));
  expect(await scene.letters()).toHaveLength(1);
});

test('a mail that names a call whose record is still on its way waits, whoever wrote it', async () => {
  scene.options = { ...scene.options, journalLagMs: async () => 30_000 };
  const fresh = newRequestId(scene.agoMs(1_000));
  for (const from of ['acc_owner', 'nobody']) {
    const arrival = await scene.arrive(from, fresh);
    await expect(scene.answer(arrival)).rejects.toBeInstanceOf(LaterError);
    scene.clock.advance(61_000);
    scene.options = { ...scene.options, journalLagMs: async () => 1_000_000 };
    await scene.answer(arrival);
    scene.options = { ...scene.options, journalLagMs: async () => 200_000 };
  }
  expect(await scene.letters()).toHaveLength(2);
});
