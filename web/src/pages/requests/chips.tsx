import { X } from 'lucide-react';
import type { Request } from '../../api/schema.ts';
import type { Filters } from '../../navigation.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { moreNames } from './more-filters.tsx';
import { knownOutcome } from './outcome.tsx';
import type { FilterName } from './question.ts';

interface FilterChipsProps {
  readonly filters: Filters<FilterName>;
  readonly rows: readonly Request[];
}

/** The filters of the panel that are set, each to be taken away by itself. */
export function FilterChips({ filters, rows }: FilterChipsProps) {
  const t = useTranslations('requests');
  const { duration } = useFormats();
  const set = moreNames.filter((name) => filters.values[name] !== undefined);
  if (set.length === 0) return null;
  const shown = (name: (typeof moreNames)[number], value: string): string => {
    if (name === 'key') return keyName(value, rows) ?? value;
    if (name === 'project') return rows.find((row) => row.project_id === value)?.project_name ?? value;
    if (name === 'min_duration_ms') return duration(Number(value) || 0);
    const outcome = name === 'outcome' ? knownOutcome(value) : null;
    return outcome === null ? value : t(`outcomes.${outcome}`);
  };
  return (
    <ul className="mb-4 flex flex-wrap gap-2">
      {set.map((name) => {
        const text = t(`filters.chips.${name}`, { value: shown(name, filters.values[name] ?? '') });
        return (
          <li key={name}>
            <button
              type="button"
              aria-label={t('filters.remove', { filter: text })}
              onClick={() => filters.set({ [name]: undefined })}
              className="flex min-h-7 max-w-full items-center gap-1.5 rounded-full border border-line bg-card py-0.5 pr-2 pl-3 text-[0.8125rem] hover:border-edge hover:bg-sunk"
            >
              <span className="truncate">{text}</span>
              <X aria-hidden="true" className="size-3.5 shrink-0 text-soft" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function keyName(value: string, rows: readonly Request[]): string | null {
  return rows.find((row) => row.key_id === value || row.key_prefix === value)?.key_name ?? null;
}
