import { useRead } from '../../api/queries.ts';
import { useOrganizationChoice } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import type { Category } from '../ticket-parts/door.ts';

export function NotToSend() {
  const t = useTranslations('myTickets.form');
  return (
    <Card title={t('notTitle')}>
      <ul className="grid list-disc gap-1.5 pl-5 text-soft">
        <li>{t('not.key')}</li>
        <li>{t('not.content')}</li>
        <li>{t('not.people')}</li>
      </ul>
    </Card>
  );
}

/** What the plan promises for a ticket of this kind, and what that means now. */
export function PromiseCard({ category }: { readonly category: Category | null }) {
  const t = useTranslations('myTickets.form');
  const tPlans = useTranslations('tickets.plans');
  const { duration } = useFormats();
  const { organization } = useOrganizationChoice();
  const ask = { params: { organization: organization?.id ?? '-' }, query: { category: category ?? 'question' } };
  const { data, error } = useRead('/control/v1/organizations/{organization}/support-terms', ask, {
    enabled: organization !== null,
    keepLast: true,
  });
  if (organization === null || error !== null) return null;
  if (data === undefined) {
    return (
      <Card title={t('promise')}>
        <Skeleton className="h-24 w-full" />
      </Card>
    );
  }
  const { plan, first_response_ms: withinMs, due_at: due, calendar } = data;
  return (
    <Card title={t('promise')}>
      <div className="grid gap-1.5 text-soft">
        <p className="text-ink">{t('promisePlan', { plan: tPlans(plan) })}</p>
        {category === 'vulnerability' && <p>{t('promiseVulnerability')}</p>}
        {withinMs === null || due === null ? (
          <p>{t('promiseNone')}</p>
        ) : (
          <p>
            {t.rich(calendar === null ? 'promiseAlways' : 'promiseWithin', {
              span: duration(withinMs),
              time: () => <Time at={due} focusable />,
            })}
          </p>
        )}
        {calendar !== null && <p>{t('promiseHours', { calendar: calendar.name, zone: calendar.time_zone })}</p>}
        <p>{t('explanation')}</p>
      </div>
    </Card>
  );
}
