import type pg from 'pg';
import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import { type Route, route, Throttle, ThrottledError } from '../http/index.ts';
import type { ReportedKeys } from './reported.ts';
import { changeLeakedKeySetting, type LeakedKeySetting, readLeakedKeySetting } from './reported-rule.ts';
import { signatureFits } from './reported-signature.ts';

export interface KeyReportRouteOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly reported: ReportedKeys;
  /** Shared with services that look for keys; null: they cannot report here. */
  readonly partnerSecret: string | null;
}

const hourMs = 3_600_000;
/** Per address: a person who found keys, not somebody who tries them. */
const reportsPerHour = 20;
const textMax = 20_000;
const partnerTokensMax = 100;

const settingSchema = z
  .object({
    rule: z
      .enum(['disable', 'grace', 'tell'])
      .describe('disable: at once. grace: after some time. tell: its owner is told, and the key stays in use.'),
    grace_minutes: z.int().min(1).max(10_080).describe('Of `grace`.'),
  })
  .meta({ id: 'LeakedKeyRule' });

const receivedSchema = z.object({ received: z.literal(true) });
const received = { status: 202, body: { received: true } } as const;

/** What becomes of keys that became known to others, and how that is reported. */
export function keyReportRoutes(options: KeyReportRouteOptions): readonly Route[] {
  return [...settingRoutes(options), formRoute(options), partnerRoute(options)];
}

function settingRoutes({ pool }: KeyReportRouteOptions): Route[] {
  const path = '/control/v1/organizations/{organization}/leaked-key-rule';
  const params = z.object({ organization: z.string() });
  return [
    route({
      method: 'GET',
      path,
      summary: 'Show what is done when a key becomes known to others',
      access: 'organization:organization.read',
      params,
      responses: { 200: settingSchema },
      async handle({ organizationId }) {
        return { status: 200, body: settingBody(await readLeakedKeySetting(pool, organizationId)) };
      },
    }),
    route({
      method: 'PUT',
      path,
      summary: 'Set what is done when a key becomes known to others',
      access: 'organization:organization.write',
      params,
      body: settingSchema,
      responses: { 200: settingSchema },
      async handle({ organizationId, actor }, { body }) {
        const setting = { rule: body.rule, graceMinutes: body.grace_minutes };
        return { status: 200, body: settingBody(await changeLeakedKeySetting(pool, organizationId, setting, actor)) };
      },
    }),
  ];
}

function settingBody({ rule, graceMinutes }: LeakedKeySetting) {
  return { rule, grace_minutes: graceMinutes };
}

function formRoute({ reported, clock }: KeyReportRouteOptions): Route {
  const throttle = new Throttle(clock, reportsPerHour, hourMs);
  return route({
    method: 'POST',
    path: '/control/v1/report-key',
    summary: 'Report keys that you have found; the answer is always the same',
    access: 'public',
    body: z.object({ text: z.string().min(1).max(textMax).describe('Holds the whole key. It is not kept.') }),
    responses: { 202: receivedSchema },
    problems: { key_report_throttled: 429 },
    async handle({ actor }, { body }) {
      const waitSeconds = throttle.count(actor.ipAddress ?? '');
      if (waitSeconds > 0)
        throw new ThrottledError('key_report_throttled', 'That is enough reports for now. Thank you.', waitSeconds);
      await reported.reportFound([body.text], { source: 'form', actor });
      return received;
    },
  });
}

function partnerRoute({ reported, clock, partnerSecret }: KeyReportRouteOptions): Route {
  return route({
    method: 'POST',
    path: '/control/v1/key-reports',
    summary: 'Report keys found by a service that looks for them, signed with the shared secret',
    access: 'public',
    body: z
      .array(
        z.object({
          token: z.string().min(1).max(500).describe('The whole key. It is not kept.'),
          type: z.string().max(100).optional(),
          url: z.string().max(2_000).optional().describe('Where it was found.'),
          source: z.string().max(100).optional().describe('What it was found in: content, commit, issue.'),
        }),
      )
      .min(1)
      .max(partnerTokensMax)
      .describe('Lodge-Signature: t=<Unix seconds>,v1=<HMAC-SHA256 in hex of "<t>." and the body as it is sent>.'),
    responses: { 202: receivedSchema },
    problems: { key_report_closed: 404, key_report_signature_wrong: 401 },
    async handle({ actor, signed }, { body }) {
      if (partnerSecret === null)
        throw new AppError('key_report_closed', 'This site takes no signed reports. Use /control/v1/report-key.');
      if (signed === undefined || !signatureFits(partnerSecret, signed.signature, signed.bytes, clock.now()))
        throw new AppError(
          'key_report_signature_wrong',
          'Lodge-Signature does not fit this body and secret, or its time is more than five minutes off.',
        );
      await reported.reportFound(
        body.map(({ token }) => token),
        { source: 'partner', actor },
      );
      return received;
    },
  });
}
