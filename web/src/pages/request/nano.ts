/** Integer billionths of a dollar as a decimal string of dollars: 1500000000 → "1.5". Pure. */
export function nanoToUsd(nano: number): string {
  const value = BigInt(Math.round(nano));
  const digits = (value < 0n ? -value : value).toString().padStart(10, '0');
  const fraction = digits.slice(-9).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -9)}${fraction === '' ? '' : `.${fraction}`}`;
}
