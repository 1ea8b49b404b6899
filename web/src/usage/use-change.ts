import { useFormats } from '../ui/use-formats.ts';

/** "+12%" of a value against an earlier one; null where there was nothing before. */
export function useChange(): (now: number, before: number) => string | null {
  const { number } = useFormats();
  return (now, before) => {
    if (before === 0) return null;
    const share = now / before - 1;
    const written = number(share, { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 0 });
    return written.replace('-', '−');
  };
}
