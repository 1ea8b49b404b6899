import { useId } from 'react';
import type { Request } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import type { Filters } from '../../navigation.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { withoutSecret } from '../../ui/without-secret.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { fromZoned, toZoned } from '../../zoned-time.ts';
import { FilterChips } from './chips.tsx';
import { MoreFilters } from './more-filters.tsx';
import { type FilterName, type LastSpan, lastSpanOf, lastSpans } from './question.ts';

interface RequestFiltersProps {
  readonly filters: Filters<FilterName>;
  /** Null: nothing new can come. */
  readonly live: { readonly on: boolean; readonly set: (on: boolean) => void } | null;
  /** What is shown: names and values to choose from. */
  readonly rows: readonly Request[];
}

const statuses = ['2xx', '4xx', '400', '401', '402', '403', '404', '429', '5xx'] as const;

export function RequestFilters({ filters, live, rows }: RequestFiltersProps) {
  const t = useTranslations('requests');
  const isCustom = filters.values.since !== undefined || filters.values.until !== undefined;
  return (
    <>
      <FilterBar
        filters={filters}
        actions={
          live && (
            <Tooltip text={t('liveHint')} describes={false}>
              <div className="flex h-9 items-center">
                <Switch label={t('live')} checked={live.on} onChange={live.set} />
              </div>
            </Tooltip>
          )
        }
      >
        <FilterText filters={filters} name="id" label={t('filters.id')} tidy={withoutSecret} />
        <TimeSelect filters={filters} isCustom={isCustom} />
        <FilterSelect
          filters={filters}
          name="status"
          label={t('filters.status')}
          all={t('filters.anyStatus')}
          options={statusOptions(filters.values.status, (status) => t(`filters.statuses.${status}`))}
        />
        <MoreFilters filters={filters} rows={rows} />
      </FilterBar>
      {isCustom && <CustomSpan filters={filters} />}
      <FilterChips filters={filters} rows={rows} />
    </>
  );
}

/** A status that came with the address is one to choose, too. */
function statusOptions(current: string | undefined, words: (status: (typeof statuses)[number]) => string) {
  const listed = statuses.map((status) => ({ value: status as string, label: words(status) }));
  const isListed = current === undefined || listed.some(({ value }) => value === current);
  return isListed ? listed : [...listed, { value: current, label: current }];
}

const lastWords = { '15m': 'm15', '1h': 'h1', '24h': 'h24', '7d': 'd7', '30d': 'd30' } as const satisfies Readonly<
  Record<LastSpan, string>
>;
const custom = 'custom';

interface SpanProps {
  readonly filters: Filters<FilterName>;
}

function TimeSelect({ filters, isCustom }: SpanProps & { readonly isCustom: boolean }) {
  const t = useTranslations('requests.filters');
  const span = lastSpanOf(filters.values.last);
  const spans = Object.keys(lastSpans) as readonly LastSpan[];
  const choose = (value: string) => {
    if (value !== custom) return filters.set({ last: value || undefined, since: undefined, until: undefined });
    const from = Date.now() - lastSpans[span ?? '24h'];
    filters.set({ last: undefined, since: new Date(from - (from % 60_000)).toISOString() });
  };
  return (
    <Select
      aria-label={t('time')}
      className="max-w-56 min-w-32 grow max-sm:basis-32 sm:grow-0"
      value={isCustom && span === null ? custom : (span ?? '')}
      onChange={(event) => choose(event.target.value)}
      options={[
        { value: '', label: t('anyTime') },
        ...spans.map((value) => ({ value, label: t(`last.${lastWords[value]}`) })),
        { value: custom, label: t('custom') },
      ]}
    />
  );
}

/** Two times in the reader's zone. */
function CustomSpan({ filters }: SpanProps) {
  const t = useTranslations('requests.filters');
  const { timeZone } = useLanguage();
  const { since, until } = filters.values;
  const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isBackwards = since !== undefined && until !== undefined && since >= until;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
      <Moment label={t('since')} value={since} onChange={(value) => filters.set({ since: value })} />
      <Moment label={t('until')} value={until} onChange={(value) => filters.set({ until: value })} />
      <p role="status" className={isBackwards ? 'text-danger' : 'text-[0.8125rem] text-soft'}>
        {isBackwards ? t('backwards') : t('zone', { zone })}
      </p>
    </div>
  );
}

interface MomentProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function Moment({ label, value, onChange }: MomentProps) {
  const id = useId();
  const { timeZone } = useLanguage();
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="text-[0.8125rem] text-soft">
        {label}
      </label>
      <input
        // Uncontrolled: a browser empties a time that is half typed, and would lose it.
        key={value}
        id={id}
        type="datetime-local"
        defaultValue={value === undefined ? '' : toZoned(value, timeZone)}
        onBlur={(event) => {
          const next = fromZoned(event.target.value, timeZone) ?? undefined;
          if (next !== value) onChange(next);
        }}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        className="field-box w-auto"
      />
    </div>
  );
}
