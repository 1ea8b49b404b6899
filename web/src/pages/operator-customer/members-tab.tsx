import { Eye, Users } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from 'use-intl';
import type { CustomerPage } from '../../api/schema.ts';
import { useSession, useStaffCan } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ActDialog } from '../operator-parts/act-dialog.tsx';

type Member = CustomerPage['member_list'][number];
type Invitation = CustomerPage['invitations'][number];

export function MembersTab({ customer }: { readonly customer: CustomerPage }) {
  const t = useTranslations('customers');
  const mayAct = useStaffCan('customers.act');
  const { account } = useSession();
  const [eyes, setEyes] = useState<Member | null>(null);
  const roles = useRoleNames();
  const columns: Column<Member>[] = [
    {
      id: 'member',
      header: t('memberName'),
      cell: (row) => (
        <>
          {row.name}
          <span className="block font-normal text-soft">{row.email}</span>
        </>
      ),
    },
    { id: 'roles', header: t('memberRoles'), cell: (row) => roles(row.roles) },
    { id: 'state', header: t('memberState'), cell: (row) => <MemberState member={row} /> },
    { id: 'joined', header: t('joined'), end: true, cell: (row) => <Time at={row.joined_at} show="date" /> },
  ];
  const canLook = (row: Member) => mayAct && row.account_id !== account.id && row.account_state === 'active';
  return (
    <div className="grid gap-5">
      <Card title={t('memberList')} flush>
        <DataTable
          label={t('memberList')}
          rows={customer.member_list}
          rowKey={(row) => row.account_id}
          rowLink={(row) => ({ to: '/operator/accounts/$account', params: { account: row.account_id } })}
          columns={columns}
          {...(mayAct
            ? {
                rowActions: (row: Member) =>
                  canLook(row) && <IconButton small icon={Eye} label={t('act')} onClick={() => setEyes(row)} />,
              }
            : {})}
          empty={<EmptyState icon={Users} title={t('noMembers')} />}
        />
      </Card>
      {customer.invitations.length > 0 && <Invitations invitations={customer.invitations} />}
      {eyes && <ActDialog account={{ id: eyes.account_id, email: eyes.email }} onClose={() => setEyes(null)} />}
    </div>
  );
}

function MemberState({ member }: { readonly member: Member }) {
  const t = useTranslations('customers');
  const tShared = useTranslations('operator.states');
  if (member.account_state === 'disabled') return <StatusDot tone="bad">{t('accountDisabled')}</StatusDot>;
  const good = member.state === 'active';
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <StatusDot tone={good ? 'good' : 'neutral'}>{tShared(member.state)}</StatusDot>
      {!member.email_verified && <Badge tone="warn">{t('unverified')}</Badge>}
    </span>
  );
}

function Invitations({ invitations }: { readonly invitations: readonly Invitation[] }) {
  const t = useTranslations('customers');
  const roles = useRoleNames();
  return (
    <Card title={t('invitationList')} flush>
      <DataTable
        label={t('invitationList')}
        rows={invitations}
        rowKey={(row) => row.id}
        columns={[
          { id: 'email', header: t('email'), cell: (row) => row.email },
          { id: 'roles', header: t('memberRoles'), cell: (row) => roles(row.roles) },
          { id: 'at', header: t('invited'), end: true, cell: (row) => <Time at={row.created_at} show="relative" /> },
          {
            id: 'expires',
            header: t('expires'),
            end: true,
            cell: (row) => <Time at={row.expires_at} show="relative" />,
          },
        ]}
      />
    </Card>
  );
}

/** Names of roles: the built-in ones in the reader's language, a customer's own as they are. */
export function useRoleNames(): (roles: readonly string[]) => string {
  const { customers } = useMessages();
  const words: Readonly<Record<string, string>> = customers.roles;
  return (roles) => roles.map((role) => words[role] ?? role).join(', ');
}
