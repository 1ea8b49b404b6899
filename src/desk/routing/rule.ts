import { z } from 'zod';
import { type Priority, priorities, type Queue, queues } from '../store/index.ts';

const prefixes = ['bug', 'billing', 'enterprise', 'vulnerability'] as const;
export type Prefix = (typeof prefixes)[number];

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/, 'must not hold NUL');
const anyOf = (description: string) => z.array(text(200)).min(1).max(50).optional().describe(description);

/** All that are named must hold; of a list, one entry is enough. */
export const conditionsShape = z
  .strictObject({
    subject: anyOf('Parts of the subject, in any case of letters.'),
    text: anyOf('Parts of subject or text, in any case of letters.'),
    address: anyOf('Whole addresses of the sender.'),
    domain: anyOf('Domains of the sender: `example.com` also means what stands below it.'),
    organization: anyOf('Ids of organizations.'),
    plan: z
      .array(z.enum(['starter', 'pro', 'enterprise']))
      .min(1)
      .max(3)
      .optional(),
    mailbox: z
      .array(z.enum(['support', 'billing', 'security']))
      .min(1)
      .max(3)
      .optional(),
    prefix: z.array(z.enum(prefixes)).min(1).max(4).optional(),
    tool: anyOf('Names of tools, such as "claude-code".'),
    error_code: anyOf('Error codes of the gateway.'),
    impact: z.boolean().optional().describe('Whether it says that a business is hurt.'),
    verified: z.boolean().optional().describe('Whether the address is proven.'),
    automatic: z.boolean().optional().describe('Whether a machine has sent it.'),
  })
  .meta({ id: 'RoutingConditions' });

export const actionsShape = z
  .strictObject({
    queue: z.enum(queues).optional(),
    priority: z.enum(priorities).optional(),
    add_tags: z.array(text(40)).max(20).optional(),
    assignee: text(100).optional().describe('Account id of a member of staff.'),
    drop_automatic_answer: z.boolean().optional().describe('Nothing is answered before a person does.'),
  })
  .meta({ id: 'RoutingActions' });

export type Conditions = z.output<typeof conditionsShape>;
export type Actions = z.output<typeof actionsShape>;

export interface RoutingRule {
  readonly id: string;
  readonly name: string;
  readonly conditions: Conditions;
  readonly actions: Actions;
}

/** What routing looks at: the mail that opened a ticket, what was read out of it, and whose it is. */
export interface RoutingFacts {
  readonly subject: string;
  readonly text: string;
  /** In lower case. */
  readonly address: string;
  readonly organizationId: string | null;
  /** Null: a stranger's. */
  readonly plan: 'starter' | 'pro' | 'enterprise' | null;
  readonly mailbox: 'support' | 'billing' | 'security' | null;
  readonly prefix: Prefix | null;
  readonly tools: readonly string[];
  readonly errorCodes: readonly string[];
  /** A request id, an HTTP status or an error code stands in it. */
  readonly hasFailure: boolean;
  readonly impact: boolean;
  readonly impactInSubject: boolean;
  readonly verified: boolean;
  readonly automatic: boolean;
}

export interface Route {
  readonly queue: Queue;
  readonly priority: Priority;
  readonly tags: readonly string[];
  readonly assigneeId: string | null;
  readonly dropAnswer: boolean;
  /** What decided the queue. */
  readonly by: 'rule' | 'prefix' | 'mailbox' | 'content' | 'automatic' | 'none';
  /** The rule that matched; null: none did. */
  readonly ruleId: string | null;
  /** A prefix that claims what the account has not: noted, and nothing else. */
  readonly claimed: Prefix | null;
}
