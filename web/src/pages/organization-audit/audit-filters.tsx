import { X } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTranslations } from 'use-intl';
import type { Filters } from '../../navigation.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx';
import { withoutSecret } from '../../ui/without-secret.ts';
import { useAllMembers } from '../organization-parts/use-all.ts';
import { type FilterName, kinds } from './question.ts';

interface AuditFiltersProps {
  readonly filters: Filters<FilterName>;
}

export function AuditFilters({ filters }: AuditFiltersProps) {
  const t = useTranslations('audit');
  const { values, set } = filters;
  return (
    <>
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="search" label={t('search')} tidy={withoutSecret} />
        <ActorFilter filters={filters} />
        <FilterSelect
          filters={filters}
          name="kind"
          label={t('subject')}
          all={t('allKinds')}
          options={kinds.map((value) => ({ value, label: t(`subjects.${value}`) }))}
        />
        <DayFilter label={t('since')} value={values.since} max={values.until} onChange={(since) => set({ since })} />
        <DayFilter label={t('until')} value={values.until} min={values.since} onChange={(until) => set({ until })} />
      </FilterBar>
      {values.subject && (
        <p className="-mt-1 mb-4">
          <Chip label={t('takeOff')} onRemove={() => set({ subject: undefined })}>
            {t('about')} <code className="font-mono text-xs break-all">{values.subject}</code>
          </Chip>
        </p>
      )}
    </>
  );
}

/** Members, and those who are none: a person who has left is still somebody who did something. */
function ActorFilter({ filters }: AuditFiltersProps) {
  const t = useTranslations('audit');
  const members = useAllMembers();
  const { actor } = filters.values;
  const options = [
    ...(members ?? []).map(({ account_id: value, name, email }) => ({ value, label: name || email })),
    { value: 'support', label: t('support') },
    { value: 'system', label: t('system') },
  ];
  const isListed = actor === undefined || options.some(({ value }) => value === actor);
  return (
    <FilterSelect
      filters={filters}
      name="actor"
      label={t('actor')}
      all={t('everybody')}
      options={isListed ? options : [{ value: actor, label: actor }, ...options]}
    />
  );
}

interface DayFilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly onChange: (day: string | undefined) => void;
}

function DayFilter({ label, value, min, max, onChange }: DayFilterProps) {
  const id = useId();
  return (
    <div className="flex min-w-40 grow items-center gap-1.5 sm:grow-0">
      <label htmlFor={id} className="shrink-0 text-soft">
        {label}
      </label>
      <input
        id={id}
        type="date"
        className="field-box min-w-0 sm:w-36"
        value={value ?? ''}
        min={min}
        max={max}
        onChange={({ target }) => onChange(target.value || undefined)}
      />
    </div>
  );
}

interface ChipProps {
  readonly label: string;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

function Chip({ label, onRemove, children }: ChipProps) {
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 rounded-lg bg-accent-wash py-1 pr-1 pl-2.5 text-[0.8125rem]">
      <span className="min-w-0">{children}</span>
      <button
        type="button"
        aria-label={label}
        onClick={onRemove}
        className="grid size-6 shrink-0 place-items-center rounded-md hover:bg-card"
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </span>
  );
}
