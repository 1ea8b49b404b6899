import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { usePages } from '../../api/queries.ts';
import { Link, TextLink } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { StateBadge } from '../../tickets/marks.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { cx } from '../../ui/cx.ts';
import { SkeletonText } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { type SideFact, SideFacts } from './side-facts.tsx';
import type { Beside, TicketPage } from './types.ts';

interface CustomerCardProps {
  readonly ticket: TicketPage;
  /** Undefined until it is there, and where the viewer may not see it. */
  readonly beside: Beside | undefined;
}

/** Who wrote, and what is known of them. */
export function CustomerCard({ ticket, beside }: CustomerCardProps) {
  const t = useTranslations('desk.side');
  const tPlans = useTranslations('tickets.plans');
  const { requester, account, organization, plan } = ticket;
  const today = beside?.organization?.plan;
  const facts: readonly SideFact[] = [
    [t('address'), <Address key="address" ticket={ticket} />],
    [t('account'), <AccountText key="account" ticket={ticket} beside={beside} />],
    ...(organization === null
      ? []
      : [
          [
            t('organization'),
            <OrganizationText key="organization" organization={organization} beside={beside} />,
          ] as const,
        ]),
    [
      t('plan'),
      today === undefined || today === plan
        ? tPlans(plan)
        : `${tPlans(today)} · ${t('planThen', { plan: tPlans(plan) })}`,
    ],
  ];
  return (
    <Card title={requester.name || account?.name || t('customer')}>
      <SideFacts facts={facts} />
    </Card>
  );
}

function Address({ ticket: { requester } }: { readonly ticket: TicketPage }) {
  const t = useTranslations('desk.side');
  const Icon = requester.verified ? ShieldCheck : ShieldAlert;
  return (
    <>
      {requester.address}
      <span
        className={cx('flex items-center justify-end gap-1 text-xs', requester.verified ? 'text-accent' : 'text-warn')}
      >
        <Icon aria-hidden="true" className="size-3.5 shrink-0" />
        {t(requester.verified ? 'proven' : 'notProven')}
      </span>
    </>
  );
}

/** An account that only has the address is not said to have written. */
function AccountText({ ticket, beside }: CustomerCardProps) {
  const t = useTranslations('desk.side');
  const mayCustomers = useStaffCan('customers.read');
  const known = beside?.account ?? null;
  const account = ticket.account ?? known;
  if (account === null) return <span className="text-soft">{t('noAccount')}</span>;
  return (
    <>
      {mayCustomers ? (
        <TextLink to="/operator/accounts/$account" params={{ account: account.id }}>
          {account.name || account.email}
        </TextLink>
      ) : (
        account.name || account.email
      )}
      {known && (
        <span className="block text-xs text-soft">
          {t(`accountStates.${known.state}`)}, {t(known.email_verified ? 'addressVerified' : 'addressUnverified')}
        </span>
      )}
      {ticket.account === null && <span className="block text-xs text-warn">{t('accountUnproven')}</span>}
    </>
  );
}

interface OrganizationTextProps {
  readonly organization: NonNullable<TicketPage['organization']>;
  readonly beside: Beside | undefined;
}

function OrganizationText({ organization: { id, name }, beside }: OrganizationTextProps) {
  const t = useTranslations('desk.side');
  const mayCustomers = useStaffCan('customers.read');
  const state = beside?.organization?.state ?? 'active';
  return (
    <>
      {mayCustomers ? (
        <TextLink to="/operator/customers/$organization" params={{ organization: id }}>
          {name}
        </TextLink>
      ) : (
        name
      )}
      {state !== 'active' && (
        <Badge tone="bad" className="ml-2">
          {t(`organizationStates.${state}`)}
        </Badge>
      )}
    </>
  );
}

/** Keys that are named in the ticket. */
export function KeysCard({ beside }: { readonly beside: Beside | undefined }) {
  const t = useTranslations('desk.side');
  if (!beside || beside.keys.length === 0) return null;
  return (
    <Card title={t('keys')}>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {beside.keys.map(({ prefix, id, name, state, organization_name, group_name }) => (
          <li key={prefix} className="min-w-0">
            <div className="flex flex-wrap items-center gap-2">
              <code className="font-mono text-xs break-all">{prefix}…</code>
              {state !== null && <Badge tone={state === 'enabled' ? 'good' : 'warn'}>{t(`keyStates.${state}`)}</Badge>}
            </div>
            <p className="text-xs text-soft">
              {id === null ? t('keyUnknown') : [name, organization_name, group_name].filter(Boolean).join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What failed for the organization of late. */
export function FailuresCard({ beside }: { readonly beside: Beside | undefined }) {
  const t = useTranslations('desk.side');
  if (!beside || beside.organization === null) return null;
  const { recent_failures: failures } = beside;
  return (
    <Card title={t('failures')}>
      {failures.length === 0 ? (
        <p className="text-soft">{t('noFailures')}</p>
      ) : (
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
          {failures.map(({ code, count, last_request_id: id, last_at: at, why }) => (
            <li key={code}>
              <div className="flex flex-wrap items-baseline justify-between gap-2">
                <TextLink to="/operator/requests/$id" params={{ id }} className="font-mono text-xs break-all">
                  {code}
                </TextLink>
                <span className="text-xs text-soft">
                  {t('failureCount', { count })} · <Time at={at} show="relative" focusable />
                </span>
              </div>
              <p className="text-[0.8125rem] text-soft">{why}</p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const shownOthers = 10;

/** What else the same customer has asked, whoever of the organization it was. */
export function useOthers(ticket: TicketPage) {
  const { organization, account, requester } = ticket;
  const of =
    organization !== null
      ? { organization: organization.id }
      : account !== null
        ? { account: account.id }
        : { requester: requester.address };
  const { rows } = usePages('/admin/v1/tickets', { query: { view: 'all', limit: shownOthers + 1, ...of } });
  return { of, rows: rows?.filter(({ id }) => id !== ticket.id) ?? null };
}

export function OthersCard({ ticket }: { readonly ticket: TicketPage }) {
  const t = useTranslations('desk.side');
  const tViews = useTranslations('desk.views');
  const { of, rows } = useOthers(ticket);
  return (
    <Card
      title={t('others')}
      actions={
        rows !== null &&
        rows.length > 0 && (
          <TextLink to="/desk" search={{ view: 'all', ...of }} className="text-[0.8125rem]">
            {tViews('all')}
          </TextLink>
        )
      }
    >
      {rows === null ? (
        <SkeletonText lines={2} />
      ) : rows.length === 0 ? (
        <p className="text-soft">{t('noOthers')}</p>
      ) : (
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-2">
          {rows.slice(0, shownOthers).map(({ id, subject, state, last_message_at }) => (
            <li key={id}>
              <Link to="/desk/$ticket" params={{ ticket: id }} className="block truncate font-medium hover:underline">
                {subject}
              </Link>
              <p className="flex flex-wrap items-center gap-2 text-xs text-soft">
                <span className="font-mono">{id}</span>
                <StateBadge state={state} />
                <Time at={last_message_at} show="relative" focusable />
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
