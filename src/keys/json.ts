import { z } from 'zod';
import { formatMultiplier, formatUsd, parseUsd } from '../base/money.ts';
import { type SpendSpan, spendSpans } from '../base/spend-window.ts';
import { type KeyChange, type KeyLimitsInput, keyBounds } from './input.ts';
import { staffName } from './tell.ts';
import type { KeyHand, KeyView } from './view.ts';

/** Keys as JSON: members in snake_case, money as decimal text, times in ISO 8601. */
const time = z.iso.datetime({ offset: true });
const usd = z.string().describe('USD as a decimal, up to nine places: "12.5".');
const shownLimits = z.object({
  requests_per_minute: z.int(),
  counts_per_minute: z.int().describe('Token counting and other free calls.'),
  tokens_per_minute: z.int().nullable(),
  concurrency: z.int().nullable(),
  spend_usd: z.object({ total: usd.nullable(), '5h': usd.nullable(), '1d': usd.nullable(), '7d': usd.nullable() }),
});

const hand = z
  .object({
    by: z.enum(['member', 'staff', 'system']),
    account_id: z.string().nullable(),
    name: z.string().nullable().describe('Customers see staff as Support.'),
  })
  .meta({ id: 'KeyHand' });

export const keySchema = z
  .object({
    id: z.string(),
    prefix: z.string().describe('Fixed part and 8 characters: all of the key that is ever shown again.'),
    name: z.string(),
    note: z.string(),
    organization_id: z.string(),
    owner: z
      .object({
        kind: z.enum(['member', 'project', 'organization']),
        id: z.string().nullable(),
        name: z.string().nullable(),
        email: z.string().nullable(),
      })
      .describe('Whose key it is.'),
    project_id: z.string().nullable().describe('What its spend is booked to; a key of a member may have one, too.'),
    project_name: z.string().nullable(),
    group: z.string(),
    group_name: z.string(),
    vendor: z.string(),
    vendor_name: z.string(),
    multiplier: z.string(),
    state: z.enum(['enabled', 'disabled', 'deleted']),
    disabled: z
      .object({ by: hand.nullable(), reason: z.string().nullable() })
      .nullable()
      .describe('By whom it was put out of use, and why.'),
    expired: z.boolean(),
    expires_at: time.nullable(),
    allowed_models: z.array(z.string()).nullable().describe('Null: every model of the group.'),
    limits: shownLimits,
    spend: z
      .array(
        z.object({
          window: z.enum(spendSpans),
          used_usd: usd,
          limit_usd: usd.nullable(),
          remaining_usd: usd.nullable(),
          window_start: time.nullable(),
          reset_at: time.nullable(),
        }),
      )
      .describe('As far as requests have been booked, which takes about a second.'),
    spent_today_usd: usd.describe('Since midnight UTC.'),
    spent_30d_usd: usd.describe('In the last 30 days in UTC, today included.'),
    created_by: hand.nullable(),
    created_at: time,
    updated_at: time,
    last_used_at: time.nullable(),
  })
  .meta({ id: 'Key' });

export const createdSchema = z
  .object({ key: keySchema, secret: z.string().describe('The whole key. Shown now and never again.') })
  .meta({ id: 'CreatedKey' });

const perMinute = z.int().min(1).max(keyBounds.perMinute);
const amount = z
  .string()
  .refine((text) => parseUsd(text) !== null, 'a decimal amount of USD such as "12.5", as text')
  .nullable();
const changeMembers = {
  note: z.string().max(keyBounds.noteLength).optional(),
  expires_at: time.nullable().optional(),
  allowed_models: z
    .array(z.string().min(1).max(keyBounds.modelNameLength))
    .min(1)
    .max(keyBounds.allowedModels)
    .nullable()
    .optional()
    .describe("Names or aliases of the group's models; null: every model of the group."),
  limits: z
    .strictObject({
      requests_per_minute: perMinute.optional(),
      counts_per_minute: perMinute.optional(),
      tokens_per_minute: z.int().min(1).max(keyBounds.tokensPerMinute).nullable().optional(),
      concurrency: z.int().min(1).max(keyBounds.concurrency).nullable().optional(),
      spend_usd: z
        .strictObject({
          total: amount.optional(),
          '5h': amount.optional(),
          '1d': amount.optional(),
          '7d': amount.optional(),
        })
        .optional(),
    })
    .optional()
    .describe('Null takes a limit away; what is absent stays.'),
};
const name = z.string().min(1).max(keyBounds.nameLength);
export const changeBody = z.object({ name: name.optional(), ...changeMembers });
export const newBody = z.object({
  name,
  group: z.string().min(1).max(63).describe('Decides the vendor, for as long as the key lives.'),
  ...changeMembers,
});

