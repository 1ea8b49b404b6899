import { ChevronDown } from 'lucide-react';
import type { ReactNode, SelectHTMLAttributes } from 'react';
import { cx } from './cx.ts';
import { useFieldWiring } from './field.tsx';

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

interface SelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  readonly options?: readonly Option[];
  /** `<option>` and `<optgroup>`, where a list of options is not enough. */
  readonly children?: ReactNode;
}

/** The platform's own: it works with every keyboard, screen reader and phone. */
export function Select({ options = [], children, className, ...rest }: SelectProps) {
  const wiring = useFieldWiring();
  return (
    <div className={cx('relative', className)}>
      <select {...wiring} {...rest} className="field-box appearance-none truncate pr-8">
        {options.map(({ value, label, disabled }) => (
          <option key={value} value={value} disabled={disabled}>
            {label}
          </option>
        ))}
        {children}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-soft"
      />
    </div>
  );
}
