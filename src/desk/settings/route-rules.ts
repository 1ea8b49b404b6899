import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import { appendAudit } from '../../audit/index.ts';
import { AppError } from '../../base/errors.ts';
import { inTransaction } from '../../db/index.ts';
import { type Route, route } from '../../http/index.ts';
import type { DeskParts } from '../parts.ts';
import { only } from '../problems.ts';
import { actionsShape, conditionsShape, readRules, type StoredRule } from '../routing/index.ts';
import { idText, priorityShape, queueShape, text, time } from '../shapes.ts';
import { mayStaff } from '../staff/sight.ts';
import { dryRun } from './dry-run.ts';

const path = '/admin/v1/routing-rules';
const byRule = z.object({ rule: z.string().max(100) });
const rulesMax = 200;

const fields = {
  name: text(100),
  enabled: z.boolean().default(true),
  conditions: conditionsShape,
  actions: actionsShape,
};
const ruleShape = z
  .object({ id: z.string(), position: z.int(), ...fields, updated_at: time })
  .meta({ id: 'RoutingRule' });
const listShape = z.object({ data: z.array(ruleShape) });

/** Rules by which mail is sorted: in order, the first that matches. */
export function ruleRoutes(parts: DeskParts): Route[] {
  return [
    listRoute(parts),
    createRoute(parts),
    changeRoute(parts),
    deleteRoute(parts),
    orderRoute(parts),
    tryRoute(parts),
  ];
}

function listRoute({ pool }: DeskParts): Route {
  return route({
    method: 'GET',
    path,
    summary: 'List the routing rules in order',
    access: 'staff:tickets.read',
    responses: { 200: listShape },
    handle: async () => ({ status: 200, body: { data: (await readRules(pool)).map(bodyOf) } }),
  });
}

function createRoute({ pool }: DeskParts): Route {
  return route({
    method: 'POST',
    path,
    summary: 'Add a routing rule behind the others',
    access: 'staff:desk.write',
    body: z.object(fields),
    responses: { 201: ruleShape },
    problems: only('desk_limit_reached', 'rule_not_found'),
    async handle({ actor }, { body }) {
      const id = `rul_${randomBytes(12).toString('hex')}`;
      const rule = await inTransaction(pool, async (client) => {
        await holdRules(client);
        const rules = await client.query<{ count: number; last: number }>(
          'select count(*)::int as count, coalesce(max(position), 0) as last from routing_rules',
        );
        const { count = 0, last = 0 } = rules.rows[0] ?? {};
        if (count >= rulesMax) throw new AppError('desk_limit_reached', `There are ${rulesMax} rules already.`);
        await client.query(
          'insert into routing_rules (id, position, name, enabled, conditions, actions) values ($1, $2, $3, $4, $5, $6)',
          [id, last + 1, body.name, body.enabled, JSON.stringify(body.conditions), JSON.stringify(body.actions)],
        );
        const subject = { kind: 'routing_rule', id, name: body.name };
        await appendAudit(client, actor, {
          action: 'routing_rule.created',
          organizationId: null,
          subject,
          after: body,
        });
        return ruleOf(client, id);
      });
      return { status: 201, body: bodyOf(rule) };
    },
  });
}

function changeRoute({ pool }: DeskParts): Route {
  return route({
    method: 'PUT',
    path: `${path}/{rule}`,
    summary: 'Change a routing rule',
    access: 'staff:desk.write',
    params: byRule,
    body: z.object(fields),
    responses: { 200: ruleShape },
    problems: only('rule_not_found'),
    async handle({ actor }, { params, body }) {
      const rule = await inTransaction(pool, async (client) => {
        await holdRules(client);
        const { name, enabled, conditions, actions } = await ruleOf(client, params.rule);
        await client.query(
          `update routing_rules set name = $2, enabled = $3, conditions = $4, actions = $5, updated_at = now() where id = $1`,
          [params.rule, body.name, body.enabled, JSON.stringify(body.conditions), JSON.stringify(body.actions)],
        );
        const subject = { kind: 'routing_rule', id: params.rule, name: body.name };
        const before = { name, enabled, conditions, actions };
        const entry = { action: 'routing_rule.changed', organizationId: null, subject, before, after: body };
        await appendAudit(client, actor, entry);
        return ruleOf(client, params.rule);
      });
      return { status: 200, body: bodyOf(rule) };
    },
  });
}

