import { X } from 'lucide-react';
import { type Dimension, dimensions } from '../../usage/dimensions.ts';
import { useTranslations } from '../../words/use-translations.ts';
import type { TabProps } from './parts.ts';
import { toggled } from './question.ts';
import { useValueNames } from './reading.ts';

type ChipsProps = Pick<TabProps, 'filters' | 'narrowing'>;

/** What is filtered by, each value to be taken away by itself. */
export function FilterChips({ filters, narrowing }: ChipsProps) {
  const set = dimensions.filter((dimension) => filters[dimension] !== undefined);
  if (set.length === 0) return null;
  return (
    <ul className="mb-4 flex flex-wrap gap-2">
      {set.map((dimension) => (
        <DimensionChips key={dimension} dimension={dimension} filters={filters} narrowing={narrowing} />
      ))}
    </ul>
  );
}

function DimensionChips({ dimension, filters, narrowing }: ChipsProps & { readonly dimension: Dimension }) {
  const t = useTranslations('usage');
  const values = filters[dimension] ?? [];
  const nameOf = useValueNames(dimension, values);
  return values.map((value) => {
    const text = t('chip', { dimension: t(`dimensions.${dimension}`), value: nameOf(value) });
    return (
      <li key={value} className="min-w-0">
        <button
          type="button"
          aria-label={t('removeChip', { filter: text })}
          onClick={() => narrowing.set({ [dimension]: toggled(filters, dimension, value) })}
          className="flex min-h-7 max-w-full items-center gap-1.5 rounded-full border border-line bg-card py-0.5 pr-2 pl-3 text-[0.8125rem] hover:border-edge hover:bg-sunk"
        >
          <span className="truncate">{text}</span>
          <X aria-hidden="true" className="size-3.5 shrink-0 text-soft" />
        </button>
      </li>
    );
  });
}
