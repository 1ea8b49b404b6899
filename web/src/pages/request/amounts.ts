/** Integer billionths of a dollar as a decimal string of dollars: 1500000000 → "1.5". Pure. */
export function nanoToUsd(nano: number): string {
  const value = BigInt(Math.round(nano));
  const digits = (value < 0n ? -value : value).toString().padStart(10, '0');
  const fraction = digits.slice(-9).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -9)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Whether an amount is something else than the sum of its parts: decimal strings of any length. Pure. */
export function isRounded(amount: string, parts: readonly string[]): boolean {
  const places = Math.max(...[amount, ...parts].map((text) => text.split('.')[1]?.length ?? 0));
  const scaled = (text: string): bigint => {
    const [whole = '0', fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(places, '0'));
  };
  return parts.reduce((sum, part) => sum + scaled(part), 0n) !== scaled(amount);
}

/** Whether a decimal string is nothing. Pure. */
export function isZero(amount: string): boolean {
  return /^-?[0.]*$/.test(amount);
}
