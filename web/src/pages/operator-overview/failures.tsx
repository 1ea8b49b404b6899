import type { Overview } from '../../api/schema.ts';
import { BarList } from '../../ui/bar-list.tsx';
import { Card } from '../../ui/card.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';

const faults = ['vendor', 'us', 'you'] as const;

/** What failed of late, by who has to act. */
export function Failures({ recent }: { readonly recent: Overview['recent'] | null }) {
  const t = useTranslations('operator.overview');
  const tFaults = useTranslations('operator.faults');
  const { duration } = useFormats();
  if (recent === null) {
    return (
      <Card title={t('failures')} description={'\u00a0'}>
        <Skeleton className="h-32 w-full" />
      </Card>
    );
  }
  const { failures } = recent;
  const span = duration(Math.max(1, recent.seconds) * 1_000);
  const items = faults.map((fault) => ({
    id: fault,
    label: tFaults(fault),
    size: failures[fault],
    value: <Numbers value={failures[fault]} />,
  }));
  const none = items.every(({ size }) => size === 0);
  return (
    <Card title={t('failures')} description={t('failuresText', { span })}>
      {none ? (
        <p className="py-6 text-center text-soft">{t('noFailures', { span })}</p>
      ) : (
        <BarList label={t('failures')} items={items} />
      )}
    </Card>
  );
}
