import type { ReactNode } from 'react';
import { TextLink } from '../../navigation.tsx';
import { useCan } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Money } from '../../ui/money.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Time } from '../../ui/time.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import type { en } from '../../words/en/index.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { nanoToUsd } from './amounts.ts';
import type { RequestView } from './view.ts';

type LimitKind = keyof typeof en.request.limit.kinds;

const kinds: ReadonlySet<string> = new Set<LimitKind>([
  'requests',
  'tokens',
  'concurrency',
  'spend_total',
  'spend_5h',
  'spend_1d',
  'spend_7d',
]);
const refusing = new Set(['rate_limited', 'token_rate_limited', 'concurrency_limited', 'spending_limit_reached']);
const nearlyUsed = 0.8;

/** The limit that was closest, as it stood then. */
export function LimitCard({ view }: { readonly view: RequestView }) {
  const t = useTranslations('request.limit');
  const { percent } = useFormats();
  const mayKeys = useCan('keys.read');
  const { limit } = view;
  if (limit === null || !kinds.has(limit.kind)) return null;
  const kind = limit.kind as LimitKind;
  const refused = refusing.has(view.error_code ?? '');
  const share = limit.limit === 0 ? 1 : limit.used / limit.limit;
  const amount = (value: number): ReactNode =>
    kind.startsWith('spend_') ? <Money amount={nanoToUsd(value)} /> : <Numbers value={value} />;
  const { reset_at: resetAt } = limit;
  return (
    <Card title={t('title')} description={refused ? t('hit') : t('description')}>
      <p className="mb-2 font-medium">{t(`kinds.${kind}`)}</p>
      <Progress
        label={t('usage', { share: percent(share) })}
        value={share}
        tone={refused || share >= 1 ? 'bad' : share >= nearlyUsed ? 'warn' : 'good'}
      />
      <p className="mt-2">{t.rich('used', { used: () => amount(limit.used), limit: () => amount(limit.limit) })}</p>
      {resetAt !== null && (
        <p className="mt-1 text-[0.8125rem] text-soft">
          {t.rich(Date.parse(resetAt) > Date.now() ? 'resetsAt' : 'freed', {
            time: () => <Time at={resetAt} show="second" />,
          })}
        </p>
      )}
      {refused && view.key_id && mayKeys && !view.isForeign && (
        <p className="mt-2">
          <TextLink to="/keys/$key" params={{ key: view.key_id }}>
            {t('change')}
          </TextLink>
        </p>
      )}
    </Card>
  );
}
