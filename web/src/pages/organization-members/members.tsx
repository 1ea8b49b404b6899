import { SearchX, UserRound } from 'lucide-react';
import { usePages } from '../../api/queries.ts';
import { useFilters } from '../../navigation.tsx';
import { useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { PagedTable } from '../../ui/paged-table.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { MemberMenu } from '../organization-parts/member-menu.tsx';
import { useAllTeams } from '../organization-parts/use-all.ts';
import { useRoleNames, useRolesRead } from '../organization-parts/use-roles.ts';
import { useMemberColumns } from './columns.tsx';

const names = ['search', 'role', 'team', 'state'] as const;
const states = ['active', 'disabled'] as const;

/** Members by name. */
export function Members({ onInvite }: { readonly onInvite: (() => void) | null }) {
  const t = useTranslations('members');
  const { id: organization } = useOrganization();
  const filters = useFilters(names);
  const { search, role, team, state } = filters.values;
  const query = { search, role, team, state: oneOf(states, state) };
  const pages = usePages(
    '/control/v1/organizations/{organization}/members',
    { params: { organization }, query },
    { keepLast: true },
  );
  const columns = useMemberColumns();
  return (
    <>
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="search" label={t('search')} />
        <RoleAndTeamFilters filters={filters} />
        <FilterSelect
          filters={filters}
          name="state"
          label={t('state')}
          all={t('allStates')}
          options={states.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
      </FilterBar>
      <Card flush>
        <PagedTable
          label={t('list')}
          pages={pages}
          columns={columns}
          rowKey={(row) => row.account_id}
          rowLink={(row) => ({ to: '/organization/members/$account', params: { account: row.account_id } })}
          rowActions={(row) => <MemberMenu member={row} small />}
          empty={
            filters.isSet ? (
              <EmptyState
                icon={SearchX}
                title={t('noneFits')}
                text={t('noneFitsText')}
                action={<Button onClick={filters.clear}>{t('showAll')}</Button>}
              />
            ) : (
              <EmptyState
                icon={UserRound}
                title={t('none')}
                text={t('noneText')}
                action={onInvite && <Button onClick={onInvite}>{t('invite')}</Button>}
              />
            )
          }
        />
      </Card>
    </>
  );
}

type Filters = ReturnType<typeof useFilters<(typeof names)[number]>>;

function RoleAndTeamFilters({ filters }: { readonly filters: Filters }) {
  const t = useTranslations('members');
  const roleName = useRoleNames();
  const { data: roles } = useRolesRead();
  const teams = useAllTeams();
  return (
    <>
      <FilterSelect
        filters={filters}
        name="role"
        label={t('roles')}
        all={t('allRoles')}
        options={(roles?.data ?? []).map(({ id }) => ({ value: id, label: roleName(id) }))}
      />
      {teams !== null && teams.length > 0 && (
        <FilterSelect
          filters={filters}
          name="team"
          label={t('teams')}
          all={t('allTeams')}
          options={teams.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </>
  );
}
