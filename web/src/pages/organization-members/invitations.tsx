import { MailPlus, SearchX } from 'lucide-react';
import { usePages } from '../../api/queries.ts';
import type { Invitation } from '../../api/schema.ts';
import { useFilters } from '../../navigation.tsx';
import { useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar, FilterSelect } from '../../ui/filter-bar.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { PagedTable } from '../../ui/paged-table.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { NamedLinks } from '../organization-parts/named-links.tsx';
import { RoleBadges } from '../organization-parts/role-badges.tsx';
import { InvitationActions } from './invitation-actions.tsx';

const names = ['answer'] as const;
const states = ['open', 'expired', 'accepted', 'declined', 'revoked'] as const;
const tones = { open: 'info', expired: 'warn', accepted: 'good', declined: 'neutral', revoked: 'neutral' } as const;

/** Invitations, newest first: those that wait for an answer, unless others are asked for. */
export function Invitations({ onInvite }: { readonly onInvite: () => void }) {
  const t = useTranslations('members');
  const { id: organization } = useOrganization();
  const filters = useFilters(names);
  const state = oneOf(states, filters.values.answer);
  const pages = usePages(
    '/control/v1/organizations/{organization}/invitations',
    { params: { organization }, query: { state } },
    { keepLast: true },
  );
  return (
    <>
      <FilterBar filters={filters}>
        <FilterSelect
          filters={filters}
          name="answer"
          label={t('invitationState')}
          all={t('invitationWaiting')}
          options={states.map((value) => ({ value, label: t(`invitationStates.${value}`) }))}
        />
      </FilterBar>
      <Card flush>
        <PagedTable
          label={t('invitations')}
          pages={pages}
          columns={useColumns()}
          rowKey={(row) => row.id}
          rowActions={(row) => <InvitationActions invitation={row} />}
          expectedRows={3}
          empty={
            state ? (
              <EmptyState icon={SearchX} title={t('noInvitationFits')} />
            ) : (
              <EmptyState
                icon={MailPlus}
                title={t('noInvitation')}
                text={t('noInvitationText')}
                action={<Button onClick={onInvite}>{t('invite')}</Button>}
              />
            )
          }
        />
      </Card>
    </>
  );
}

function useColumns(): readonly Column<Invitation>[] {
  const t = useTranslations('members');
  return [
    { id: 'email', header: t('email'), className: 'sm:max-w-72', cell: (row) => <Address invitation={row} /> },
    { id: 'roles', header: t('roles'), wrap: true, cell: (row) => <RoleBadges roles={row.roles} /> },
    {
      id: 'teams',
      header: t('teams'),
      wrap: true,
      wideOnly: true,
      cell: (row) => <NamedLinks items={row.teams} to="/organization/teams/$team" param="team" />,
    },
    {
      id: 'state',
      header: t('state'),
      cell: (row) => <StatusDot tone={tones[row.state]}>{t(`invitationStates.${row.state}`)}</StatusDot>,
    },
    {
      id: 'sent',
      header: t('sent'),
      cell: (row) => (
        <span className="whitespace-nowrap">
          <Time at={row.sent_at} show="relative" />
          {row.sends > 1 && <span className="text-soft"> · {t('sends', { count: row.sends })}</span>}
        </span>
      ),
    },
    { id: 'expires', header: t('expires'), cell: (row) => <Time at={row.expires_at} show="relative" /> },
  ];
}

function Address({ invitation: { email, invited_by: by } }: { readonly invitation: Invitation }) {
  const t = useTranslations('members');
  return (
    <span className="block min-w-0 max-sm:pr-16">
      <span className="block truncate">{email}</span>
      <span className="block truncate text-[0.8125rem] font-normal text-soft">
        {by ? t('invitedBy', { name: by.name || by.email }) : t('inviterGone')}
      </span>
    </span>
  );
}
