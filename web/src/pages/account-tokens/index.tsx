import { SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import { type Answer, api } from '../../api/client.ts';
import { useChanged, useRead } from '../../api/queries.ts';
import { useMayChange } from '../../identity/acting.ts';
import { useSession } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toasts.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { CreateTokenDialog } from './create-dialog.tsx';
import { usePermissionText } from './permission-text.ts';

const path = '/control/v1/account/tokens';

type AccessToken = Answer<typeof path>['data'][number];

export function Page() {
  const t = useTranslations('account.tokens');
  const tPages = useTranslations('shell.pages');
  const columns = useColumns();
  const { data, error, retry } = useRead(path, {});
  const mayChange = useMayChange();
  const [creating, setCreating] = useState(false);
  const create = mayChange && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  );
  const reference = t.rich('reference', {
    a: (chunks) => (
      <a className="link" href="/docs/api">
        {chunks}
      </a>
    ),
  });
  return (
    <>
      <PageHeader
        title={tPages('tokens')}
        description={
          <>
            {t('description')} {reference}
          </>
        }
        actions={create}
      />
      <Card flush>
        {error !== null && data === undefined ? (
          <ErrorState error={error} onRetry={retry} />
        ) : (
          <DataTable
            label={t('list')}
            columns={columns}
            rows={data?.data ?? null}
            rowKey={({ id }) => id}
            expectedRows={3}
            rowActions={(token) => (mayChange ? <RevokeButton token={token} /> : null)}
            empty={<EmptyState icon={SquareTerminal} title={t('empty')} text={t('emptyText')} action={create} />}
          />
        )}
      </Card>
      {creating && <CreateTokenDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function useColumns(): Column<AccessToken>[] {
  const t = useTranslations('account.tokens');
  const { organizations } = useSession();
  const textOf = usePermissionText();
  return [
    { id: 'name', header: t('name'), cell: ({ name }) => name, wrap: true },
    { id: 'token', header: t('token'), cell: ({ prefix }) => <code className="font-mono text-xs">{prefix}…</code> },
    {
      id: 'permissions',
      header: t('permissions'),
      cell: ({ permissions }) => (
        <Tooltip text={permissions.map(textOf).join(' · ')}>
          <button type="button" className="cursor-default rounded-sm underline decoration-dotted underline-offset-4">
            {t('permissionsCount', { count: permissions.length })}
          </button>
        </Tooltip>
      ),
    },
    {
      id: 'organization',
      header: t('organization'),
      cell: ({ organization }) =>
        organization === null
          ? t('allOrganizations')
          : (organizations.find(({ id }) => id === organization)?.name ?? organization),
      wideOnly: true,
    },
    {
      id: 'used',
      header: t('lastUsed'),
      cell: ({ last_used_at }) => (last_used_at === null ? t('neverUsed') : <Time at={last_used_at} show="relative" />),
    },
    { id: 'expires', header: t('expires'), cell: ({ expires_at }) => <Expiry at={expires_at} /> },
  ];
}

function Expiry({ at }: { readonly at: string | null }) {
  const t = useTranslations('account.tokens');
  if (at === null) return t('never');
  return Date.parse(at) <= Date.now() ? <Badge tone="bad">{t('expired')}</Badge> : <Time at={at} show="date" />;
}

function RevokeButton({ token: { id, name } }: { readonly token: AccessToken }) {
  const t = useTranslations('account.tokens');
  const changed = useChanged();
  const [asking, setAsking] = useState(false);
  const revoke = async () => {
    await api.delete('/control/v1/account/tokens/{token}', { params: { token: id } });
    await changed(path);
    toast({ text: t('revoked') });
  };
  return (
    <>
      <Button small onClick={() => setAsking(true)} aria-label={t('revokeLabel', { name })}>
        {t('revoke')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('revokeAsk', { name })}
        consequences={[t('revokeText')]}
        action={t('revoke')}
        danger
        onConfirm={revoke}
      />
    </>
  );
}
