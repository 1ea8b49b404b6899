import { useRead } from '../../api/queries.ts';
import type { AccountPage } from '../../api/schema.ts';
import { useParam } from '../../navigation.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Facts, FactsSkeleton } from '../../ui/facts.tsx';
import { IdText } from '../../ui/id-text.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { BackLink } from '../operator-parts/back-link.tsx';
import { AccountActions } from './account-actions.tsx';
import { Organizations } from './organizations.tsx';
import { SignIns } from './sign-ins.tsx';

/** One account: who it is, how it is signed in to, where it belongs. */
export function Page() {
  const t = useTranslations('customers');
  const account = useParam('account');
  const reading = useRead('/admin/v1/accounts/{account}', { params: { account } });
  const { data, error } = reading;
  return (
    <>
      <PageHeader
        title={data?.name ?? account}
        back={<BackLink to="/operator/accounts">{t('backToAccounts')}</BackLink>}
        badge={data && <Badges account={data} />}
        description={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span className="min-h-[1.3125rem]">{data?.email}</span>
            <IdText id={account} />
          </span>
        }
        actions={data && <AccountActions account={data} />}
      />
      {error && !data ? (
        <Card>
          <ErrorState error={error} onRetry={reading.retry} />
        </Card>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <Card>{data ? <AccountFacts account={data} /> : <FactsSkeleton count={7} />}</Card>
          {data ? (
            <>
              <Organizations organizations={data.organization_list} />
              <SignIns signIns={data.sign_ins} />
            </>
          ) : (
            <Skeleton className="h-96 w-full" />
          )}
        </div>
      )}
    </>
  );
}

function Badges({ account }: { readonly account: AccountPage }) {
  const t = useTranslations('customers');
  const tShared = useTranslations('operator');
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      <Badge tone={account.state === 'active' ? 'good' : 'bad'}>{tShared(`states.${account.state}`)}</Badge>
      {account.staff_role !== null && <Badge tone="info">{tShared(`staffRoles.${account.staff_role}`)}</Badge>}
      {!account.email_verified && <Badge tone="warn">{t('unverified')}</Badge>}
      {account.must_change_password && <Badge tone="warn">{t('mustChange')}</Badge>}
    </span>
  );
}

function AccountFacts({ account }: { readonly account: AccountPage }) {
  const t = useTranslations('customers');
  const tShared = useTranslations('operator');
  const last = account.last_sign_in_at;
  const facts = [
    { id: 'sessions', label: t('sessions'), value: account.sessions },
    {
      id: 'last',
      label: t('lastSignIn'),
      value: last === null ? tShared('never') : <Time at={last} show="relative" focusable />,
    },
    { id: 'factor', label: t('twoFactor'), value: t(account.two_factor ? 'on' : 'off') },
    { id: 'passkeys', label: t('passkeys'), value: account.passkeys },
    { id: 'tokens', label: t('tokens'), value: account.access_tokens },
    { id: 'locale', label: t('locale'), value: t(`locales.${account.locale}`) },
    { id: 'created', label: t('created'), value: <Time at={account.created_at} show="date" focusable /> },
  ];
  return <Facts facts={facts} />;
}
