import { Ban, Play } from 'lucide-react';
import { useState } from 'react';
import { useRead } from '../../api/queries.ts';
import type { CustomerPage } from '../../api/schema.ts';
import { TextLink, useParam } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Facts, FactsSkeleton } from '../../ui/facts.tsx';
import { IdText } from '../../ui/id-text.tsx';
import { Money } from '../../ui/money.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { stateTones } from '../operator-customers/columns.tsx';
import { BackLink } from '../operator-parts/back-link.tsx';
import { CustomerTabs } from './customer-tabs.tsx';
import { SuspensionDialog } from './suspension-dialog.tsx';

const siteOrganization = 'org_site';

/** One customer, with all that the desk needs to know. */
export function Page() {
  const t = useTranslations('customers');
  const tShared = useTranslations('operator');
  const organization = useParam('organization');
  const reading = useRead('/admin/v1/customers/{organization}', { params: { organization } }, { everyMs: 30_000 });
  const { data: customer, error } = reading;
  const mayChange = useStaffCan('customers.write');
  const [asking, setAsking] = useState(false);
  const suspended = customer?.state === 'suspended';
  // The site's own organization cannot be suspended.
  const changeable = mayChange && customer && customer.state !== 'deleted' && customer.id !== siteOrganization;
  return (
    <>
      <PageHeader
        title={customer?.name ?? organization}
        description={<IdText id={organization} />}
        back={<BackLink to="/operator/customers">{t('back')}</BackLink>}
        badge={customer && <Badge tone={stateTones[customer.state]}>{tShared(`states.${customer.state}`)}</Badge>}
        actions={
          changeable && (
            <Button icon={suspended ? Play : Ban} onClick={() => setAsking(true)}>
              {t(suspended ? 'resume' : 'suspend')}
            </Button>
          )
        }
      />
      {error && !customer ? (
        <Card>
          <ErrorState error={error} onRetry={reading.retry} />
        </Card>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          {customer?.suspension && <Suspension suspension={customer.suspension} />}
          <Card>{customer ? <CustomerFacts customer={customer} /> : <FactsSkeleton count={7} />}</Card>
          {customer ? <CustomerTabs customer={customer} /> : <Skeleton className="h-96 w-full" />}
        </div>
      )}
      {customer && asking && <SuspensionDialog customer={customer} onClose={() => setAsking(false)} />}
    </>
  );
}

function Suspension({ suspension }: { readonly suspension: NonNullable<CustomerPage['suspension']> }) {
  const t = useTranslations('customers');
  return (
    <Banner tone="danger" title={t.rich('suspension', { time: () => <Time at={suspension.at} focusable /> })}>
      <p>{t('suspensionBy', { reason: suspension.reason })}</p>
      <p className="text-soft">
        {suspension.by && `${suspension.by} · `}
        {t('suspensionKeys', { count: suspension.keys_disabled })}
      </p>
    </Banner>
  );
}

function CustomerFacts({ customer }: { readonly customer: CustomerPage }) {
  const t = useTranslations('customers');
  const tShared = useTranslations('operator');
  const { owner, last_request_at: last } = customer;
  const facts = [
    {
      id: 'owner',
      label: t('owner'),
      value:
        owner === null ? (
          t('noOwner')
        ) : (
          <>
            <TextLink to="/operator/accounts/$account" params={{ account: owner.account_id }}>
              {owner.email}
            </TextLink>
            <span className="block text-soft">{owner.name}</span>
          </>
        ),
    },
    { id: 'spend', label: t('spend'), value: <Money amount={customer.spend_30d_usd} /> },
    {
      id: 'last',
      label: t('lastRequest'),
      value: last === null ? tShared('never') : <Time at={last} show="relative" focusable />,
    },
    { id: 'kind', label: t('kind'), value: tShared(`kinds.${customer.kind}`) },
    { id: 'members', label: t('members'), value: customer.members },
    { id: 'keys', label: t('keys'), value: customer.keys },
    { id: 'created', label: t('created'), value: <Time at={customer.created_at} show="date" focusable /> },
  ];
  return <Facts facts={facts} />;
}
