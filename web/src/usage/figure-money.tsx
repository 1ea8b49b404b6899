import { Money } from '../ui/money.tsx';
import { useFormats } from '../ui/use-formats.ts';

/** Written lengths from which on a figure takes the next smaller letters. */
const long = 11;
const veryLong = 15;

/** Money as a figure: never rounded, so its letters give way. */
export function FigureMoney({ amount }: { readonly amount: string }) {
  const { money } = useFormats();
  const { length } = money(amount);
  return <Money amount={amount} className={length > veryLong ? 'text-base' : length > long ? 'text-xl' : ''} />;
}
