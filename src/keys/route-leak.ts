import { z } from 'zod';
import { formatUsd } from '../base/money.ts';
import { InputError, type Route, route } from '../http/index.ts';
import { createdSchema, keyBody, keySchema } from './json.ts';
import type { LeakReport } from './leak.ts';
import { leakText } from './leak-text.ts';
import { type LeakRequest, type LeakUsage, toolsOfNewest } from './leak-usage.ts';
import { keyProblemsOf } from './problems.ts';
import { scopeOfMember } from './scope.ts';
import type { KeyStore } from './store.ts';

const time = z.iso.datetime({ offset: true });
const dayMs = 86_400_000;
const shownDays = 7;
const mostDays = 90;
/** A long log; whoever has more pastes it in parts. */
const textMax = 200_000;

const leakBody = z.object({
  action: z.enum(['disable', 'delete']).default('disable').describe('Deleting is final.'),
  successor: z.boolean().default(true).describe('Make a key with the same settings.'),
  since: time.optional().describe('From when on its use is shown: at most 90 days back. Absent: 7 days.'),
  locale: z.enum(['en', 'zh']).default('en').describe('Of the text for support.'),
});

const usageSchema = z.object({
  since: time,
  requests: z.int().nullable().describe('Null here and below: you may not see it.'),
  spent_usd: z.string().nullable(),
  models: z.array(z.object({ model: z.string(), requests: z.int(), spent_usd: z.string() })).nullable(),
  tools: z
    .array(z.object({ tool: z.string().nullable(), requests: z.int() }))
    .nullable()
    .describe(`Of the newest ${toolsOfNewest} requests.`),
  newest: z
    .array(
      z.object({
        request_id: z.string(),
        received_at: time,
        model: z.string().nullable(),
        tool: z.string().nullable(),
        status: z.int().nullable(),
        code: z.string().nullable(),
        spent_usd: z.string(),
      }),
    )
    .nullable(),
});

const leakSchema = z
  .object({
    key: keySchema,
    successor: createdSchema.nullable(),
    successor_refused: z
      .object({ code: z.string(), detail: z.string() })
      .nullable()
      .describe('Why there is none although one was asked for. The leaked key is out of use all the same.'),
    usage: usageSchema,
    support_text: z.string().describe('To send to support. Holds no secret.'),
  })
  .meta({ id: 'KeyLeak' });

/** What to do with a key that became known to others. */
export function leakRoutes(store: KeyStore): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/control/v1/organizations/{organization}/keys/{key}/leaked',
      summary: 'Put a leaked key out of use, replace it, and see what it was used for',
      access: 'organization:keys.write',
      params: z.object({ organization: z.string(), key: z.string().describe('Id or public prefix.') }),
      body: leakBody,
      responses: { 200: leakSchema },
      problems: keyProblemsOf('key_not_found'),
      async handle(context, { params, body }) {
        const { action, successor } = body;
        const input = { action, successor, sinceMs: sinceOf(body.since, Date.now()) };
        const report = await store.reportLeak(scopeOfMember(context), params.key, input, context.actor);
        return { status: 200, body: reportBody(report, leakText(report, body.locale)) };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/organizations/{organization}/keys/recognise',
      summary: 'Find keys of yours in any text; the text is not kept',
      access: 'organization:keys.read',
      params: z.object({ organization: z.string() }),
      body: z.object({ text: z.string().min(1).max(textMax) }),
      responses: {
        200: z.object({
          data: z.array(
            z.object({
              prefix: z.string(),
              whole: z.boolean().describe('The whole key stands in the text: whoever reads it can use it.'),
              key: keySchema.nullable().describe('Null: none that you may see.'),
            }),
          ),
        }),
      },
      async handle(context, { body }) {
        const found = await store.recognise(scopeOfMember(context), body.text);
        const data = found.map(({ prefix, whole, key }) => ({ prefix, whole, key: key && keyBody(key, 'customer') }));
        return { status: 200, body: { data } };
      },
    }),
  ];
}

/** @throws InputError */
function sinceOf(since: string | undefined, nowMs: number): number {
  if (since === undefined) return nowMs - shownDays * dayMs;
  const sinceMs = Date.parse(since);
  if (sinceMs <= nowMs && sinceMs >= nowMs - mostDays * dayMs) return sinceMs;
  throw new InputError([{ field: 'body.since', message: `a time within the last ${mostDays} days` }]);
}

function reportBody({ key, successor, refused, usage }: LeakReport, text: string): z.input<typeof leakSchema> {
  const { sums, tools, requests } = usage;
  return {
    key: keyBody(key, 'customer'),
    successor: successor && { key: keyBody(successor.key, 'customer'), secret: successor.secret },
    successor_refused: refused && { code: refused.code, detail: refused.message },
    usage: {
      since: new Date(usage.sinceMs).toISOString(),
      requests: sums?.requests ?? null,
      spent_usd: sums && formatUsd(sums.spent),
      models: sums?.models.map(modelBody) ?? null,
      tools: tools?.map((each) => ({ ...each })) ?? null,
      newest: requests?.map(requestBody) ?? null,
    },
    support_text: text,
  };
}

function modelBody({ model, requests, spent }: NonNullable<LeakUsage['sums']>['models'][number]) {
  return { model, requests, spent_usd: formatUsd(spent) };
}

function requestBody({ id, receivedAtMs, model, tool, status, code, spent }: LeakRequest) {
  const received_at = new Date(receivedAtMs).toISOString();
  return { request_id: id, received_at, model, tool, status, code, spent_usd: formatUsd(spent) };
}
