import type { Priority, Queue } from '../store/index.ts';
import type { Conditions, Prefix, Route, RoutingFacts, RoutingRule } from './rule.ts';

const byMailbox = { support: null, billing: 'billing', security: 'vulnerability' } as const;

/** Words by which a mail without a prefix is known. In order: a report of a hole that mentions an invoice is the former. */
const words: readonly (readonly [queue: Queue, pattern: RegExp])[] = [
  [
    'vulnerability',
    /\bvulnerabilit(?:y|ies)\b|\bCVE-\d{4}-\d{4,7}\b|\bsecurity (?:hole|flaw|disclosure|issue report)\b|\bbug bounty\b|\bproof of concept exploit\b|安全漏洞|漏洞/i,
  ],
  [
    'billing',
    /\b(?:invoices?|refunds?|overcharged?|billing|receipts?|top[- ]?up|payment (?:method|failed)|credit card|quota|subscription)\b|发票|退款|充值|扣费|计费|账单|余额|配额|付款/i,
  ],
];

/**
 * Pure: where a mail that opened a ticket belongs. Its prefix comes first, then the mailbox that it came to, then what it
 * contains; then the first rule that matches may say otherwise. What was reported as a vulnerability stays restricted,
 * whatever a rule says.
 */
export function decideRoute(facts: RoutingFacts, rules: readonly RoutingRule[]): Route {
  const { queue: sorted, by } = sortedBy(facts);
  const rule = rules.find(({ conditions }) => holds(conditions, facts)) ?? null;
  const { actions = {} } = rule ?? {};
  const restricted = sorted === 'vulnerability';
  const queue = restricted ? sorted : (actions.queue ?? sorted);
  const ruled = rule !== null && !restricted && actions.queue !== undefined;
  return {
    queue,
    priority: actions.priority ?? priorityOf(facts),
    tags: [...(actions.add_tags ?? [])],
    assigneeId: actions.assignee ?? null,
    dropAnswer: actions.drop_automatic_answer ?? false,
    by: ruled ? 'rule' : by,
    ruleId: rule?.id ?? null,
    claimed: facts.prefix === 'enterprise' && facts.plan !== 'enterprise' ? 'enterprise' : null,
  };
}

/** The queue before any rule. */
export function sortedBy(
  facts: Pick<RoutingFacts, 'prefix' | 'mailbox' | 'subject' | 'text' | 'hasFailure' | 'automatic'>,
): { readonly queue: Queue; readonly by: Route['by'] } {
  if (facts.automatic) return { queue: 'spam', by: 'automatic' };
  if (facts.prefix !== null) return { queue: facts.prefix satisfies Prefix, by: 'prefix' };
  const purpose = facts.mailbox === null ? null : byMailbox[facts.mailbox];
  if (purpose !== null) return { queue: purpose, by: 'mailbox' };
  const said = `${facts.subject}\n${facts.text.slice(0, lookedAtMax)}`;
  const found = words.find(([, pattern]) => pattern.test(said));
  if (found !== undefined) return { queue: found[0], by: 'content' };
  return facts.hasFailure ? { queue: 'bug', by: 'content' } : { queue: 'general', by: 'none' };
}

/** What a mail is about stands at its beginning; a log that was pasted behind it must not sort it. */
const lookedAtMax = 20_000;

/** An Enterprise mail that says production impact in its subject is urgent. Nobody else raises their own priority. */
function priorityOf({ plan, prefix, impactInSubject }: RoutingFacts): Priority {
  if (plan !== 'enterprise') return 'normal';
  if (impactInSubject) return 'urgent';
  return prefix === 'enterprise' ? 'high' : 'normal';
}

/** Whether all conditions hold. A rule without any matches everything: the last one may be such. */
export function holds(conditions: Conditions, facts: RoutingFacts): boolean {
  const subject = facts.subject.toLowerCase();
  const said = `${subject}\n${facts.text.toLowerCase()}`;
  const domain = facts.address.slice(facts.address.lastIndexOf('@') + 1);
  const oneOf = <T>(wanted: readonly T[] | undefined, matches: (one: T) => boolean) =>
    wanted === undefined || wanted.some(matches);
  const is = (wanted: boolean | undefined, value: boolean) => wanted === undefined || wanted === value;
  return (
    oneOf(conditions.subject, (part) => subject.includes(part.toLowerCase())) &&
    oneOf(conditions.text, (part) => said.includes(part.toLowerCase())) &&
    oneOf(conditions.address, (address) => facts.address === address.toLowerCase()) &&
    oneOf(conditions.domain, (name) => isWithin(domain, name.toLowerCase())) &&
    oneOf(conditions.organization, (id) => facts.organizationId === id) &&
    oneOf(conditions.plan, (plan) => facts.plan === plan) &&
    oneOf(conditions.mailbox, (purpose) => facts.mailbox === purpose) &&
    oneOf(conditions.prefix, (prefix) => facts.prefix === prefix) &&
    oneOf(conditions.tool, (tool) => facts.tools.some((name) => name.toLowerCase() === tool.toLowerCase())) &&
    oneOf(conditions.error_code, (code) => facts.errorCodes.includes(code)) &&
    is(conditions.impact, facts.impact) &&
    is(conditions.verified, facts.verified) &&
    is(conditions.automatic, facts.automatic)
  );
}

function isWithin(domain: string, parent: string): boolean {
  return domain === parent || domain.endsWith(`.${parent}`);
}
