import { type ReactNode, use, useId } from 'react';
import { cx } from './cx.ts';
import { FieldError } from './field.tsx';
import { FormState } from './form-state.ts';

export interface RadioCard<Value extends string> {
  readonly value: Value;
  readonly title: ReactNode;
  readonly text?: ReactNode;
  /** At the end of the first line: a price, a badge. */
  readonly aside?: ReactNode;
  readonly disabled?: boolean;
}

interface RadioCardsProps<Value extends string> {
  readonly name: string;
  readonly label: string;
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly cards: readonly RadioCard<Value>[];
  readonly required?: boolean;
  readonly columns?: 1 | 2 | 3;
  /** Of several sets with one name, one says what is wrong. */
  readonly quiet?: boolean;
}

const grids = { 1: '', 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-3' } as const;

/** One of a few, with a sentence about each. */
export function RadioCards<Value extends string>(props: RadioCardsProps<Value>) {
  const { name, label, value, onChange, cards, required = false, columns = 1, quiet = false } = props;
  const id = useId();
  const known = use(FormState).errors[name];
  const error = quiet ? undefined : known;
  return (
    <fieldset className="grid gap-1.5" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 font-medium">{label}</legend>
      <div className={cx('grid gap-2', grids[columns])}>
        {cards.map((card) => (
          <label
            key={card.value}
            className="flex cursor-pointer items-start gap-3 rounded-xl border border-line bg-card px-3.5 py-3 hover:border-edge has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent has-disabled:cursor-not-allowed has-disabled:opacity-55"
          >
            <input
              type="radio"
              name={name}
              value={card.value}
              checked={card.value === value}
              disabled={card.disabled}
              required={required}
              aria-invalid={error ? true : undefined}
              onChange={() => onChange(card.value)}
              className="mt-1 shrink-0 accent-accent outline-none"
            />
            <span className="grid min-w-0 grow gap-0.5">
              <span className="flex flex-wrap items-center justify-between gap-x-3 font-medium">
                {card.title}
                {card.aside && <span className="font-normal">{card.aside}</span>}
              </span>
              {card.text && <span className="text-[0.8125rem] text-soft">{card.text}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && <FieldError id={`${id}-error`} text={error} />}
    </fieldset>
  );
}