function deleteRoute({ pool }: DeskParts): Route {
  return route({
    method: 'DELETE',
    path: `${path}/{rule}`,
    summary: 'Delete a routing rule',
    access: 'staff:desk.write',
    params: byRule,
    responses: { 204: null },
    problems: only('rule_not_found'),
    async handle({ actor }, { params }) {
      await inTransaction(pool, async (client) => {
        await holdRules(client);
        const { name, conditions, actions } = await ruleOf(client, params.rule);
        await client.query('delete from routing_rules where id = $1', [params.rule]);
        const subject = { kind: 'routing_rule', id: params.rule, name };
        const before = { name, conditions, actions };
        await appendAudit(client, actor, { action: 'routing_rule.deleted', organizationId: null, subject, before });
      });
      return { status: 204, body: null };
    },
  });
}

function orderRoute({ pool }: DeskParts): Route {
  return route({
    method: 'PUT',
    path: `${path}/order`,
    summary: 'Put the routing rules in another order',
    access: 'staff:desk.write',
    body: z.object({ rules: z.array(idText).max(rulesMax) }),
    responses: { 200: listShape },
    problems: only('rules_order_invalid'),
    async handle({ actor }, { body }) {
      const rules = await inTransaction(pool, async (client) => {
        await holdRules(client);
        const { rows } = await client.query<{ id: string }>('select id from routing_rules order by position');
        const before = rows.map(({ id }) => id);
        if (before.toSorted().join() !== body.rules.toSorted().join()) {
          throw new AppError('rules_order_invalid', 'Name every rule once, in the order that you want.');
        }
        // Positions are unique at every moment: they are moved out of the way first.
        await client.query('update routing_rules set position = -position - 1');
        for (const [index, id] of body.rules.entries()) {
          await client.query('update routing_rules set position = $2 where id = $1', [id, index + 1]);
        }
        const subject = { kind: 'routing_rule', id: 'all' };
        const change = { before: { rules: before }, after: { rules: body.rules } };
        await appendAudit(client, actor, {
          action: 'routing_rule.reordered',
          organizationId: null,
          subject,
          ...change,
        });
        return readRules(client);
      });
      return { status: 200, body: { data: rules.map(bodyOf) } };
    },
  });
}

function tryRoute(parts: DeskParts): Route {
  const outcome = z.object({
    queue: queueShape,
    priority: priorityShape,
    tags: z.array(z.string()),
    rule: z.string().nullable(),
  });
  return route({
    method: 'POST',
    path: `${path}/dry-run`,
    summary: 'Try rules on the last tickets, without changing any',
    access: 'staff:desk.write',
    body: z.object({
      rules: z
        .array(z.object({ id: idText.optional(), ...fields }))
        .max(rulesMax)
        .describe('All of them, in order: as they would be.'),
      tickets: z.int().min(1).max(500).default(100),
    }),
    responses: {
      200: z.object({
        tried: z.int(),
        changed: z.int(),
        data: z.array(
          z.object({ ticket: z.string(), subject: z.string(), before: outcome, after: outcome, differs: z.boolean() }),
        ),
      }),
    },
    async handle(context, { body }) {
      const rules = body.rules.map((rule, index) => ({ ...rule, id: rule.id ?? `new_${index + 1}` }));
      const security = mayStaff(context, 'tickets.security');
      const tried = await dryRun(
        parts,
        rules.filter(({ enabled }) => enabled),
        { count: body.tickets, security },
      );
      const changed = tried.filter(({ differs }) => differs).length;
      return { status: 200, body: { tried: tried.length, changed, data: tried } };
    },
  });
}

/** One change of the rules after the other: their order is one thing. */
async function holdRules(client: pg.ClientBase): Promise<void> {
  await client.query('lock table routing_rules in share row exclusive mode');
}

async function ruleOf(client: pg.ClientBase, id: string): Promise<StoredRule> {
  const rule = (await readRules(client)).find((each) => each.id === id);
  if (rule === undefined) throw new AppError('rule_not_found', 'There is no such rule.');
  return rule;
}

function bodyOf({ updatedAtMs, ...rule }: StoredRule) {
  return { ...rule, updated_at: new Date(updatedAtMs).toISOString() };
}
