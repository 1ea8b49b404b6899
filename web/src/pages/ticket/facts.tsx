import { Card } from '../../ui/card.tsx';
import { IdText } from '../../ui/id-text.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { CustomerTicketPage } from '../ticket-parts/door.ts';
import { StateBadge } from '../ticket-parts/state-badge.tsx';

/** How it stands, in words. */
export function Facts({ ticket }: { readonly ticket: CustomerTicketPage }) {
  const t = useTranslations('myTickets.ticket');
  const tAll = useTranslations('myTickets');
  const tPlans = useTranslations('tickets.plans');
  const { id, state, category, plan, due_at: due, requester, participants } = ticket;
  const others = participants.filter(({ address }) => address !== requester.address);
  const rows = [
    { name: t('number'), value: <IdText id={id} /> },
    {
      name: t('state'),
      value: (
        <>
          <StateBadge state={state} />
          <span className="mt-1 block text-[0.8125rem] text-soft">{tAll(`statesText.${state}`)}</span>
        </>
      ),
    },
    { name: t('category'), value: tAll(`categories.${category}`) },
    { name: t('plan'), value: tPlans(plan) },
    ...(state === 'open' || state === 'waiting'
      ? [
          {
            name: t('due'),
            value: due !== null ? <Time at={due} focusable /> : state === 'waiting' ? t('waitingDue') : t('noDue'),
          },
        ]
      : []),
    { name: t('from'), value: requester.name || requester.address },
    ...(others.length > 0
      ? [{ name: t('copies'), value: others.map(({ name, address }) => name || address).join(', ') }]
      : []),
  ];
  return (
    <Card title={t('about')}>
      <dl className="grid gap-3">
        {rows.map(({ name, value }) => (
          <div key={name} className="min-w-0">
            <dt className="text-[0.8125rem] text-soft">{name}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-[0.8125rem] text-soft">{t('byMail')}</p>
    </Card>
  );
}
