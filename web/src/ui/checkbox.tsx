import { type InputHTMLAttributes, type ReactNode, use, useId } from 'react';
import { FieldError } from './field.tsx';
import { FormState } from './form-state.ts';

interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
}

/** Brings its own label; stands without a Field. */
export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
  const id = useId();
  const error = use(FormState).errors[rest.name ?? ''];
  const describedBy = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={className}>
      <div className="flex items-start gap-2.5">
        <input
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy || undefined}
          {...rest}
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-accent"
        />
        <div className="grid gap-0.5">
          <label htmlFor={id}>{label}</label>
          {hint && (
            <span id={`${id}-hint`} className="text-[0.8125rem] text-soft">
              {hint}
            </span>
          )}
        </div>
      </div>
      {error && <FieldError id={`${id}-error`} text={error} />}
    </div>
  );
}
