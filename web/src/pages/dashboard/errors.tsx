import { CircleCheck } from 'lucide-react';
import type { Dashboard, ErrorCounts } from '../../api/schema.ts';
import { TextLink } from '../../navigation.tsx';
import { useCan } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { useLastDay } from '../../usage/time-zone.ts';
import { useTranslations } from '../../words/use-translations.ts';

const mostShown = 5;

/** What failed of late and waits for somebody here; what others have to mend is only counted. */
export function Errors({ dashboard }: { readonly dashboard: Dashboard | null }) {
  const t = useTranslations('dashboard.errors');
  const lastDay = useLastDay();
  if (dashboard === null) {
    return (
      <Card title={t('title')} description={t('text')}>
        <Skeleton className="h-32 w-full" />
      </Card>
    );
  }
  const { codes, since } = dashboard.errors;
  const own = codes.filter(({ fault }) => fault === 'you');
  const others = codes.length - own.length;
  const all = (
    <TextLink to="/usage" search={{ ...lastDay, tab: 'errors' }} className="text-[0.8125rem]">
      {t('all')}
    </TextLink>
  );
  return (
    <Card flush title={t('title')} description={t('text')} actions={codes.length > 0 && all}>
      {own.length === 0 ? (
        <EmptyState icon={CircleCheck} title={t('none')} text={t('noneText')} />
      ) : (
        <ul className="border-t border-line">
          {own.slice(0, mostShown).map((counted) => (
            <Item key={counted.code} counted={counted} since={since} />
          ))}
        </ul>
      )}
      {others > 0 && (
        <p className="border-t border-line px-5 py-3 text-[0.8125rem] text-soft">{t('others', { count: others })}</p>
      )}
    </Card>
  );
}

interface ItemProps {
  readonly counted: ErrorCounts['codes'][number];
  readonly since: string;
}

function Item({ counted, since }: ItemProps) {
  const t = useTranslations('dashboard.errors');
  const mayRead = useCan('requests.read');
  const { code, count, why, what_to_do, last_at, last_request_id: id } = counted;
  return (
    <li className="grid gap-1 border-b border-line px-5 py-3.5 last:border-b-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="min-w-0 font-medium">{why}</p>
        <span className="flex items-baseline gap-2 text-[0.8125rem] text-soft">
          <Badge tone="warn">{t('times', { count })}</Badge>
          <Time at={last_at} show="relative" />
        </span>
      </div>
      <p className="text-soft">{what_to_do}</p>
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-[0.8125rem]">
        <code className="text-faint">{code}</code>
        {mayRead && (
          <>
            <TextLink to="/requests/$id" params={{ id }}>
              {t('explain')}
            </TextLink>
            <TextLink to="/requests" search={{ code, since }}>
              {t('list')}
            </TextLink>
          </>
        )}
      </p>
    </li>
  );
}
