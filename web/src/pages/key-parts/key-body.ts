import type { Body } from '../../api/client.ts';

type ChangeBody = Body<'/control/v1/organizations/{organization}/keys/{key}', 'patch'>;
type Limits = NonNullable<ChangeBody['limits']>;

export const spendWindows = ['5h', '1d', '7d', 'total'] as const;
export type SpendWindow = (typeof spendWindows)[number];

/** Up to nine places behind the point, as the API counts money. */
export const amountPattern = '\\d{1,10}(\\.\\d{1,9})?';

/** What the fields of limits hold. An empty one is no limit; of requests per minute there is always one. Pure. */
export function limitsOf(values: FormData): Limits {
  const text = (name: string) => String(values.get(`limits.${name}`) ?? '').trim();
  const whole = (name: string) => (text(name) === '' ? null : Number(text(name)));
  const spend_usd = Object.fromEntries(
    spendWindows.map((window) => {
      const amount = text(`spend_usd.${window}`);
      return [window, amount === '' ? null : amount];
    }),
  );
  const perMinute = whole('requests_per_minute');
  return {
    ...(perMinute === null ? {} : { requests_per_minute: perMinute }),
    tokens_per_minute: whole('tokens_per_minute'),
    concurrency: whole('concurrency'),
    spend_usd,
  };
}

export const expiryPresets = ['7', '30', '90', '365'] as const;
export type Expiry = 'never' | 'at' | (typeof expiryPresets)[number];

const dayMs = 86_400_000;

/** ISO 8601, or null for never. `at` is what the reader has set by hand, where they have. Pure. */
export function expiresAt(expiry: Expiry, at: string | null, nowMs: number): string | null {
  if (expiry === 'never') return null;
  if (expiry === 'at') return at;
  return new Date(nowMs + Number(expiry) * dayMs).toISOString();
}
