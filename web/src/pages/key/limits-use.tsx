import type { Key } from '../../api/schema.ts';
import { Card } from '../../ui/card.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Money } from '../../ui/money.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { shareOf, toneOfShare } from '../key-parts/condition.ts';
import { spendWindows } from '../key-parts/key-body.ts';

/** Every limit of a key, and how far it is used. */
export function LimitsUse({ shown }: { readonly shown: Key }) {
  const t = useTranslations('keys');
  const { limits } = shown;
  const noLimit = <span className="text-faint">{t('form.noLimit')}</span>;
  const spend: readonly Fact[] = spendWindows.map((window) => ({
    id: window,
    label: t(`form.spend.${window}`),
    value: <SpendLimit shown={shown} window={window} />,
  }));
  const rates: readonly Fact[] = [
    { id: 'rpm', label: t('form.perMinute'), value: <Numbers value={limits.requests_per_minute} /> },
    {
      id: 'tpm',
      label: t('form.tokens'),
      value: limits.tokens_per_minute === null ? noLimit : <Numbers value={limits.tokens_per_minute} />,
    },
    {
      id: 'concurrency',
      label: t('form.concurrency'),
      value: limits.concurrency === null ? noLimit : <Numbers value={limits.concurrency} />,
    },
  ];
  return (
    <Card title={t('limits')} description={t('limitsText')}>
      <div className="grid gap-5">
        <Facts facts={spend} />
        <Facts facts={rates} />
      </div>
    </Card>
  );
}

function SpendLimit({ shown, window }: { readonly shown: Key; readonly window: (typeof spendWindows)[number] }) {
  const t = useTranslations('keys');
  const limit = shown.limits.spend_usd[window];
  const state = shown.spend.find((each) => each.window === window);
  if (limit === null) {
    return (
      <span className="grid">
        <span className="text-faint">{t('form.noLimit')}</span>
        {state && (
          <span className="text-xs text-soft">
            {t.rich('spentSoFar', { spent: () => <Money amount={state.used_usd} /> })}
          </span>
        )}
      </span>
    );
  }
  const share = state ? (shareOf(state) ?? 0) : 0;
  const reset = state?.reset_at;
  return (
    <span className="grid gap-1.5">
      <span>
        {t.rich('ofLimit', {
          used: () => <Money amount={state?.used_usd ?? '0'} className="font-semibold" />,
          limit: () => <Money amount={limit} />,
        })}
      </span>
      <Progress label={t(`form.spend.${window}`)} value={share} tone={toneOfShare(share)} />
      {reset && (
        <span className="text-xs text-soft">
          {t.rich('resetsAt', { time: () => <Time at={reset} show="relative" /> })}
        </span>
      )}
    </span>
  );
}
