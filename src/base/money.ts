/** Integer nano-USD: 1 USD = 1,000,000,000. The only unit in which money is added up. */
export type NanoUsd = bigint;

/** A multiplier in ten-thousandths: 10_000 = 1.0, 9_000 = 0.9. */
export type Multiplier = number;

const nanoPerUsd = 1_000_000_000n;

/** Divides two non-negative integers and rounds half up. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

/** What the customer pays: cost × multiplier, rounded half up once. */
export function applyMultiplier(cost: NanoUsd, multiplier: Multiplier): NanoUsd {
  return divideHalfUp(cost * BigInt(multiplier), 10_000n);
}

/** `"12.5"` → 12_500_000_000n. Refuses what is not a plain non-negative decimal with at most nine places. */
export function parseUsd(text: string): NanoUsd | null {
  const match = /^(\d{1,12})(?:\.(\d{1,9}))?$/.exec(text.trim());
  if (!match) return null;
  return BigInt(match[1] ?? '0') * nanoPerUsd + BigInt((match[2] ?? '').padEnd(9, '0'));
}

/** 12_500_000_000n → `"12.5"`. Exact: every nano that is not zero is shown. */
export function formatUsd(nano: NanoUsd): string {
  const sign = nano < 0n ? '-' : '';
  const size = nano < 0n ? -nano : nano;
  const fraction = (size % nanoPerUsd).toString().padStart(9, '0').replace(/0+$/, '');
  return `${sign}${size / nanoPerUsd}${fraction ? `.${fraction}` : ''}`;
}

/** `"0.9"` → 9_000. Refuses more than four places. */
export function parseMultiplier(text: string): Multiplier | null {
  const match = /^(\d{1,4})(?:\.(\d{1,4}))?$/.exec(text.trim());
  if (!match) return null;
  return Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(4, '0'));
}

/** 9_000 → `"0.9"`. */
export function formatMultiplier(multiplier: Multiplier): string {
  const fraction = String(multiplier % 10_000)
    .padStart(4, '0')
    .replace(/0+$/, '');
  return `${Math.floor(multiplier / 10_000)}${fraction ? `.${fraction}` : ''}`;
}
