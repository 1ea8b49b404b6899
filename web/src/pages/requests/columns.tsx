import { ArrowRight } from 'lucide-react';
import { useMemo } from 'react';
import type { Request } from '../../api/schema.ts';
import type { Column } from '../../ui/data-table.tsx';
import { Duration } from '../../ui/duration.tsx';
import { Money } from '../../ui/money.tsx';
import { Time } from '../../ui/time.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { isZero } from '../request/amounts.ts';
import { Elapsed } from './elapsed.tsx';
import { OutcomeBadge } from './outcome.tsx';

/** Columns of the live list. Cells have two lines: what one looks for, and below it what tells it from others. */
export function useRequestColumns(): readonly Column<Request>[] {
  const t = useTranslations('requests.columns');
  return useMemo(
    () => [
      { id: 'time', header: t('time'), cell: (row) => <TimeCell row={row} /> },
      { id: 'key', header: t('key'), cell: (row) => <KeyCell row={row} />, className: 'sm:max-w-36 lg:max-w-44' },
      { id: 'model', header: t('model'), cell: (row) => <ModelCell row={row} />, className: 'sm:max-w-52' },
      { id: 'status', header: t('status'), cell: (row) => <StatusCell row={row} /> },
      { id: 'tokens', header: t('tokens'), cell: (row) => <TokensCell row={row} />, end: true, wideOnly: true },
      { id: 'duration', header: t('duration'), cell: (row) => <DurationCell row={row} />, end: true, wideOnly: true },
      { id: 'cost', header: t('cost'), cell: (row) => <CostCell row={row} />, end: true },
    ],
    [t],
  );
}

interface CellProps {
  readonly row: Request;
}

const below = 'block truncate text-xs font-normal text-faint';

/** The end of an id tells it from its neighbours; its beginning is the time. */
const shownCharacters = 7;

function TimeCell({ row }: CellProps) {
  const isToday = new Date(row.received_at).toDateString() === new Date().toDateString();
  return (
    <>
      <Time at={row.received_at} show={isToday ? 'time' : 'second'} />
      <span className={`${below} font-mono`} title={row.id}>
        req_…{row.id.slice(-shownCharacters)}
      </span>
    </>
  );
}

function KeyCell({ row }: CellProps) {
  const t = useTranslations('requests');
  const prefix = row.key_prefix === null ? null : `${row.key_prefix}…`;
  const tool = [row.client_tool, row.client_version].filter(Boolean).join(' ');
  return (
    <>
      <span className="block truncate" title={prefix ?? undefined}>
        {row.key_name ?? (prefix === null ? <span className="text-faint">{t('noKey')}</span> : prefix)}
      </span>
      <span className={below}>{tool || ' '}</span>
    </>
  );
}

/** What was asked for, and what answered where that has another name. */
function ModelCell({ row }: CellProps) {
  const { model_asked: asked, model_routed: routed, model_served: served } = row;
  const name = asked ?? routed;
  const other = [served, routed].find((each) => each !== null && each !== name) ?? null;
  return (
    <>
      <span className="block truncate" title={name ?? undefined}>
        {name ?? <span className="text-faint">{row.endpoint}</span>}
      </span>
      <span className={below} title={other ?? undefined}>
        {other === null ? ' ' : <>→ {other}</>}
      </span>
    </>
  );
}

function StatusCell({ row }: CellProps) {
  const t = useTranslations('requests');
  const retries = row.retries === 0 ? null : t('retries', { count: row.retries });
  return (
    <>
      <OutcomeBadge outcome={row.outcome} status={row.status} />
      <span className={below}>{[row.error_code, retries].filter((part) => part !== null).join(' · ') || ' '}</span>
    </>
  );
}

function TokensCell({ row }: CellProps) {
  const t = useTranslations('requests');
  const { compact, number } = useFormats();
  if (row.tokens === null) return <span className="text-faint">–</span>;
  const { tokens } = row;
  const input =
    tokens.input +
    tokens.cache_read +
    tokens.cache_write_5m +
    tokens.cache_write_1h +
    tokens.audio_input +
    tokens.image_input;
  const output = tokens.output + tokens.audio_output + tokens.image_output;
  const words = t('tokensOf', { input: number(input), output: number(output) });
  return (
    <span title={words} className="inline-flex items-center gap-1">
      <span aria-hidden="true">{compact(input)}</span>
      <ArrowRight aria-hidden="true" className="size-3 text-faint" />
      <span aria-hidden="true">{compact(output)}</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

function DurationCell({ row }: CellProps) {
  const t = useTranslations('requests');
  const { duration } = useFormats();
  if (row.outcome === 'open') return <Elapsed since={row.received_at} />;
  if (row.duration_ms === null) return <span className="text-faint">–</span>;
  return (
    <>
      {row.duration_ms < 1 ? `<${duration(1)}` : <Duration ms={row.duration_ms} />}
      <span className={below}>
        {row.first_token_ms === null || row.mode !== 'stream'
          ? ' '
          : t('firstToken', { duration: duration(row.first_token_ms) })}
      </span>
    </>
  );
}

function CostCell({ row }: CellProps) {
  if (row.outcome === 'open') return <span className="text-faint">–</span>;
  return <Money amount={row.actual_cost_usd} className={isZero(row.actual_cost_usd) ? 'text-faint' : ''} />;
}
