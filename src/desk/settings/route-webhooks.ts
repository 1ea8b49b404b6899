import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type pg from 'pg';
import { z } from 'zod';
import { appendAudit } from '../../audit/index.ts';
import { AppError } from '../../base/errors.ts';
import { inTransaction } from '../../db/index.ts';
import { type Route, route } from '../../http/index.ts';
import type { DeskParts } from '../parts.ts';
import { only } from '../problems.ts';
import { text, time } from '../shapes.ts';
import { deliverDue, queueDelivery, webhookContext, webhookEvents } from '../telling/index.ts';

const path = '/admin/v1/desk-webhooks';
const byWebhook = z.object({ webhook: z.string().max(100) });
const webhooksMax = 50;

const fields = {
  name: text(100),
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  format: z.enum(['lodge', 'slack']).describe('lodge: signed JSON; slack: a line of text for a chat.'),
  events: z.array(z.enum(webhookEvents)).min(1).max(webhookEvents.length),
  enabled: z.boolean().default(true),
};
const webhookShape = z
  .object({ id: z.string(), ...fields, signed: z.boolean(), updated_at: time })
  .meta({ id: 'DeskWebhook' });

interface WebhookRow {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly format: 'lodge' | 'slack';
  readonly events: (typeof webhookEvents)[number][];
  readonly enabled: boolean;
  readonly secret: Buffer | null;
  readonly updated_at: Date;
}

/** Who is told of what by HTTP. Addresses of chats hold a secret, so only who may change them sees them. */
export function webhookRoutes(parts: DeskParts): Route[] {
  return [
    listRoute(parts),
    createRoute(parts),
    changeRoute(parts),
    deleteRoute(parts),
    testRoute(parts),
    sentRoute(parts),
  ];
}

function listRoute({ pool }: DeskParts): Route {
  return route({
    method: 'GET',
    path,
    summary: 'List the webhooks of the desk',
    access: 'staff:desk.write',
    responses: { 200: z.object({ data: z.array(webhookShape) }) },
    async handle() {
      const { rows } = await pool.query<WebhookRow>('select * from desk_webhooks order by lower(name), id');
      return { status: 200, body: { data: rows.map(bodyOf) } };
    },
  });
}

function createRoute(parts: DeskParts): Route {
  const { pool, seal } = parts;
  return route({
    method: 'POST',
    path,
    summary: 'Make a webhook of the desk',
    access: 'staff:desk.write',
    body: z.object(fields),
    responses: {
      201: webhookShape.extend({ secret: z.string().nullable().describe('Of the signature; shown this once.') }),
    },
    problems: only('webhook_url_refused', 'desk_limit_reached'),
    async handle({ actor }, { body }) {
      refuseUrl(parts, body.url);
      const id = `whk_${randomBytes(12).toString('hex')}`;
      const secret = body.format === 'lodge' ? `whsec_${randomBytes(24).toString('base64url')}` : null;
      const row = await inTransaction(pool, async (client) => {
        const { rows } = await client.query<WebhookRow>(
          `insert into desk_webhooks (id, name, url, secret, format, events, enabled) select $1, $2, $3, $4, $5, $6, $7
            where (select count(*) from desk_webhooks) < $8 returning *`,
          [
            id,
            body.name,
            body.url,
            secret && seal(secret, webhookContext(id)),
            body.format,
            body.events,
            body.enabled,
            webhooksMax,
          ],
        );
        if (rows[0] === undefined)
          throw new AppError('desk_limit_reached', `There are ${webhooksMax} webhooks already.`);
        await audit(client, actor, 'desk_webhook.created', null, rows[0]);
        return rows[0];
      });
      return { status: 201, body: { ...bodyOf(row), secret } };
    },
  });
}

function changeRoute(parts: DeskParts): Route {
  return route({
    method: 'PATCH',
    path: `${path}/{webhook}`,
    summary: 'Change a webhook of the desk',
    access: 'staff:desk.write',
    params: byWebhook,
    body: z.object({
      name: fields.name.optional(),
      url: fields.url.optional(),
      events: fields.events.optional(),
      enabled: z.boolean().optional(),
    }),
    responses: { 200: webhookShape },
    problems: only('webhook_not_found', 'webhook_url_refused'),
    async handle({ actor }, { params, body }) {
      if (body.url !== undefined) refuseUrl(parts, body.url);
      const row = await inTransaction(parts.pool, async (client) => {
        const before = await lockWebhook(client, params.webhook);
        const { rows } = await client.query<WebhookRow>(
          `update desk_webhooks set name = coalesce($2, name), url = coalesce($3, url), events = coalesce($4, events),
             enabled = coalesce($5, enabled), updated_at = now() where id = $1 returning *`,
          [before.id, body.name, body.url, body.events, body.enabled],
        );
        await audit(client, actor, 'desk_webhook.changed', before, rows[0] ?? null);
        return rows[0] ?? before;
      });
      return { status: 200, body: bodyOf(row) };
    },
  });
}

