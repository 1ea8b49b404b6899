import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { staffRoles } from '../../base/permissions.ts';
import { inTransaction } from '../../db/index.ts';
import { type ControlServer, gateOf, startControlServer } from '../../http/testing.ts';
import { noteReport } from './note-report.ts';
import { answerRoutes } from './route-requests.ts';
import { type Arrival, type Scene, setScene } from './testing/scene.ts';

let scene: Scene;
let server: ControlServer;

const staff = (role: 'support' | 'admin' | 'read-only') => ({
  person: { staff: { role, permissions: new Set(staffRoles[role]) } },
});

beforeAll(async () => {
  scene = await setScene();
  const people = {
    acc_support: staff('support'),
    acc_admin: staff('admin'),
    acc_reader: staff('read-only'),
    acc_owner: {},
  };
  server = await startControlServer(answerRoutes(scene.options), { gate: gateOf(people) });
});
afterAll(async () => {
  server.close();
  await scene.drop();
});
beforeEach(() => scene.reset());

async function call(as: string, method: 'GET' | 'POST', { ticketNumber }: Arrival, path: string, body?: object) {
  const options = body === undefined ? { as } : { as, body };
  const response = await server.call(method, `/admin/v1/tickets/T-${ticketNumber}/${path}`, options);
  return { status: response.status, body: JSON.parse(await response.text()) };
}

test('staff see every call beside the ticket, also what the writer may not be told, and that leaves a line', async () => {
  const [theirs, others] = [await scene.call('org_a'), await scene.call('org_b')];
  await scene.pool.query(
    `insert into keys (id, organization_id, group_id, name, prefix, hash, state)
     values ('key_a', 'org_a', 'acme-standard', 'laptop', 'sk-lodge-AAAAAAAA', 'h', 'disabled')`,
  );
  const mistyped = `${theirs.slice(0, -1)}${theirs.endsWith('0') ? '1' : '0'}`;
  const arrival = await scene.arrive('acc_owner', `${theirs} ${others} ${mistyped} with sk-lodge-AAAAAAAA`);
  await scene.answer(arrival);
  const { status, body } = await call('acc_support', 'GET', arrival, 'requests?locale=zh');
  expect(status).toBe(200);
  const byId = Object.fromEntries(body.requests.map((each: { id: string }) => [each.id, each]));
  expect(byId[theirs]).toMatchObject({
    told: true,
    withheld: null,
    request: {
      status: 429,
      error_code: 'rate_limited',
      node: 'node-1',
      organization_name: 'org_a',
      limit: { used: 60 },
    },
  });
  expect(byId[theirs].request.explanation.join('')).toContain('密钥这一分钟的请求次数已用完');
  expect(byId[others]).toMatchObject({
    told: false,
    withheld: 'no_member',
    request: { organization_id: 'org_b' },
  });
  expect(body).toMatchObject({
    mistyped: [expect.stringMatching(/^req/i)],
    keys: [{ prefix: 'sk-lodge-AAAAAAAA', id: 'key_a', state: 'disabled', organization_name: 'org_a' }],
    account: { id: 'acc_owner', email_verified: true, state: 'active' },
    organization: { id: 'org_a', plan: 'starter' },
    recent_failures: [{ code: 'rate_limited', count: expect.any(Number), fault: 'you' }],
  });
  const { rows } = await scene.pool.query(
    `select actor_id, as_staff, organization_id, after->'requests' as requests from audit_log
     where action = 'ticket.facts_seen' and subject_id = $1`,
    [`T-${arrival.ticketNumber}`],
  );
  expect(rows).toEqual([
    {
      actor_id: 'acc_support',
      as_staff: true,
      organization_id: 'org_a',
      requests: expect.arrayContaining([theirs, others]),
    },
  ]);
});

test('what is written in the console is read too, once, and the calls stand beside the ticket', async () => {
  const id = await scene.call('org_a');
  const arrival = await scene.arrive('acc_owner', 'nothing');
  const { ticketNumber, messageId } = arrival;
  const text = `It fails with 429: ${id}`;
  const written = { ticketNumber, messageId, subject: '', text, attachedTexts: [], receivedAtMs: scene.clock.now() };
  for (let count = 0; count < 2; count++)
    await inTransaction(scene.pool, (client) => noteReport(client, { ...written, findings: [] }, scene.options));
  expect((await scene.eventsOf(arrival)).map(({ kind }) => kind)).toEqual(['facts_read']);
  const { body } = await call('acc_support', 'GET', arrival, 'requests');
  expect(body.requests).toMatchObject([{ id, told: false, withheld: null, request: { status: 429 } }]);
  expect(await scene.letters()).toEqual([]);
});

test('a report of a vulnerability is not there for staff who may not see it, nor any ticket for others', async () => {
  const arrival = await scene.arrive('acc_owner', 'a hole', {}, { queue: 'vulnerability' });
  expect((await call('acc_support', 'GET', arrival, 'requests')).status).toBe(404);
  expect((await call('acc_admin', 'GET', arrival, 'requests')).status).toBe(200);
  expect((await call('acc_owner', 'GET', arrival, 'requests')).status).toBe(403);
  expect((await call('acc_reader', 'POST', arrival, 'answer-again', {})).status).toBe(403);
});

test('an answer is made again: shown first, then sent on the thread', async () => {
  const arrival = await scene.arrive('acc_owner', 'It fails.');
  await scene.answer(arrival);
  const id = await scene.call('org_a');
  await scene.pool.query(
    `insert into ticket_facts (ticket_number, kind, value, message_id) values ($1, 'request', $2, $3)`,
    [arrival.ticketNumber, id, arrival.messageId],
  );
  const shown = await call('acc_support', 'POST', arrival, 'answer-again', { locale: 'zh' });
  expect(shown.body).toMatchObject({ to: 'acc_owner@customer.test', told: [id], withheld: [], message: null });
  expect(shown.body.text).toContain(`请求 ${id}`);
  expect(await scene.letters()).toHaveLength(1);
  const sent = await call('acc_support', 'POST', arrival, 'answer-again', { send: true });
  expect(sent.body.message).toMatch(/^msg_/);
  const letter = (await scene.letters()).at(-1);
  expect(letter?.text_body).toContain(`Request ${id}`);
  expect(letter?.headers.references.length).toBeGreaterThan(0);
  const { rows } = await scene.pool.query(`select first_replied_at from tickets`);
  expect(rows).toEqual([{ first_replied_at: null }]);
});

test('what could not be told to the writer is not told by making the answer again', async () => {
  const id = await scene.call('org_a');
  const stranger = await scene.arrive('nobody', id);
  await scene.answer(stranger);
  const again = await call('acc_support', 'POST', stranger, 'answer-again', { send: true });
  expect(again.body).toMatchObject({ told: [], withheld: [{ id, why: 'no_account' }] });
  expect(again.body.text).not.toContain(id);
  const unproven = await scene.arrive('acc_owner', id, { sender: { ...stranger.mail.sender, verified: false } });
  await scene.answer(unproven);
  const refused = await call('acc_support', 'POST', unproven, 'answer-again', { send: true });
  expect(refused).toMatchObject({ status: 409, body: { code: 'answer_not_possible' } });
});
