import type { InputHTMLAttributes, ReactNode, Ref } from 'react';
import { cx } from './cx.ts';
import { useFieldWiring } from './field.tsx';

interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly ref?: Ref<HTMLInputElement>;
  /** Keys, ids, model names: in the fixed-width font, without the phone's corrections. */
  readonly code?: boolean;
  /** Inside the box, at its end: a unit, a button. */
  readonly suffix?: ReactNode;
}

export function TextInput({ code = false, suffix, className, ...rest }: TextInputProps) {
  const wiring = useFieldWiring();
  const plain = code ? { spellCheck: false, autoCapitalize: 'off', autoCorrect: 'off' } : {};
  const input = (
    <input
      type="text"
      {...wiring}
      {...plain}
      {...rest}
      className={cx('field-box', code && 'font-mono', suffix !== undefined && 'pr-11', className)}
    />
  );
  if (suffix === undefined) return input;
  return (
    <div className="relative">
      {input}
      <div className="absolute inset-y-0 right-0 grid min-w-10 place-items-center px-1 text-soft">{suffix}</div>
    </div>
  );
}
