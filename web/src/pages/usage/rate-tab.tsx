import { useMemo } from 'react';
import { useRead } from '../../api/queries.ts';
import type { Usage } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Chart } from '../../ui/chart.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Stat } from '../../ui/stat.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { ChartOutline } from '../../usage/chart-outline.tsx';
import { safetyMs, useFollow } from '../../usage/pulse.ts';
import { useTranslations } from '../../words/use-translations.ts';
import type { TabProps } from './parts.ts';
import { perMinute } from './per-minute.ts';
import { useUsageQuestion } from './reading.ts';
import { NothingUsed } from './usage-tab.tsx';

/** Requests and tokens per minute: now, and on the average of each step. */
export function RateTab(parts: TabProps) {
  const { view, filters, pulse } = parts;
  const t = useTranslations('usage.rate');
  const { id: organization } = useOrganization();
  const question = useUsageQuestion(view, filters);
  const reading = useRead(
    '/control/v1/organizations/{organization}/usage',
    { params: { organization }, query: question },
    { keepLast: true, ...(view.isOpen ? { everyMs: safetyMs } : {}) },
  );
  useFollow(pulse, reading);
  if (reading.error && (reading.data === undefined || reading.isLast)) {
    return (
      <Card>
        <ErrorState error={reading.error} onRetry={reading.retry} />
      </Card>
    );
  }
  const usage = reading.data ?? null;
  if (usage !== null && usage.totals.requests === 0) return <NothingUsed {...parts} />;
  return (
    <div className="grid gap-5">
      <Rates usage={usage} now={view.isOpen ? pulse.now : null} />
      <p className="text-[0.8125rem] text-soft">{t('text')}</p>
    </div>
  );
}

function Rates({ usage, now }: { readonly usage: Usage | null; readonly now: Usage['now'] | undefined }) {
  const t = useTranslations('usage.rate');
  const { number } = useFormats();
  const rates = useMemo(() => (usage === null ? null : perMinute(usage, Date.now())), [usage]);
  const times = useMemo(() => usage?.steps.map(({ start }) => start) ?? [], [usage?.steps]);
  const write = (value: number) => number(value, { maximumFractionDigits: value < 10 ? 2 : 0 });
  const highest = (values: readonly (number | null)[]) => Math.max(0, ...values.map((value) => value ?? 0));
  const kinds = [
    { id: 'rpm', now: now?.rpm, values: rates?.requests },
    { id: 'tpm', now: now?.tpm, values: rates?.tokens },
  ] as const;
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {kinds.map(({ id, now: present, values }) => [
          now === null ? null : (
            <Stat
              key={`${id} now`}
              label={t(id)}
              value={present === undefined ? null : number(present)}
              text={t('now')}
            />
          ),
          <Stat key={id} label={t(id)} value={values ? write(highest(values)) : null} text={t('highest')} />,
        ])}
      </div>
      {kinds.map(({ id, values }) => (
        <Card key={id} title={t(id)}>
          {values === undefined ? <ChartOutline /> : <RateChart id={id} times={times} values={values} format={write} />}
        </Card>
      ))}
    </>
  );
}

interface RateChartProps {
  readonly id: 'rpm' | 'tpm';
  readonly times: readonly string[];
  readonly values: readonly (number | null)[];
  readonly format: (value: number) => string;
}

function RateChart({ id, times, values, format }: RateChartProps) {
  const t = useTranslations('usage.rate');
  const label = t(id);
  const series = useMemo(() => [{ id, label, values }], [id, label, values]);
  return <Chart label={label} times={times} series={series} kind="lines" format={format} />;
}
