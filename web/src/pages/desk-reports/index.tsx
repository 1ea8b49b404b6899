import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { type Answer, api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useRead } from '../../api/queries.ts';
import { saveAs, streamed } from '../../api/stream-file.ts';
import { useFilters } from '../../navigation.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Segments } from '../../ui/segments.tsx';
import { Select } from '../../ui/select.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { Figures } from './figures.tsx';
import { GroupTable } from './group-table.tsx';
import { Trend } from './trend.tsx';

export type ReportLine = Answer<'/admin/v1/tickets/report'>['data'][number];

const ranges = ['7', '30', '90', '365'] as const;
type RangeName = (typeof ranges)[number];
const groups = ['queue', 'priority', 'plan', 'assignee', 'error_code', 'day'] as const;
const dayMs = 24 * 3_600_000;

/** What came in at the desk, how soon it was answered, and how content customers are. */
export function Page() {
  const t = useTranslations('deskSettings.reports');
  const tShell = useTranslations('shell.pages');
  const filters = useFilters(['range', 'group']);
  const range = oneOf(ranges, filters.values.range) ?? '30';
  const group = oneOf(groups, filters.values.group) ?? 'queue';
  const span = useMemo(() => spanOf(range), [range]);
  const options = { keepLast: true } as const;
  const all = useRead('/admin/v1/tickets/report', { query: { ...span, group: 'all' } }, options);
  const byDay = useRead('/admin/v1/tickets/report', { query: { ...span, group: 'day' } }, options);
  const grouped = useRead('/admin/v1/tickets/report', { query: { ...span, group } }, options);
  return (
    <>
      <PageHeader
        title={tShell('deskReports')}
        description={t('description')}
        actions={<DownloadButton query={{ ...span, group }} />}
      />
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Select
          aria-label={t('range')}
          className="w-44"
          value={range}
          onChange={(event) => filters.set({ range: event.target.value === '30' ? undefined : event.target.value })}
          options={ranges.map((value) => ({ value, label: t(`ranges.${value}`) }))}
        />
        <p className="text-[0.8125rem] text-soft">{t('rangeNote')}</p>
      </div>
      {all.error && !all.data ? (
        <Card>
          <ErrorState error={all.error} onRetry={all.retry} />
        </Card>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <Figures line={all.data === undefined ? undefined : (all.data.data[0] ?? null)} />
          <Card title={t('chart')}>
            <Trend lines={byDay.data?.data ?? null} span={span} />
          </Card>
          <Card
            flush
            title={t('groupTable', { group: t(`groups.${group}`) })}
            actions={
              <>
                <div className="max-md:hidden">
                  <Segments
                    label={t('by')}
                    value={group}
                    onChange={(value) => filters.set({ group: value })}
                    options={groups.map((value) => ({ value, label: t(`groups.${value}`) }))}
                  />
                </div>
                <Select
                  aria-label={t('by')}
                  className="md:hidden"
                  value={group}
                  onChange={(event) => filters.set({ group: event.target.value })}
                  options={groups.map((value) => ({ value, label: t(`groups.${value}`) }))}
                />
              </>
            }
          >
            <GroupTable group={group} lines={grouped.isLast ? null : (grouped.data?.data ?? null)} />
          </Card>
        </div>
      )}
    </>
  );
}

/** Whole days of UTC up to the end of today, so that the question stays the same for a day. */
function spanOf(range: RangeName): { from: string; to: string } {
  const tomorrowMs = (Math.floor(Date.now() / dayMs) + 1) * dayMs;
  return {
    from: new Date(tomorrowMs - Number(range) * dayMs).toISOString(),
    to: new Date(tomorrowMs).toISOString(),
  };
}

interface DownloadButtonProps {
  readonly query: { readonly from: string; readonly to: string; readonly group: (typeof groups)[number] };
}

function DownloadButton({ query }: DownloadButtonProps) {
  const t = useTranslations('deskSettings.reports');
  const problemWords = useProblemWords();
  const [busy, setBusy] = useState(false);
  const download = async () => {
    setBusy(true);
    try {
      const file = await streamed(
        await api.open('/admin/v1/tickets/report/export', { query }),
        'tickets.csv',
        () => {},
      );
      saveAs(file);
      toast({ text: t('downloaded', { name: file.name }) });
    } catch (error) {
      toast({ tone: 'danger', text: problemWords(asProblem(error)) });
    }
    setBusy(false);
  };
  return (
    <Button icon={Download} busy={busy} onClick={() => void download()}>
      {t('download')}
    </Button>
  );
}