export function changeOf(body: z.output<typeof changeBody>): KeyChange {
  const { name, note, expires_at: expiresAt, allowed_models: allowedModels, limits } = body;
  return {
    name,
    note,
    expiresAtMs: expiresAt === undefined || expiresAt === null ? expiresAt : Date.parse(expiresAt),
    allowedModels,
    limits: limits && limitsOf(limits),
  };
}

function limitsOf(limits: NonNullable<z.output<typeof changeBody>['limits']>): KeyLimitsInput {
  const spend: Partial<Record<SpendSpan, bigint | null>> = {};
  for (const span of spendSpans) {
    const text = limits.spend_usd?.[span];
    if (text !== undefined) spend[span] = text === null ? null : parseUsd(text);
  }
  return {
    requestsPerMinute: limits.requests_per_minute,
    countsPerMinute: limits.counts_per_minute,
    tokensPerMinute: limits.tokens_per_minute,
    concurrency: limits.concurrency,
    spend,
  };
}

/** For whom an answer is made: customers learn that staff acted, not who. */
export type Audience = 'customer' | 'staff';

export function keyBody(key: KeyView, audience: Audience): z.input<typeof keySchema> {
  const { spend: caps } = key.limits;
  return {
    id: key.id,
    prefix: key.prefix,
    name: key.name,
    note: key.note,
    organization_id: key.organizationId,
    owner: { ...key.owner },
    project_id: key.projectId,
    project_name: key.projectName,
    group: key.groupId,
    group_name: key.groupName,
    vendor: key.vendorId,
    vendor_name: key.vendorName,
    multiplier: formatMultiplier(key.multiplier),
    state: key.state,
    disabled: key.state === 'disabled' ? { by: handBody(key.disabledBy, audience), reason: key.disabledReason } : null,
    expired: key.expired,
    expires_at: isoTime(key.expiresAtMs),
    allowed_models: key.allowedModels === null ? null : [...key.allowedModels],
    limits: {
      requests_per_minute: key.limits.requestsPerMinute,
      counts_per_minute: key.limits.countsPerMinute,
      tokens_per_minute: key.limits.tokensPerMinute,
      concurrency: key.limits.concurrency,
      spend_usd: {
        total: usdOrNull(caps.total),
        '5h': usdOrNull(caps['5h']),
        '1d': usdOrNull(caps['1d']),
        '7d': usdOrNull(caps['7d']),
      },
    },
    spend: key.spend.map((window) => ({
      window: window.span,
      used_usd: formatUsd(window.spent),
      limit_usd: usdOrNull(window.limit),
      remaining_usd: usdOrNull(window.remaining),
      window_start: isoTime(window.windowStartMs),
      reset_at: isoTime(window.resetAtMs),
    })),
    spent_today_usd: formatUsd(key.spentToday),
    spent_30d_usd: formatUsd(key.spent30d),
    created_by: handBody(key.createdBy, audience),
    created_at: new Date(key.createdAtMs).toISOString(),
    updated_at: new Date(key.updatedAtMs).toISOString(),
    last_used_at: isoTime(key.lastUsedAtMs),
  };
}

function handBody(hand: KeyHand | null, audience: Audience) {
  if (hand === null) return null;
  if (audience === 'customer' && hand.by === 'staff') return { by: hand.by, account_id: null, name: staffName.en };
  return { by: hand.by, account_id: hand.accountId, name: hand.name };
}

function usdOrNull(nano: bigint | undefined): string | null {
  return nano === undefined ? null : formatUsd(nano);
}

function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
