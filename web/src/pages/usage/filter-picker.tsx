import { ArrowLeft, ChevronRight, ListFilter } from 'lucide-react';
import { useState } from 'react';
import { useRead } from '../../api/queries.ts';
import { useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Popover } from '../../ui/popover.tsx';
import { SkeletonText } from '../../ui/skeleton.tsx';
import { type Dimension, dimensions } from '../../usage/dimensions.ts';
import { useTranslations } from '../../words/use-translations.ts';
import type { TabProps } from './parts.ts';
import { manyValues, nothing, toggled } from './question.ts';
import { useSeriesName, useUsageQuestion } from './reading.ts';

type FilterPickerProps = Pick<TabProps, 'view' | 'filters' | 'narrowing'>;

/** Filters by what was used in the range: first by what, then the values, the most used first. */
export function FilterPicker(props: FilterPickerProps) {
  const t = useTranslations('usage');
  return (
    <Popover
      label={t('filterBy')}
      trigger={(attributes) => (
        <Button icon={ListFilter} {...attributes}>
          {t('addFilter')}
        </Button>
      )}
    >
      <Choice {...props} />
    </Popover>
  );
}

/** An organization of one person has no teams, and no other members. */
const shared: readonly Dimension[] = ['team', 'member'];

function Choice(props: FilterPickerProps) {
  const t = useTranslations('usage');
  const { kind } = useOrganization();
  const [dimension, setDimension] = useState<Dimension | null>(null);
  if (dimension !== null) return <Values {...props} dimension={dimension} onBack={() => setDimension(null)} />;
  const offered = dimensions.filter((each) => kind !== 'personal' || !shared.includes(each));
  return (
    <div className="grid w-60 max-w-full gap-px p-2">
      {offered.map((each, index) => (
        <button
          key={each}
          type="button"
          // biome-ignore lint/a11y/noAutofocus: the panel was just opened, or one stepped back in it.
          autoFocus={index === 0}
          onClick={() => setDimension(each)}
          className="flex min-h-9 items-center justify-between gap-2 rounded-lg px-2.5 text-left hover:bg-sunk"
        >
          <span>{t(`dimensions.${each}`)}</span>
          <span className="flex items-center gap-1.5 text-soft">
            {props.filters[each]?.length}
            <ChevronRight aria-hidden="true" className="size-4" />
          </span>
        </button>
      ))}
    </div>
  );
}

interface ValuesProps extends FilterPickerProps {
  readonly dimension: Dimension;
  readonly onBack: () => void;
}

function Values({ view, filters, narrowing, dimension, onBack }: ValuesProps) {
  const t = useTranslations('usage');
  const { id: organization } = useOrganization();
  const [search, setSearch] = useState('');
  // What is chosen already must not take the other values off the list.
  const question = useUsageQuestion(view, { ...filters, [dimension]: undefined });
  const query = { ...question, split: dimension, rank: 'requests', most: manyValues, interval: undefined } as const;
  const { data, error, retry } = useRead('/control/v1/organizations/{organization}/usage', {
    params: { organization },
    query,
  });
  const nameOf = useSeriesName(dimension);
  const chosen = filters[dimension] ?? [];
  const found = (data?.series ?? []).filter(({ rest }) => !rest);
  const wanted = search.trim().toLowerCase();
  const shown = found.filter((one) => `${nameOf(one)} ${one.detail ?? ''}`.toLowerCase().includes(wanted));
  return (
    <div className="grid w-80 max-w-full gap-3 p-3">
      <div className="flex items-center gap-1">
        <IconButton small icon={ArrowLeft} label={t('filterBack')} onClick={onBack} />
        <p className="font-medium">{t(`dimensions.${dimension}`)}</p>
      </div>
      <input
        // biome-ignore lint/a11y/noAutofocus: the list was just opened, to choose from.
        autoFocus
        type="search"
        aria-label={t('filterSearch')}
        placeholder={t('filterSearch')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className="field-box"
      />
      {error && !data ? (
        <ErrorState error={error} onRetry={retry} />
      ) : data === undefined ? (
        <SkeletonText lines={4} />
      ) : shown.length === 0 ? (
        <p className="py-2 text-soft">{t(found.length === 0 ? 'filterNone' : 'filterNoMatch')}</p>
      ) : (
        <ul aria-label={t(`dimensions.${dimension}`)} className="grid max-h-64 gap-2 overflow-y-auto py-0.5">
          {shown.map((one) => {
            const value = one.value === '' ? nothing : (one.value ?? '');
            return (
              <li key={value} className="flex items-start justify-between gap-3">
                <Checkbox
                  className="min-w-0 [&_label]:break-words"
                  label={nameOf(one)}
                  hint={one.detail}
                  checked={chosen.includes(value)}
                  onChange={() => narrowing.set({ [dimension]: toggled(filters, dimension, value) })}
                />
                <span className="text-[0.8125rem] text-soft">
                  <Numbers compact value={one.totals.requests} />
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {data?.series.some(({ rest }) => rest) && (
        <p className="text-xs text-faint">{t('filterMost', { count: String(manyValues) })}</p>
      )}
    </div>
  );
}
