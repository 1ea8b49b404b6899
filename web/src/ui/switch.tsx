import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

interface SwitchProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly hideLabel?: boolean;
}

/** Takes effect at once. What is only saved with a form is a Checkbox. */
export function Switch({ label, hint, checked, onChange, disabled = false, hideLabel = false }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <button
        type="button"
        role="switch"
        id={id}
        aria-checked={checked}
        aria-label={hideLabel ? label : undefined}
        aria-labelledby={hideLabel ? undefined : `${id}-label`}
        aria-describedby={hint ? `${id}-hint` : undefined}
        disabled={disabled}
        onClick={() => onChange(!checked)}
        className={cx(
          'relative mt-px h-5 w-9 shrink-0 rounded-full border transition-colors disabled:opacity-55',
          checked ? 'border-transparent bg-accent' : 'border-edge bg-sunk',
        )}
      >
        <span
          className={cx(
            'absolute top-1/2 size-3.5 -translate-y-1/2 rounded-full transition-[left]',
            checked ? 'left-[1.125rem] bg-on-accent' : 'left-0.5 bg-soft',
          )}
        />
      </button>
      {!hideLabel && (
        <div className="grid gap-0.5">
          <label id={`${id}-label`} htmlFor={id}>
            {label}
          </label>
          {hint && (
            <span id={`${id}-hint`} className="text-[0.8125rem] text-soft">
              {hint}
            </span>
          )}
        </div>
      )}
    </div>
  );
}
