import {
  CircleCheck,
  CircleDashed,
  CircleX,
  FlaskConical,
  LoaderCircle,
  type LucideIcon,
  MinusCircle,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { TextLink } from '../../navigation.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { cx } from '../../ui/cx.ts';
import { Duration } from '../../ui/duration.tsx';
import { Money } from '../../ui/money.tsx';
import {
  type CallResult,
  type ConnectionTest,
  type StepState,
  type TestSubject,
  useConnectionTest,
} from './use-connection-test.ts';

interface ConnectionTestProps {
  /** Null while the secret is not here: there is nothing to test with. */
  readonly subject: TestSubject | null;
  /** Where the calls go. */
  readonly address: string;
}

/** One button that makes a real call, and says for each step what happened. */
export function ConnectionTestCard({ subject, address }: ConnectionTestProps) {
  const t = useTranslations('connect.test');
  const { test, running, run } = useConnectionTest();
  return (
    <Card title={t('title')} description={t('text', { address })}>
      <div className="grid gap-4">
        <div>
          <Button
            variant={test === null ? 'primary' : 'secondary'}
            icon={FlaskConical}
            busy={running}
            disabled={subject === null}
            onClick={() => subject && void run(subject)}
          >
            {t(test === null ? 'run' : 'again')}
          </Button>
          {subject === null && <p className="mt-2 text-[0.8125rem] text-soft">{t('needsSecret')}</p>}
        </div>
        <div aria-live="polite">{test && <Steps test={test} />}</div>
      </div>
    </Card>
  );
}

function Steps({ test: { models, call, booked } }: { readonly test: ConnectionTest }) {
  const t = useTranslations('connect.test');
  const request = booked.request;
  const failed = models.state === 'failed' ? models : call.state === 'failed' ? call : null;
  return (
    <div className="grid gap-4">
      <ol className="grid gap-3">
        <StepLine state={models.state} label={t('models')} result={models}>
          {models.state === 'passed' && models.count !== null && t('modelCount', { count: models.count })}
          {models.state === 'passed' && !models.listed && <span className="block text-warn">{t('notListed')}</span>}
        </StepLine>
        <StepLine state={call.state} label={t('call')} result={call} />
        <StepLine state={booked.state} label={t('booked')}>
          {request && request.outcome === 'refused' && t('nothingCharged')}
          {request &&
            request.outcome !== 'refused' &&
            t.rich('bookedText', {
              amount: () => <Money amount={request.actual_cost_usd} className="font-semibold" />,
              input: request.tokens?.input ?? 0,
              output: request.tokens?.output ?? 0,
            })}
          {booked.state === 'skipped' && t('notBooked')}
        </StepLine>
      </ol>
      {failed && <Failure result={failed} test={{ models, call, booked }} />}
      {call.state === 'passed' && (
        <Banner tone="success" title={t('works')}>
          {t('worksText')}
        </Banner>
      )}
    </div>
  );
}

const looks: Readonly<Record<StepState, { readonly icon: LucideIcon; readonly look: string }>> = {
  waiting: { icon: CircleDashed, look: 'text-faint' },
  running: { icon: LoaderCircle, look: 'text-info animate-spin' },
  passed: { icon: CircleCheck, look: 'text-accent' },
  failed: { icon: CircleX, look: 'text-danger' },
  skipped: { icon: MinusCircle, look: 'text-faint' },
};

interface StepLineProps {
  readonly state: StepState;
  readonly label: string;
  readonly result?: CallResult;
  readonly children?: ReactNode;
}

function StepLine({ state, label, result, children }: StepLineProps) {
  const t = useTranslations('connect.test');
  const { icon: Icon, look } = looks[state];
  return (
    <li className="flex gap-2.5">
      <Icon aria-hidden="true" className={cx('mt-0.5 size-4 shrink-0', look)} />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap justify-between gap-x-3">
          <span className={cx('font-medium', (state === 'waiting' || state === 'skipped') && 'text-soft')}>
            {label} <span className="sr-only">{t(`states.${state}`)}</span>
          </span>
          {result && result.ms !== null && (
            <span className="text-soft">
              {result.status !== null && `${result.status} · `}
              <Duration ms={result.ms} />
            </span>
          )}
        </p>
        <div className="text-[0.8125rem] text-soft">
          {children}
          {result?.requestId && (
            <p className="font-mono text-xs break-all">
              <TextLink to="/requests/$id" params={{ id: result.requestId }}>
                {result.requestId}
              </TextLink>
            </p>
          )}
        </div>
      </div>
    </li>
  );
}

const fixes = [
  'key_malformed',
  'key_unknown',
  'key_disabled',
  'key_deleted',
  'key_expired',
  'wrong_vendor',
  'group_disabled',
  'model_not_found',
  'model_not_allowed',
  'rate_limited',
  'spending_limit_reached',
  'balance_exhausted',
  'no_channel',
] as const;

/** The cause in words and the way out: by the code where it is known, else of the record, else as it was answered. */
function Failure({ result, test: { booked } }: { readonly result: CallResult; readonly test: ConnectionTest }) {
  const t = useTranslations('connect.test');
  const { status, refusal, requestId } = result;
  const { request } = booked;
  const fix = fixes.find((code) => code === refusal?.code);
  const title = refusal?.code ?? (status === null ? t('noAnswer') : t('strange', { status }));
  const advice = request?.what_to_do ?? refusal?.message;
  return (
    <Banner tone="danger" title={title}>
      {fix ? <p>{t(`fixes.${fix}`)}</p> : advice && <p>{advice}</p>}
      {status === null && <p>{t('noAnswerText')}</p>}
      {request && requestId && (
        <p className="mt-1">
          <TextLink to="/requests/$id" params={{ id: requestId }}>
            {t('explain')}
          </TextLink>
        </p>
      )}
    </Banner>
  );
}
