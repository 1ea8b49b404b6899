import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { useElapsedMs } from '../requests/elapsed.tsx';
import { OutcomeBadge } from '../requests/outcome.tsx';
import { ActionBox } from './action.tsx';
import { isZero } from './amounts.ts';
import { sentencesOf } from './sentences.ts';
import { isRunning, type RequestView } from './view.ts';

/** What happened, first in one sentence, then in all of them, and who has to act. */
export function Headline({ view }: { readonly view: RequestView }) {
  const t = useTranslations('request');
  const { duration } = useFormats();
  const { headline, others } = sentencesOf(view);
  const took = view.duration_ms === null ? null : duration(view.duration_ms);
  return (
    <Card>
      <p className="max-w-[70ch] text-lg leading-7 font-semibold text-pretty">
        {headline ?? (took === null ? t('answered') : t('answeredIn', { duration: took }))}
      </p>
      <Badges view={view} />
      <div className="mt-4 max-w-[90ch] space-y-1.5">
        {others.map((sentence, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are never moved.
          <p key={index}>{sentence}</p>
        ))}
      </div>
      <div className="mt-4">
        <ActionBox view={view} />
      </div>
    </Card>
  );
}

function Badges({ view }: { readonly view: RequestView }) {
  const t = useTranslations('request.badges');
  const { money } = useFormats();
  const { retries, incident, mode } = view;
  const free = isZero(view.actual_cost_usd);
  return (
    <div className="mt-2 flex flex-wrap gap-1.5">
      {isRunning(view) ? (
        <RunningFor since={view.received_at} />
      ) : (
        <OutcomeBadge outcome={view.outcome} status={view.status} />
      )}
      {view.error_code && <Badge className="font-mono">{view.error_code}</Badge>}
      {(mode === 'stream' || mode === 'async') && <Badge>{t(mode)}</Badge>}
      {retries > 0 && <Badge tone="warn">{t('retries', { count: retries })}</Badge>}
      {!isRunning(view) && <Badge>{free ? t('free') : t('charged', { amount: money(view.actual_cost_usd) })}</Badge>}
      {incident !== null && <Badge tone="bad">{t('incident', { id: incident })}</Badge>}
    </div>
  );
}

function RunningFor({ since }: { readonly since: string }) {
  const t = useTranslations('request');
  const { duration } = useFormats();
  const ms = useElapsedMs(since, true);
  return <Badge tone="info">{t('running', { duration: duration(Math.floor(ms / 1_000) * 1_000) })}</Badge>;
}
