import { cx } from './cx.ts';
import { useFormats } from './use-formats.ts';

interface MoneyProps {
  /** US dollars as the API gives them: a decimal string. */
  readonly amount: string;
  readonly className?: string;
}

/** Never rounded: every digit that counts is there, and the API's own string is the title. */
export function Money({ amount, className }: MoneyProps) {
  const { money } = useFormats();
  return (
    <data value={amount} title={`${amount} USD`} className={cx('whitespace-nowrap', className)}>
      {money(amount)}
    </data>
  );
}
