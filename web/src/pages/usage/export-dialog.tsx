import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import { type ApiProblem, asProblem } from '../../api/problem.ts';
import { saveAs, streamed } from '../../api/stream-file.ts';
import { useOrganization } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Progress } from '../../ui/progress.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { dimensions } from '../../usage/dimensions.ts';
import { useSpokenDates } from '../../usage/spoken-dates.ts';
import { useTimeZone } from '../../usage/time-zone.ts';
import { useTranslations } from '../../words/use-translations.ts';
import type { TabProps } from './parts.ts';
import { useUsageQuestion } from './reading.ts';

type ExportProps = Pick<TabProps, 'view' | 'filters'>;

export function ExportButton(props: ExportProps) {
  const t = useTranslations('usage.export');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={Download} onClick={() => setOpen(true)}>
        {t('action')}
      </Button>
      {open && <ExportDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

/** How far a download has come. */
interface Come {
  readonly rows: number;
  /** Null when the server does not say. */
  readonly total: number | null;
}

type State =
  | { readonly at: 'ready' | 'stopped' }
  | { readonly at: 'running'; readonly come: Come | null }
  | { readonly at: 'cut'; readonly come: Come }
  | { readonly at: 'refused'; readonly problem: ApiProblem }
  | { readonly at: 'done'; readonly file: string; readonly rows: number };

/** Sums or single requests of the range and filters of the page, as a file. */
function ExportDialog({ view, filters, onClose }: ExportProps & { readonly onClose: () => void }) {
  const t = useTranslations('usage.export');
  const ui = useTranslations('ui');
  const [detail, setDetail] = useState<'hours' | 'requests'>('hours');
  const [excel, setExcel] = useState(false);
  const { state, start, stop } = useExport({ view, filters });
  const isRunning = state.at === 'running';
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('title')}
      description={<WhatIsExported view={view} filters={filters} />}
      dismissable={!isRunning}
      size="medium"
      footer={
        isRunning ? (
          <Button onClick={stop}>{t('stop')}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{ui('close')}</Button>
            <Button variant="primary" icon={Download} onClick={() => start(detail, excel)}>
              {state.at === 'done' ? t('again') : t('start')}
            </Button>
          </>
        )
      }
    >
      <fieldset disabled={isRunning} className="grid gap-4">
        <RadioCards
          name="detail"
          label={t('detail')}
          value={detail}
          onChange={setDetail}
          columns={2}
          cards={[
            { value: 'hours', title: t('hours'), text: t('hoursText') },
            { value: 'requests', title: t('requests'), text: t('requestsText') },
          ]}
        />
        <Checkbox
          label={t('excel')}
          hint={t('excelHint')}
          checked={excel}
          onChange={(event) => setExcel(event.target.checked)}
        />
      </fieldset>
      <div className="mt-4 grid min-h-16 content-start gap-2" aria-live="polite">
        <Outcome state={state} />
      </div>
    </Dialog>
  );
}

function Outcome({ state }: { readonly state: State }) {
  const t = useTranslations('usage.export');
  const { number } = useFormats();
  const rowsOf = ({ rows, total }: Come) => ({ done: number(rows), total: total === null ? '?' : number(total) });
  switch (state.at) {
    case 'ready':
      return null;
    case 'stopped':
      return <Banner>{t('stopped')}</Banner>;
    case 'refused':
      return <ProblemMessage problem={state.problem} />;
    case 'cut':
      return <Banner tone="danger">{t('cut', rowsOf(state.come))}</Banner>;
    case 'done':
      return (
        <Banner tone="success">
          {state.rows === 0 ? t('nothing') : t('done', { file: state.file, rows: state.rows })}
        </Banner>
      );
    case 'running': {
      const { come } = state;
      const share = come?.total ? come.rows / come.total : null;
      return (
        <>
          <Progress label={t('progress')} value={share} />
          <p aria-hidden="true" className="text-[0.8125rem] text-soft">
            {come === null ? ' ' : t('rows', rowsOf(come))}
          </p>
        </>
      );
    }
  }
}

function WhatIsExported({ view, filters }: ExportProps) {
  const t = useTranslations('usage.export');
  const all = useTranslations('usage');
  const zone = useTimeZone();
  const spoken = useSpokenDates()(view.dates);
  const named = dimensions.flatMap((each) => {
    const count = filters[each]?.length ?? 0;
    return count === 0 ? [] : [`${all(`dimensions.${each}`)} (${count})`];
  });
  return (
    <>
      <p>{t('range', { ...spoken, zone })}</p>
      <p>{named.length === 0 ? t('unfiltered') : t('filtered', { filters: named.join(', ') })}</p>
    </>
  );
}

/** Runs one download at a time; leaving ends it. */
function useExport({ view, filters }: ExportProps) {
  const { id: organization } = useOrganization();
  const { interval: _, ...question } = useUsageQuestion(view, filters);
  const [state, setState] = useState<State>({ at: 'ready' });
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = async (detail: 'hours' | 'requests', excel: boolean) => {
    const own = new AbortController();
    running.current = own;
    let come: Come | null = null;
    setState({ at: 'running', come });
    try {
      const response = await api.open('/control/v1/organizations/{organization}/usage/export.csv', {
        params: { organization },
        query: { ...question, detail, bom: excel ? '1' : '0' },
        signal: own.signal,
      });
      const total = totalOf(response);
      const file = await streamed(response, 'usage.csv', (lines) => {
        // The first line has the titles.
        come = { rows: Math.max(0, lines - 1), total };
        setState({ at: 'running', come });
      });
      const rows = (come as Come | null)?.rows ?? 0;
      if (rows > 0) saveAs(file);
      setState({ at: 'done', file: file.name, rows });
    } catch (error) {
      if (own.signal.aborted) setState({ at: 'stopped' });
      else if (come !== null) setState({ at: 'cut', come });
      else setState({ at: 'refused', problem: asProblem(error) });
    }
  };
  return { state, start, stop: () => running.current?.abort() };
}

function totalOf(response: Response): number | null {
  const announced = Number(response.headers.get('x-total-rows') ?? Number.NaN);
  return Number.isInteger(announced) ? announced : null;
}
