import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ticketName } from '../store/index.ts';
import { accountIn, type DeskUnderTest, startDesk, ticketOf } from '../testing.ts';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
  await desk.person('acc_admin', 'admin');
  await desk.person('acc_support', 'support');
});
afterAll(() => desk.close());

const rules = '/admin/v1/routing-rules';
const actionsOf = async () => {
  const { rows } = await desk.pool.query<{ action: string }>('select action from audit_log order by at, id');
  return rows.map(({ action }) => action);
};

describe('routing rules', () => {
  test('are made, ordered, changed and deleted, each with its audit', async () => {
    const make = async (name: string, conditions: unknown, actions: unknown) =>
      (await desk.call('POST', rules, 'acc_admin', { name, conditions, actions })).body;
    const first = await make('Codex', { tool: ['codex'] }, { add_tags: ['codex'] });
    const second = await make('Customer', { domain: ['customer.test'] }, { priority: 'high' });
    expect([first.position, second.position]).toEqual([1, 2]);
    const order = await desk.call('PUT', `${rules}/order`, 'acc_admin', { rules: [second.id, first.id] });
    expect(order.body.data.map(({ id }: { id: string }) => id)).toEqual([second.id, first.id]);
    const wrong = await desk.call('PUT', `${rules}/order`, 'acc_admin', { rules: [second.id] });
    expect(wrong.body.code).toBe('rules_order_invalid');
    const { id, position, updated_at, ...fields } = second;
    const changed = await desk.call('PUT', `${rules}/${id}`, 'acc_admin', { ...fields, enabled: false });
    expect(changed.body.enabled, `${position} ${updated_at}`).toBe(false);
    await desk.call('DELETE', `${rules}/${first.id}`, 'acc_admin');
    expect((await actionsOf()).filter((action) => action.startsWith('routing_rule'))).toEqual([
      'routing_rule.created',
      'routing_rule.created',
      'routing_rule.reordered',
      'routing_rule.changed',
      'routing_rule.deleted',
    ]);
    await desk.call('DELETE', `${rules}/${id}`, 'acc_admin');
  });

  test('that say nothing a rule can be made of are refused', async () => {
    const refused = await desk.call('POST', rules, 'acc_admin', {
      name: 'x',
      conditions: { colour: ['red'] },
      actions: {},
    });
    expect(refused.body.code).toBe('input_invalid');
  });

  test('are tried on the last tickets without changing any, and show nothing restricted', async () => {
    const ticket = await ticketOf(desk.pool, { subject: 'Try me' });
    const report = await ticketOf(desk.pool, { queue: 'vulnerability' });
    const tried = await desk.call('POST', `${rules}/dry-run`, 'acc_admin', {
      rules: [
        { name: 'All', conditions: { domain: ['customer.test'] }, actions: { queue: 'enterprise', priority: 'high' } },
      ],
      tickets: 50,
    });
    const line = tried.body.data.find(({ ticket: id }: { ticket: string }) => id === ticketName(ticket.number));
    expect(line).toMatchObject({ after: { queue: 'enterprise', priority: 'high', rule: 'new_1' }, differs: true });
    expect(tried.body.changed).toBe(tried.body.tried);
    const shown = await desk.call('GET', `/admin/v1/tickets/${ticketName(ticket.number)}`, 'acc_admin');
    expect(shown.body).toMatchObject({ queue: 'bug', priority: 'normal', version: 1 });
    expect(tried.text).toContain(ticketName(report.number));
  });

  test('sort what is opened in the console too', async () => {
    const made = await desk.call('POST', rules, 'acc_admin', {
      name: 'Codex',
      conditions: { tool: ['codex'] },
      actions: { priority: 'urgent', add_tags: ['codex'], assignee: 'acc_support' },
    });
    await desk.person('acc_dev');
    const body = { category: 'bug', subject: 'Codex fails', text: 'I use Codex 0.55.0 and get a 502.' };
    const opened = await desk.call('POST', '/control/v1/account/tickets', 'acc_dev', body);
    const shown = await desk.call('GET', `/admin/v1/tickets/${opened.body.ticket.id}`, 'acc_admin');
    expect(shown.body).toMatchObject({ priority: 'urgent', tags: ['codex'], assignee: { id: 'acc_support' } });
    await desk.call('DELETE', `${rules}/${made.body.id}`, 'acc_admin');
  });
});

test('only who may change settings of the desk does', async () => {
  for (const [method, path] of [
    ['POST', rules],
    ['POST', '/admin/v1/macros'],
    ['PUT', '/admin/v1/calendars/x'],
    ['POST', '/admin/v1/target-policies/pro/versions'],
    ['GET', '/admin/v1/desk-webhooks'],
  ] as const) {
    const answer = await desk.call(method, path, 'acc_support', method === 'GET' ? undefined : {});
    expect(answer.body.code, `${method} ${path}`).toBe('permission_missing');
  }
});

describe('what is promised', () => {
  test('a policy has versions, and names a calendar that there is', async () => {
    const none = { first_response_ms: null, next_response_ms: null, resolution_ms: null };
    const targets = { low: none, normal: none, high: none, urgent: none };
    const add = (calendar: string | null) =>
      desk.call('POST', '/admin/v1/target-policies/pro/versions', 'acc_admin', { name: 'Pro', calendar, targets });
    expect((await add('nowhere')).body.code).toBe('calendar_not_found');
    expect((await add(null)).body).toMatchObject({ id: 'pro', version: 2 });
  });

  test('a calendar that makes no sense is refused with its field', async () => {
    const put = await desk.call('PUT', '/admin/v1/calendars/new', 'acc_admin', {
      name: 'New',
      time_zone: 'Mars/Olympus',
      week: { monday: [{ from: '09:00', to: '17:00' }] },
    });
    expect(put).toMatchObject({ status: 400, body: { code: 'calendar_invalid' } });
    expect(put.body.detail).toContain('time_zone');
  });

  test('to a customer stands in its own audit log too', async () => {
    await accountIn(desk.pool, 'acc_c');
    const path = '/admin/v1/customers/org_acc_c/support-plan';
    expect((await desk.call('GET', path, 'acc_support')).body.plan).toBe('starter');
    const put = (body: unknown) => desk.call('PUT', path, 'acc_admin', body);
    expect((await put({ plan: 'pro', policy: 'nothing' })).body.code).toBe('policy_not_found');
    expect((await put({ plan: 'pro', address: 'Own@Site.test' })).body).toMatchObject({ address: 'own@site.test' });
    const { rows } = await desk.pool.query(
      `select after from audit_log where action = 'customer.support_plan_changed' and organization_id = 'org_acc_c'`,
    );
    expect(rows).toEqual([{ after: { plan: 'pro', address: 'own@site.test' } }]);
    const other = await desk.call('PUT', '/admin/v1/customers/org_acc_admin/support-plan', 'acc_admin', {
      plan: 'pro',
      address: 'own@site.test',
    });
    expect(other.body.code).toBe('support_address_taken');
  });
});
