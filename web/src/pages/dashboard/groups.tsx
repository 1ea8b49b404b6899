import type { Dashboard } from '../../api/schema.ts';
import { Link } from '../../navigation.tsx';
import { BarList } from '../../ui/bar-list.tsx';
import { Card } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';

export function Groups({ dashboard }: { readonly dashboard: Dashboard | null }) {
  const t = useTranslations('dashboard.groups');
  const { compact, percent } = useFormats();
  if (dashboard === null) {
    return (
      <Card title={t('title')} description={t('text')}>
        <Skeleton className="h-32 w-full" />
      </Card>
    );
  }
  const items = dashboard.groups.map(({ group_id, display_name, vendor, share, totals }) => ({
    id: group_id,
    size: totals.requests,
    label: (
      <>
        <Link to="/usage" search={{ range: '30d', group: group_id }} className="rounded-sm font-medium hover:underline">
          {display_name ?? group_id}
        </Link>
        {vendor !== null && <span className="text-faint"> · {vendor}</span>}
      </>
    ),
    value: t('value', { count: compact(totals.requests), share: percent(share ?? 0) }),
  }));
  return (
    <Card title={t('title')} description={t('text')}>
      {items.length === 0 ? (
        <p className="py-4 text-soft">{t('empty')}</p>
      ) : (
        <BarList label={t('title')} items={items} />
      )}
    </Card>
  );
}
