import { useFormats } from './use-formats.ts';

interface NumbersProps {
  /** A string where it may be beyond 2^53. */
  readonly value: number | string;
  /** Written short (1.2M), with the exact number as title. */
  readonly compact?: boolean;
}

export function Numbers({ value, compact: short = false }: NumbersProps) {
  const { number, compact } = useFormats();
  const exact = number(value);
  return short ? (
    <data value={value} title={exact}>
      {compact(value)}
    </data>
  ) : (
    <data value={value}>{exact}</data>
  );
}
