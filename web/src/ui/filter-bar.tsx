import { FilterX, Search } from 'lucide-react';
import { type ReactNode, useEffect, useId, useState } from 'react';
import type { Filters } from '../navigation.tsx';
import { useTranslations } from '../words/use-translations.ts';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { type Option, Select } from './select.tsx';

interface FilterBarProps {
  /** Of `useFilters`: they live in the URL. */
  readonly filters: Filters<string>;
  /** FilterSelect, FilterText. */
  readonly children: ReactNode;
  /** At the end: export, refresh. */
  readonly actions?: ReactNode;
}

export function FilterBar({ filters, children, actions }: FilterBarProps) {
  const t = useTranslations('ui');
  return (
    <search className="mb-4 flex flex-wrap items-end gap-2">
      {children}
      {filters.isSet && (
        <Button variant="ghost" icon={FilterX} onClick={filters.clear}>
          {t('clearFilters')}
        </Button>
      )}
      {actions && <div className="ml-auto flex gap-2">{actions}</div>}
    </search>
  );
}

interface FilterProps<Name extends string> {
  readonly filters: Filters<Name>;
  readonly name: Name;
  readonly label: string;
}

interface FilterSelectProps<Name extends string> extends FilterProps<Name> {
  readonly options: readonly Option[];
  /** What no choice means: "All keys". */
  readonly all: string;
}

export function FilterSelect<Name extends string>({ filters, name, label, options, all }: FilterSelectProps<Name>) {
  const value = filters.values[name] ?? '';
  return (
    <Select
      aria-label={label}
      className={cx('max-w-56 min-w-32 grow max-sm:basis-32 sm:grow-0', value !== '' && '[&>select]:border-accent')}
      value={value}
      onChange={(event) => filters.set({ [name]: event.target.value || undefined } as Partial<Record<Name, string>>)}
      options={[{ value: '', label: all }, ...options]}
    />
  );
}

/** How long after the last key the list follows. */
const settleMs = 300;

interface FilterTextProps<Name extends string> extends FilterProps<Name> {
  /** What is kept of what was typed or pasted: the address must not hold a secret. */
  readonly tidy?: (text: string) => string;
}

const asTyped = (text: string) => text;

export function FilterText<Name extends string>({ filters, name, label, tidy = asTyped }: FilterTextProps<Name>) {
  const id = useId();
  const value = filters.values[name] ?? '';
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    // Changed from elsewhere: Clear, the browser's Back.
    setSeen(value);
    setText(value);
  }
  const { set } = filters;
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => {
      setSeen(text.trim());
      set({ [name]: text.trim() || undefined } as Partial<Record<Name, string>>);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [text, value, name, set]);
  return (
    <div className="relative min-w-48 grow sm:max-w-72">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
      />
      <input
        id={id}
        type="search"
        placeholder={label}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(tidy(event.target.value))}
        className="field-box pl-8"
      />
    </div>
  );
}
