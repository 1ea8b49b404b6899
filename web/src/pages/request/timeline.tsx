import type { Timeline } from '../../api/schema.ts';
import { Card } from '../../ui/card.tsx';
import { cx } from '../../ui/cx.ts';
import { Duration } from '../../ui/duration.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { useElapsedMs } from '../requests/elapsed.tsx';
import { Attempts } from './attempts.tsx';
import { type Phase, type PhaseKind, phasesOf, type Step, stepsOf, ticksOf } from './timeline-picture.ts';
import { isRunning, type RequestView } from './view.ts';

const colours: Readonly<Record<PhaseKind, string>> = {
  admission: 'bg-series-8',
  waiting: 'bg-series-2',
  answer: 'bg-series-1',
  whole: 'bg-series-8',
};

/** The call as a picture, and the same in words: the picture is for the eye alone. */
export function TimelineCard({ view }: { readonly view: RequestView }) {
  const t = useTranslations('request.timeline');
  const running = isRunning(view);
  const elapsedMs = useElapsedMs(view.received_at, running, 250);
  const timeline = view.mode === 'stream' ? view.timeline : withoutFirstToken(view.timeline);
  const known = Math.max(...timeline.marks.map(({ at_ms }) => at_ms), 0);
  const endMs = timeline.length_ms ?? Math.max(elapsedMs, known);
  const phases = phasesOf(timeline, Math.max(1, endMs));
  return (
    <Card title={t('title')} description={t('description')}>
      <Picture timeline={timeline} phases={phases} endMs={endMs} running={running} />
      <ul className="mt-4 flex flex-wrap gap-x-5 gap-y-1 text-[0.8125rem]">
        {phases.map(({ kind, fromMs, toMs }) => (
          <li key={kind} className="flex items-center gap-2">
            <span aria-hidden="true" className={cx('size-2.5 rounded-xs', colours[kind])} />
            {t(`phases.${kind}`)}
            <span className="font-medium">{endMs < 1 ? t('underOne') : <Duration ms={toMs - fromMs} />}</span>
          </li>
        ))}
      </ul>
      <div className="mt-6 grid gap-x-10 gap-y-6 sm:grid-cols-2">
        <section>
          <h3 className="mb-2 font-semibold">{t('steps')}</h3>
          <Steps steps={stepsOf(timeline)} refused={view.outcome === 'refused'} />
        </section>
        <Attempts view={view} />
      </div>
    </Card>
  );
}

/** An answer in one piece has no first token of its own. */
function withoutFirstToken(timeline: Timeline): Timeline {
  return { ...timeline, marks: timeline.marks.filter(({ kind }) => kind !== 'first_token') };
}

interface PictureProps {
  readonly timeline: Timeline;
  readonly phases: readonly Phase[];
  readonly endMs: number;
  readonly running: boolean;
}

function Picture({ timeline, phases, endMs, running }: PictureProps) {
  const t = useTranslations('request.timeline');
  const { duration } = useFormats();
  const length = endMs || 1;
  const ticks = ticksOf(length);
  return (
    <div aria-hidden="true" className="relative grid gap-2 sm:grid-cols-[6.5rem_minmax(0,1fr)]">
      <LaneName text={t('whole')} />
      <Lane length={length} ticks={ticks}>
        {phases.map(({ kind, fromMs, toMs }) => (
          <Bar
            key={kind}
            fromMs={fromMs}
            toMs={toMs}
            length={length}
            className={cx(colours[kind], running && toMs === endMs && 'animate-pulse')}
          />
        ))}
      </Lane>
      {timeline.attempts.map(({ number, from_ms: fromMs, head_ms: headMs, to_ms: toMs, failed }) => (
        <AttemptLane key={number} name={t('attempt', { number: String(number) })} length={length} ticks={ticks}>
          <Bar
            fromMs={fromMs}
            toMs={toMs ?? length}
            length={length}
            className={cx(failed ? 'bg-danger' : 'bg-series-1 opacity-70', toMs === null && running && 'animate-pulse')}
          />
          {headMs !== null && !failed && <Mark atMs={headMs} length={length} />}
        </AttemptLane>
      ))}
      <div className="hidden sm:block" />
      <div className="relative h-4 text-[0.6875rem] text-faint">
        {ticks.map((tick) => (
          <span
            key={tick}
            className={cx('absolute', placeOf(tick / length))}
            style={{ left: `${(tick / length) * 100}%` }}
          >
            {tick === 0 ? '0' : duration(tick)}
          </span>
        ))}
      </div>
    </div>
  );
}

/** At both ends a number stands inside. */
function placeOf(share: number): string {
  if (share < 0.03) return '';
  return share > 0.94 ? '-translate-x-full' : '-translate-x-1/2';
}

interface LaneProps {
  readonly length: number;
  readonly ticks: readonly number[];
  readonly children: React.ReactNode;
}

function AttemptLane({ name, ...lane }: LaneProps & { readonly name: string }) {
  return (
    <>
      <LaneName text={name} />
      <Lane {...lane} />
    </>
  );
}

function LaneName({ text }: { readonly text: string }) {
  return <span className="self-center text-[0.8125rem] text-soft max-sm:-mb-1.5">{text}</span>;
}

function Lane({ length, ticks, children }: LaneProps) {
  return (
    <div className="relative h-6 overflow-hidden rounded-md bg-sunk">
      {ticks.slice(1).map((tick) => (
        <span key={tick} className="absolute inset-y-0 w-px bg-line" style={{ left: `${(tick / length) * 100}%` }} />
      ))}
      {children}
    </div>
  );
}

interface BarProps {
  readonly fromMs: number;
  readonly toMs: number;
  readonly length: number;
  readonly className: string;
}

/** However short, it is seen. */
function Bar({ fromMs, toMs, length, className }: BarProps) {
  const left = Math.min(1, fromMs / length) * 100;
  const width = (Math.max(0, toMs - fromMs) / length) * 100;
  return (
    <span
      className={cx('absolute inset-y-1 min-w-[3px] rounded-xs', className)}
      style={{ left: `min(${left}%, 100% - 3px)`, width: `${width}%` }}
    />
  );
}

/** When the vendor's answer began. */
function Mark({ atMs, length }: { readonly atMs: number; readonly length: number }) {
  return (
    <span className="absolute inset-y-0.5 w-0.5 bg-ink" style={{ left: `${Math.min(1, atMs / length) * 100}%` }} />
  );
}

interface StepsProps {
  readonly steps: readonly Step[];
  readonly refused: boolean;
}

function Steps({ steps, refused }: StepsProps) {
  const t = useTranslations('request.timeline.marks');
  const { number: numberOf, duration } = useFormats();
  return (
    <ol className="grid gap-1.5">
      {steps.map(({ kind, atMs, number }) => (
        <li key={`${kind} ${number}`} className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-3">
          <span className="text-right text-soft" title={`${numberOf(atMs)} ms`}>
            {duration(atMs)}
          </span>
          <span className={kind === 'attemptFailed' ? 'text-danger' : undefined}>
            {kind === 'end' && refused ? t('refused') : t(kind, { number: String(number ?? '') })}
          </span>
        </li>
      ))}
    </ol>
  );
}
