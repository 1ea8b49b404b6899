import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { type Dates, intervalsFor } from '../../usage/periods.ts';
import { useSpokenDates } from '../../usage/spoken-dates.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { FilterChips } from './chips.tsx';
import { FilterPicker } from './filter-picker.tsx';
import type { TabProps } from './parts.ts';
import { neighbours } from './question.ts';
import { RangePicker } from './range-picker.tsx';

interface ControlsProps extends TabProps {
  readonly today: string;
}

/** Range, steps and filters: what holds for every tab. */
export function Controls({ view, views, filters, narrowing, pulse, today }: ControlsProps) {
  const t = useTranslations('usage');
  const ui = useTranslations('ui');
  const { dates } = view;
  const { before, after } = neighbours(dates, today);
  const spoken = useSpokenDates();
  const go = (to: Dates) => views.set({ range: undefined, from: to.from, to: to.to });
  const intervals = intervalsFor(dates);
  return (
    <>
      <search className="mb-3 flex flex-wrap items-center gap-2">
        <div className="flex items-center">
          <IconButton icon={ChevronLeft} label={t('rangeEarlier', spoken(before))} onClick={() => go(before)} />
          <RangePicker view={view} views={views} today={today} />
          <IconButton
            icon={ChevronRight}
            label={t('rangeLater', spoken(after ?? dates))}
            disabled={after === null}
            onClick={() => after && go(after)}
          />
        </div>
        <Select
          aria-label={t('interval')}
          className="min-w-36"
          value={view.interval ?? ''}
          onChange={(event) => views.set({ interval: event.target.value || undefined })}
          options={[
            { value: '', label: t('intervals.auto') },
            ...intervals.map((interval) => ({ value: interval as string, label: t(`intervals.${interval}`) })),
          ]}
        />
        <FilterPicker view={view} filters={filters} narrowing={narrowing} />
        {narrowing.isSet && (
          <Button variant="ghost" onClick={narrowing.clear}>
            {ui('clearFilters')}
          </Button>
        )}
        {view.isOpen && (
          <Tooltip text={t(pulse.isInterrupted ? 'interruptedHint' : 'liveHint')}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what it explains opens on focus. */}
            <span tabIndex={0} className="ml-auto rounded-sm px-1 text-[0.8125rem] text-soft max-sm:hidden">
              <StatusDot tone={pulse.isInterrupted ? 'warn' : 'good'}>
                {t(pulse.isInterrupted ? 'interrupted' : 'live')}
              </StatusDot>
            </span>
          </Tooltip>
        )}
      </search>
      <FilterChips filters={filters} narrowing={narrowing} />
    </>
  );
}