function deleteRoute({ pool }: DeskParts): Route {
  return route({
    method: 'DELETE',
    path: `${path}/{webhook}`,
    summary: 'Delete a webhook of the desk',
    access: 'staff:desk.write',
    params: byWebhook,
    responses: { 204: null },
    problems: only('webhook_not_found'),
    async handle({ actor }, { params }) {
      await inTransaction(pool, async (client) => {
        const before = await lockWebhook(client, params.webhook);
        await client.query('delete from desk_webhooks where id = $1', [before.id]);
        await audit(client, actor, 'desk_webhook.deleted', before, null);
      });
      return { status: 204, body: null };
    },
  });
}

function testRoute(parts: DeskParts): Route {
  const { pool, clock } = parts;
  return route({
    method: 'POST',
    path: `${path}/{webhook}/test`,
    summary: 'Send a test to a webhook, and say what came of it',
    access: 'staff:desk.write',
    params: byWebhook,
    responses: { 200: z.object({ delivered: z.boolean(), error: z.string().nullable() }) },
    problems: only('webhook_not_found'),
    async handle(_context, { params }) {
      const id = await inTransaction(pool, async (client) => {
        const webhook = await lockWebhook(client, params.webhook);
        const at = new Date(clock.now()).toISOString();
        return queueDelivery(client, webhook.id, 'test', { event: 'test', at, ticket: null, due_at: null });
      });
      await deliverDue(parts);
      const { rows } = await pool.query<{ state: string; last_error: string | null }>(
        'select state, last_error from desk_deliveries where id = $1',
        [id],
      );
      // A test is not tried again behind anybody's back.
      await pool.query(`update desk_deliveries set state = 'failed' where id = $1 and state = 'waiting'`, [id]);
      const row = rows[0];
      return { status: 200, body: { delivered: row?.state === 'sent', error: row?.last_error ?? null } };
    },
  });
}

function sentRoute({ pool }: DeskParts): Route {
  return route({
    method: 'GET',
    path: `${path}/{webhook}/deliveries`,
    summary: 'List the last deliveries of a webhook',
    access: 'staff:desk.write',
    params: byWebhook,
    responses: {
      200: z.object({
        data: z.array(
          z.object({
            id: z.string(),
            event: z.string(),
            state: z.enum(['waiting', 'sent', 'failed']),
            attempts: z.int(),
            error: z.string().nullable(),
            created_at: time,
          }),
        ),
      }),
    },
    async handle(_context, { params }) {
      const { rows } = await pool.query<{
        id: string;
        event: string;
        state: 'waiting' | 'sent' | 'failed';
        attempts: number;
        error: string | null;
        created_at: Date;
      }>(
        `select id, event, state, attempts, last_error as error, created_at from desk_deliveries
          where webhook_id = $1 order by created_at desc, id desc limit 100`,
        [params.webhook],
      );
      return { status: 200, body: { data: rows.map((row) => ({ ...row, created_at: row.created_at.toISOString() })) } };
    },
  });
}

/** Names are judged when they are dialled; an address can be refused at once. */
function refuseUrl({ addressAllowed }: DeskParts, url: string): void {
  const { hostname, username, password } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (username !== '' || password !== '') {
    throw new AppError('webhook_url_refused', 'The address must not hold a user name or a password.');
  }
  if (isIP(host) === 0 || addressAllowed(host)) return;
  throw new AppError('webhook_url_refused', 'The address leads into a private network, where webhooks are not sent.');
}

async function lockWebhook(client: pg.ClientBase, id: string): Promise<WebhookRow> {
  const { rows } = await client.query<WebhookRow>('select * from desk_webhooks where id = $1 for update', [id]);
  if (rows[0] === undefined) throw new AppError('webhook_not_found', 'There is no such webhook.');
  return rows[0];
}

type Auditor = Parameters<typeof appendAudit>[1];

/** Of its address only the host: the path of a chat's address is its secret. */
async function audit(
  client: pg.ClientBase,
  actor: Auditor,
  action: string,
  before: WebhookRow | null,
  after: WebhookRow | null,
): Promise<void> {
  const settings = (row: WebhookRow | null) =>
    row && {
      name: row.name,
      host: new URL(row.url).host,
      format: row.format,
      events: row.events,
      enabled: row.enabled,
    };
  const subject = { kind: 'desk_webhook', id: (after ?? before)?.id ?? '', name: (after ?? before)?.name ?? '' };
  await appendAudit(client, actor, {
    action,
    organizationId: null,
    subject,
    before: settings(before),
    after: settings(after),
  });
}

function bodyOf({ id, name, url, format, events, enabled, secret, updated_at }: WebhookRow) {
  return { id, name, url, format, events, enabled, signed: secret !== null, updated_at: updated_at.toISOString() };
}
