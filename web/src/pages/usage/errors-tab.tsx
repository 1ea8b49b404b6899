import { CircleCheck, List } from 'lucide-react';
import { useMemo } from 'react';
import type { ErrorCounts, Latency } from '../../api/schema.ts';
import { Link } from '../../navigation.tsx';
import { useCan } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Chart, type ChartSeries } from '../../ui/chart.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Stat } from '../../ui/stat.tsx';
import { Time } from '../../ui/time.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { ChartOutline } from '../../usage/chart-outline.tsx';
import { failedColour } from '../../usage/colours.ts';
import { Fault } from '../../usage/fault.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useLatency } from './latency-reading.ts';
import type { TabProps } from './parts.ts';
import { requestSearch } from './question.ts';

/** How many requests failed, with what, and who has to act. */
export function ErrorsTab(parts: TabProps) {
  const t = useTranslations('usage.errors');
  const { percent, number } = useFormats();
  const { reading, latency } = useLatency(parts);
  if (latency === null && reading.error) {
    return (
      <Card>
        <ErrorState error={reading.error} onRetry={reading.retry} />
      </Card>
    );
  }
  const failures = latency?.failures.reduce((sum, count) => sum + count, 0) ?? null;
  if (latency !== null && failures === 0) {
    return (
      <Card>
        <EmptyState icon={CircleCheck} title={t('none')} text={t('noneText')} />
      </Card>
    );
  }
  return (
    <div className="grid gap-5">
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Stat label={t('rate')} value={latency && number(failures ?? 0)} text={t('rateText')} />
        <Stat
          label={t('share')}
          value={latency && percent(latency.total.failure_rate ?? 0)}
          text={latency && t('of', { count: latency.requests.reduce((sum, count) => sum + count, 0) })}
        />
      </div>
      <Card title={t('chart')}>
        <FailureChart latency={latency} />
      </Card>
      <Codes latency={latency} {...parts} />
    </div>
  );
}

function FailureChart({ latency }: { readonly latency: Latency | null }) {
  const t = useTranslations('usage.errors');
  const all = useTranslations('usage');
  const { compact } = useFormats();
  const times = useMemo(() => latency?.steps.map(({ start }) => start) ?? [], [latency?.steps]);
  const series = useMemo<ChartSeries[]>(
    () =>
      latency === null ? [] : [{ id: 'failed', label: all('failed'), values: latency.failures, colour: failedColour }],
    [latency, all],
  );
  if (latency === null) return <ChartOutline />;
  const format = (value: number) => (Number.isInteger(value) ? compact(value) : '');
  return <Chart label={t('chart')} times={times} series={series} kind="bars" format={format} />;
}

type Code = ErrorCounts['codes'][number];

function Codes({ latency, view, filters }: TabProps & { readonly latency: Latency | null }) {
  const t = useTranslations('usage.errors');
  const mayRead = useCan('requests.read');
  const since = latency?.errors.since ?? null;
  const isCut = latency !== null && since !== null && since > latency.from;
  const span = latency && { from: latency.from, to: latency.to, isOpen: view.isOpen };
  const listOf = ({ code }: Code) => (span && mayRead ? requestSearch(filters, span, { code }) : null);
  return (
    <Card
      flush
      title={t('codes')}
      description={isCut ? t.rich('since', { time: () => <Time at={since} /> }) : undefined}
    >
      <DataTable
        label={t('codes')}
        columns={useCodeColumns()}
        rows={latency?.errors.codes ?? null}
        rowKey={({ code }) => code}
        rowLink={({ last_request_id: id }) => (mayRead ? { to: '/requests/$id', params: { id } } : null)}
        rowActions={(row) => {
          const search = listOf(row);
          return search === null ? null : (
            <Link
              to="/requests"
              search={search}
              aria-label={t('list', { code: row.code })}
              title={t('list', { code: row.code })}
              className="grid size-7 place-items-center rounded-lg text-soft hover:bg-sunk hover:text-ink"
            >
              <List aria-hidden="true" className="size-4" />
            </Link>
          );
        }}
      />
    </Card>
  );
}

function useCodeColumns(): readonly Column<Code>[] {
  const t = useTranslations('usage.errors');
  return [
    {
      id: 'code',
      header: t('code'),
      cell: (row) => <code className="break-all sm:whitespace-nowrap">{row.code}</code>,
    },
    { id: 'count', header: t('count'), cell: (row) => <Numbers value={row.count} />, end: true },
    {
      id: 'who',
      header: t('who'),
      cell: (row) => (row.fault === null ? <Badge>–</Badge> : <Fault fault={row.fault} />),
    },
    {
      id: 'what',
      header: t('what'),
      cell: (row) => (
        <>
          <span className="block">{row.why}</span>
          <span className="block text-soft">{row.what_to_do}</span>
        </>
      ),
      wrap: true,
      className: 'max-sm:flex-col max-sm:items-start max-sm:gap-0 max-sm:[&>div]:text-left',
    },
    { id: 'last', header: t('last'), cell: (row) => <Time at={row.last_at} show="relative" />, end: true },
  ];
}
