import { ArrowRight, Check } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useRead } from '../../api/queries.ts';
import type { Dashboard } from '../../api/schema.ts';
import { Link, type PagePath } from '../../navigation.tsx';
import { useCan, useOrganization, useSession } from '../../session.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { cx } from '../../ui/cx.ts';
import { Progress } from '../../ui/progress.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { stepsDone } from './steps-done.ts';

interface FirstStepsProps {
  /** Null while it is on its way, and for who may not see usage. */
  readonly dashboard: Dashboard | null;
}

const everyMs = 4_000;

/** From nothing to the first answered call. Gone for good once it was made; whoever watched it happen is told. */
export function FirstSteps({ dashboard }: FirstStepsProps) {
  const { id: organization } = useOrganization();
  const isActing = useSession().acting_as !== null;
  const mayCreate = useCan('keys.write') && !isActing;
  const mayUsage = useCan('usage.read');
  const over = useRef(false);
  const { data } = useRead(
    '/control/v1/organizations/{organization}/keys',
    { params: { organization }, query: { limit: 1, sort: '-last_used', state: 'all' } },
    { enabled: mayCreate && !over.current, everyMs },
  );
  const watched = useRef(false);
  if (!mayCreate || data === undefined || (mayUsage && dashboard === null)) return null;
  const done = stepsDone(data.data, dashboard?.last_30_days.totals ?? null);
  over.current = done.call;
  if (!done.call) watched.current = true;
  return watched.current ? <Steps done={done} failedId={newestFailed(dashboard)} /> : null;
}

function newestFailed(dashboard: Dashboard | null): string | null {
  const codes = [...(dashboard?.errors.codes ?? [])].sort((a, b) => (a.last_at < b.last_at ? 1 : -1));
  return codes[0]?.last_request_id ?? null;
}

interface StepsProps {
  readonly done: ReturnType<typeof stepsDone>;
  readonly failedId: string | null;
}

function Steps({ done, failedId }: StepsProps) {
  const t = useTranslations('dashboard.steps');
  const mayRead = useCan('requests.read');
  const count = [done.key, done.connect, done.call].filter(Boolean).length;
  return (
    <Card
      title={t('title')}
      description={t('text')}
      actions={<span className="text-soft">{t('progress', { done: String(count) })}</span>}
    >
      <Progress label={t('progress', { done: String(count) })} value={count / 3} />
      <ol className="mt-4 grid gap-1" aria-live="polite">
        <Step number={1} done={done.key} title={t('key')} text={t('keyText')}>
          {!done.key && <Action to="/keys/new" words={t('keyAction')} primary />}
        </Step>
        <Step number={2} done={done.connect} title={t('connect')} text={t('connectText')}>
          {!done.connect && <Action to="/connect" words={t('connectAction')} primary={done.key} />}
        </Step>
        <Step
          number={3}
          done={done.call}
          title={t('call')}
          text={!done.call && done.connect ? t('failedText') : t('callText')}
        >
          {!done.call && done.connect && mayRead && (
            <Action to={failedId === null ? '/requests' : `/requests/${failedId}`} words={t('failedAction')} primary />
          )}
          {!done.call && !done.connect && done.key && (
            <span className="inline-flex items-center gap-2 text-[0.8125rem] text-soft">
              <Spinner />
              {t('waiting')}
            </span>
          )}
        </Step>
      </ol>
      {done.call && (
        <p role="status" className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 font-medium text-accent-strong">
          {t('all')}
          <Action to="/usage" words={t('allAction')} primary />
        </p>
      )}
    </Card>
  );
}

interface StepProps {
  readonly number: number;
  readonly done: boolean;
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

function Step({ number, done, title, text, children }: StepProps) {
  const t = useTranslations('dashboard.steps');
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl py-2">
      <span
        className={cx(
          'grid size-7 shrink-0 place-items-center rounded-full text-[0.8125rem] font-semibold',
          done ? 'bg-accent text-on-accent' : 'border border-edge text-soft',
        )}
      >
        {done ? <Check aria-hidden="true" className="size-4" /> : <span aria-hidden="true">{number}</span>}
        <span className="sr-only">{t(done ? 'done' : 'open')}: </span>
      </span>
      <div className="min-w-0 grow basis-56">
        <p className={cx('font-medium', done && 'text-soft')}>{title}</p>
        {!done && <p className="text-[0.8125rem] text-soft">{text}</p>}
      </div>
      {children}
    </li>
  );
}

interface ActionProps {
  readonly to: PagePath;
  readonly words: string;
  readonly primary?: boolean;
}

function Action({ to, words, primary = false }: ActionProps) {
  return (
    <Link to={to} className={buttonLook(primary ? 'primary' : 'secondary', true)}>
      {words}
      <ArrowRight aria-hidden="true" className="size-3.5" />
    </Link>
  );
}
