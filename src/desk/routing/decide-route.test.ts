import { describe, expect, test } from 'vitest';
import { decideRoute } from './decide-route.ts';
import type { Actions, Conditions, RoutingFacts, RoutingRule } from './rule.ts';

const plain: RoutingFacts = {
  subject: 'Hello',
  text: 'How do I set the base URL?',
  address: 'dev@team.customer.test',
  organizationId: null,
  plan: null,
  mailbox: 'support',
  prefix: null,
  tools: [],
  errorCodes: [],
  hasFailure: false,
  impact: false,
  impactInSubject: false,
  verified: true,
  automatic: false,
};

const rule = (conditions: Conditions, actions: Actions, id = 'rule'): RoutingRule => ({
  id,
  name: id,
  conditions,
  actions,
});

describe('without rules', () => {
  const cases: [why: string, facts: Partial<RoutingFacts>, queue: string, by: string, priority?: string][] = [
    ['a prefix comes first', { prefix: 'bug', mailbox: 'billing', text: 'my invoice' }, 'bug', 'prefix'],
    ['then the mailbox', { mailbox: 'billing', text: 'CVE-2026-12345' }, 'billing', 'mailbox'],
    ['the security mailbox', { mailbox: 'security' }, 'vulnerability', 'mailbox'],
    ['then what it says', { text: 'Please send the invoice.' }, 'billing', 'content'],
    ['in Chinese', { text: '请开发票' }, 'billing', 'content'],
    ['a hole before money', { text: 'A vulnerability shows the invoices of others' }, 'vulnerability', 'content'],
    ['a hole, in Chinese', { subject: '发现一个安全漏洞' }, 'vulnerability', 'content'],
    ['money before failure', { text: 'Why was I overcharged?', hasFailure: true }, 'billing', 'content'],
    ['a failure', { hasFailure: true }, 'bug', 'content'],
    ['nothing known', {}, 'general', 'none'],
    ['a machine', { automatic: true, prefix: 'bug' }, 'spam', 'automatic'],
    ['Enterprise', { prefix: 'enterprise', plan: 'enterprise' }, 'enterprise', 'prefix', 'high'],
    ['whoever only says so', { prefix: 'enterprise', plan: 'pro' }, 'enterprise', 'prefix', 'normal'],
    ['a stranger who says so', { prefix: 'enterprise', impactInSubject: true }, 'enterprise', 'prefix', 'normal'],
    ['production down', { prefix: 'bug', plan: 'enterprise', impactInSubject: true }, 'bug', 'prefix', 'urgent'],
    ['production down of others', { prefix: 'bug', plan: 'pro', impactInSubject: true }, 'bug', 'prefix', 'normal'],
    ['impact in the text alone', { plan: 'enterprise', impact: true }, 'general', 'none', 'normal'],
  ];
  test.each(cases)('%s', (_why, facts, queue, by, priority = 'normal') => {
    expect(decideRoute({ ...plain, ...facts }, [])).toMatchObject({ queue, by, priority, ruleId: null });
  });

  test('a claim that the account has not is noted', () => {
    expect(decideRoute({ ...plain, prefix: 'enterprise', plan: 'starter' }, []).claimed).toBe('enterprise');
    expect(decideRoute({ ...plain, prefix: 'enterprise', plan: 'enterprise' }, []).claimed).toBeNull();
  });
});

describe('rules', () => {
  test('the first that matches is the only one', () => {
    const rules = [
      rule({ tool: ['codex'] }, { queue: 'billing' }, 'other tool'),
      rule({ domain: ['customer.test'] }, { priority: 'high', add_tags: ['vip'] }, 'first'),
      rule({}, { queue: 'spam' }, 'last'),
    ];
    const decided = decideRoute({ ...plain, hasFailure: true }, rules);
    expect(decided).toMatchObject({ queue: 'bug', by: 'content', priority: 'high', tags: ['vip'], ruleId: 'first' });
  });

  test('may move everything but a report of a vulnerability', () => {
    const rules = [rule({}, { queue: 'general', drop_automatic_answer: true })];
    expect(decideRoute({ ...plain, prefix: 'bug' }, rules)).toMatchObject({ queue: 'general', by: 'rule' });
    const report = decideRoute({ ...plain, prefix: 'vulnerability' }, rules);
    expect(report).toMatchObject({ queue: 'vulnerability', by: 'prefix', dropAnswer: true });
  });

  const matching: [Conditions, Partial<RoutingFacts>, boolean][] = [
    [{ subject: ['HELLO'] }, {}, true],
    [{ subject: ['base url'] }, {}, false],
    [{ text: ['base url', 'none'] }, {}, true],
    [{ address: ['Dev@Team.Customer.test'] }, {}, true],
    [{ domain: ['team.customer.test'] }, {}, true],
    [{ domain: ['omer.test'] }, {}, false],
    [{ organization: ['org_1'] }, { organizationId: 'org_1' }, true],
    [{ organization: ['org_1'] }, {}, false],
    [{ plan: ['pro', 'enterprise'] }, { plan: 'pro' }, true],
    [{ plan: ['pro'] }, {}, false],
    [{ mailbox: ['support'] }, {}, true],
    [{ prefix: ['bug'] }, { prefix: 'bug' }, true],
    [{ tool: ['Claude-Code'] }, { tools: ['codex', 'claude-code'] }, true],
    [{ error_code: ['upstream_timeout'] }, { errorCodes: ['upstream_timeout'] }, true],
    [{ impact: true }, {}, false],
    [{ impact: false }, {}, true],
    [{ verified: false }, {}, false],
    [{ automatic: false, verified: true, subject: ['hello'] }, {}, true],
    [{ verified: true, subject: ['other'] }, {}, false],
  ];
  test.each(matching)('%j over %j is %s', (conditions, facts, expected) => {
    const decided = decideRoute({ ...plain, ...facts }, [rule(conditions, { queue: 'enterprise' })]);
    expect(decided.ruleId !== null).toBe(expected);
  });
});
