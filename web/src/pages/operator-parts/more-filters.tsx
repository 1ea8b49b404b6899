import { SlidersHorizontal } from 'lucide-react';
import type { FormEvent } from 'react';
import type { Filters } from '../../navigation.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Popover } from '../../ui/popover.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { withoutSecret } from '../../ui/without-secret.ts';
import { useTranslations } from '../../words/use-translations.ts';

export interface MoreField<Name extends string> {
  readonly name: Name;
  readonly label: string;
  readonly type?: 'text' | 'date';
}

interface MoreFiltersProps<Name extends string> {
  readonly filters: Filters<Name>;
  readonly fields: readonly MoreField<Name>[];
}

/** Filters that are wanted less often. The button says how many of them are set. */
export function MoreFilters<Name extends string>({ filters, fields }: MoreFiltersProps<Name>) {
  const t = useTranslations('requests.filters');
  const count = fields.filter(({ name }) => filters.values[name] !== undefined).length;
  return (
    <Popover
      label={t('more')}
      trigger={(attributes) => (
        <Button icon={SlidersHorizontal} {...attributes} className={count > 0 ? 'border-accent' : ''}>
          {count === 0 ? t('more') : t('moreCount', { count: String(count) })}
        </Button>
      )}
    >
      {(close) => <MoreForm filters={filters} fields={fields} onDone={close} />}
    </Popover>
  );
}

function MoreForm<Name extends string>({ filters, fields, onDone }: MoreFiltersProps<Name> & { onDone: () => void }) {
  const t = useTranslations('requests.filters');
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const given = fields.map(({ name }) => [name, withoutSecret(String(data.get(name) ?? '').trim()) || undefined]);
    filters.set(Object.fromEntries(given) as Partial<Record<Name, string | undefined>>);
    onDone();
  };
  return (
    <form onSubmit={apply} className="grid w-[26rem] max-w-full gap-3 p-4 sm:grid-cols-2">
      {fields.map(({ name, label, type = 'text' }) => (
        <Field key={name} name={name} label={label}>
          <TextInput type={type} autoComplete="off" spellCheck={false} defaultValue={filters.values[name] ?? ''} />
        </Field>
      ))}
      <div className="flex justify-end sm:col-span-2">
        <Button type="submit" variant="primary">
          {t('apply')}
        </Button>
      </div>
    </form>
  );
}
