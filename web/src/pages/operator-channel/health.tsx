import type { ChannelHealth } from '../../api/schema.ts';
import { Banner } from '../../ui/banner.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Time } from '../../ui/time.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';

export function Health({ health }: { readonly health: ChannelHealth }) {
  const t = useTranslations('catalogue.channels');
  const tShared = useTranslations('operator');
  const { number, percent, duration } = useFormats();
  const { calls, failures, head_p50_ms: half, head_p95_ms: most } = health;
  const time = (at: string | null) => (at === null ? tShared('none') : <Time at={at} show="relative" focusable />);
  const facts = [
    { id: 'calls', label: t('calls'), value: <Numbers value={calls} /> },
    {
      id: 'failures',
      label: t('failures'),
      value: failures === 0 ? number(0) : `${number(failures)} (${percent(failures / calls)})`,
    },
    { id: 'main', label: t('mainFailure'), value: health.main_failure ?? '–' },
    {
      id: 'head',
      label: t('head'),
      value: half === null || most === null ? '–' : `${duration(half)} / ${duration(most)}`,
    },
    { id: 'call', label: t('lastCall'), value: time(health.last_call_at) },
    { id: 'row', label: t('failuresInRow'), value: <Numbers value={health.failures_in_row} /> },
    { id: 'failure', label: t('lastFailure'), value: time(health.last_failure_at) },
  ];
  return (
    <div className="grid gap-4">
      {health.rests_for_ms > 0 && (
        <Banner tone="warn" role="status">
          {t('rests', { span: duration(health.rests_for_ms) })}
        </Banner>
      )}
      <Facts facts={facts} />
    </div>
  );
}
