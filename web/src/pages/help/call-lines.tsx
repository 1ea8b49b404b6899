import type { ErrorCounts } from '../../api/schema.ts';
import { TextLink } from '../../navigation.tsx';
import { AnnouncementText } from '../../notices/announcements.tsx';
import { useCan } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Money } from '../../ui/money.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { isUsedUp } from '../key-parts/condition.ts';
import { CheckLine } from './check-line.tsx';
import type { ModelVerdict } from './model-check.ts';
import type { CheckState, SpendWindow } from './states.ts';
import type { Choice, ErrorsCheck, useNewsCheck } from './use-checks.ts';

interface ModelLineProps {
  readonly state: CheckState;
  readonly verdict: ModelVerdict | null;
  readonly choice: Choice;
  readonly onModel: (name: string) => void;
}

export function ModelLine({ state, verdict, choice, onModel }: ModelLineProps) {
  const t = useTranslations('help.checks.model');
  const { key } = choice;
  return (
    <CheckLine state={state} title={t('title')}>
      <p>
        {verdict === null
          ? t('unchecked')
          : verdict.is === 'unknown'
            ? t('unknown', { group: key?.group_name ?? '' })
            : t(verdict.is)}{' '}
        {verdict !== null && verdict.is !== 'unknown' && verdict.isAlias && t('alias', { model: verdict.model.id })}
      </p>
      {verdict?.is === 'unknown' && verdict.near.length > 0 && (
        <p className="flex flex-wrap items-center gap-x-2">
          {t('near')}
          {verdict.near.map((name) => (
            <button key={name} type="button" className="link font-mono text-[0.8125rem]" onClick={() => onModel(name)}>
              {name}
            </button>
          ))}
        </p>
      )}
      {key !== null && (
        <p>
          <TextLink to="/models" search={{ group: key.group }}>
            {t('all')}
          </TextLink>
        </p>
      )}
    </CheckLine>
  );
}

interface LimitsLineProps {
  readonly state: CheckState;
  readonly windows: readonly SpendWindow[];
  readonly choice: Choice;
}

export function LimitsLine({ state, windows, choice }: LimitsLineProps) {
  const t = useTranslations('help.checks');
  const tWindows = useTranslations('keys.windows');
  const { key } = choice;
  return (
    <CheckLine state={state} title={t('limits.title')}>
      {key === null && <p>{t('noKey')}</p>}
      {key !== null && windows.length === 0 && <p>{t('limits.free', { rpm: key.limits.requests_per_minute })}</p>}
      {windows.map((spend) => {
        const { window, used_usd: used, limit_usd: limit, reset_at: reset } = spend;
        const full = isUsedUp(spend);
        return (
          <p key={window}>
            {t.rich(full ? 'limits.full' : 'limits.near', {
              window: tWindows(window),
              used: () => <Money amount={used} />,
              limit: () => <Money amount={limit ?? '0'} />,
            })}{' '}
            {reset !== null && t.rich('limits.resets', { time: () => <Time at={reset} show="relative" /> })}
            {reset === null && full && t('limits.forGood')}
          </p>
        );
      })}
    </CheckLine>
  );
}

const mostCodes = 3;

export function ErrorsLine({ check, choice }: { readonly check: ErrorsCheck; readonly choice: Choice }) {
  const t = useTranslations('help.checks');
  const { codes, requests, state } = check;
  const sees = useCan('usage.read');
  const rest = (codes?.length ?? 0) - mostCodes;
  const text =
    choice.key === null
      ? t('noKey')
      : !sees
        ? t('errors.unseen')
        : requests === 0
          ? t('errors.noCalls')
          : t('errors.none');
  return (
    <CheckLine state={state} title={t('errors.title')}>
      {state === 'running' ? <p>{t('running')}</p> : codes === null || codes.length === 0 ? <p>{text}</p> : null}
      {codes?.slice(0, mostCodes).map((counted) => (
        <Failure key={counted.code} counted={counted} />
      ))}
      {rest > 0 && choice.key !== null && (
        <p>
          <TextLink to="/requests" search={{ key: choice.key.prefix, since: check.since }}>
            {t('errors.more', { count: rest })}
          </TextLink>
        </p>
      )}
    </CheckLine>
  );
}

function Failure({ counted }: { readonly counted: ErrorCounts['codes'][number] }) {
  const t = useTranslations('help.checks.errors');
  const mayRead = useCan('requests.read');
  const { code, count, why, what_to_do: todo, last_at: at, last_request_id: id, fault } = counted;
  return (
    <div className="rounded-xl border border-line px-3.5 py-2.5">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Badge tone={fault === 'you' ? 'warn' : 'neutral'}>{fault === null ? t('nobody') : t(`actors.${fault}`)}</Badge>
        <span className="min-w-0 font-medium text-ink">{why}</span>
      </p>
      {todo && <p className="mt-1">{todo}</p>}
      <p className="mt-1 flex flex-wrap gap-x-3 text-[0.8125rem]">
        <code className="break-all">{code}</code>
        <span>
          {t('times', { count })} · <Time at={at} show="relative" />
        </span>
        {mayRead && (
          <TextLink to="/requests/$id" params={{ id }}>
            {t('explain')}
          </TextLink>
        )}
      </p>
    </div>
  );
}

export function NewsLine({ state, announcements }: ReturnType<typeof useNewsCheck>) {
  const t = useTranslations('help.checks');
  const shown = state === 'attention' ? announcements.filter(({ level }) => level !== 'info') : [];
  return (
    <CheckLine state={state} title={t('news.title')}>
      {state === 'running' && <p>{t('running')}</p>}
      {state === 'ok' && <p>{announcements.length === 0 ? t('news.none') : t('news.calm')}</p>}
      {shown.map(({ id, title, body }) => (
        <div key={id}>
          <p className="font-medium text-ink">{title}</p>
          <AnnouncementText body={body} />
        </div>
      ))}
    </CheckLine>
  );
}
