import type { ReactNode } from 'react';
import type { Ask } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import type { Filters } from '../../navigation.tsx';
import { useCan, useOrganization, useSession } from '../../session.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useGroups } from '../key-parts/offers.ts';

export const filterNames = ['search', 'vendor', 'group', 'owner', 'project', 'state', 'sort'] as const;
type FilterName = (typeof filterNames)[number];

const states = ['enabled', 'disabled', 'expired', 'deleted', 'all'] as const;
const sorts = ['-last_used', '-spend', 'name', 'created'] as const;

type KeyQuery = NonNullable<Ask<'/control/v1/organizations/{organization}/keys'>['query']>;

/** The question of the API; what the address has wrong is passed over. */
export function queryOf(values: Filters<FilterName>['values']): KeyQuery {
  const { search, vendor, group, owner, project } = values;
  return {
    search,
    vendor,
    group,
    project,
    account: owner,
    state: states.find((state) => state === values.state),
    sort: sorts.find((sort) => sort === values.sort),
  };
}

interface KeyFiltersProps {
  readonly filters: Filters<FilterName>;
  readonly actions: ReactNode;
}

export function KeyFilters({ filters, actions }: KeyFiltersProps) {
  const t = useTranslations('keys');
  const groups = useGroups().data ?? [];
  const vendors = new Map(groups.map(({ vendor, vendor_name }) => [vendor, vendor_name]));
  const { vendor } = filters.values;
  const offered = groups.filter((group) => vendor === undefined || group.vendor === vendor);
  return (
    <FilterBar filters={filters} actions={actions}>
      <FilterText filters={filters} name="search" label={t('search')} tidy={publicPart} />
      <FilterSelect
        filters={filters}
        name="vendor"
        label={t('vendor')}
        all={t('allVendors')}
        options={[...vendors].map(([value, label]) => ({ value, label }))}
      />
      <FilterSelect
        filters={filters}
        name="group"
        label={t('group')}
        all={t('allGroups')}
        options={offered.map(({ id, display_name }) => ({ value: id, label: display_name }))}
      />
      <OwnerFilters filters={filters} />
      <FilterSelect
        filters={filters}
        name="state"
        label={t('state')}
        all={t('allStates')}
        options={states.map((value) => ({ value, label: t(`states.${value}`) }))}
      />
      <FilterSelect
        filters={filters}
        name="sort"
        label={t('sort')}
        all={t('sorts.-created')}
        options={sorts.map((value) => ({ value, label: t(`sorts.${value}`) }))}
      />
    </FilterBar>
  );
}

/** By whose key it is: where there is more than one's own to be seen. */
function OwnerFilters({ filters }: { readonly filters: Filters<FilterName> }) {
  const t = useTranslations('keys');
  const { account } = useSession();
  const { id: organization, kind } = useOrganization();
  const canSee = useCan('organization.read') && kind !== 'personal';
  const ask = { params: { organization }, query: { limit: 200 } };
  const members = useRead('/control/v1/organizations/{organization}/members', ask, { enabled: canSee });
  const projects = useRead('/control/v1/organizations/{organization}/projects', ask, { enabled: canSee });
  if (!canSee) return null;
  const others = (members.data?.data ?? []).filter(({ account_id }) => account_id !== account.id);
  return (
    <>
      <FilterSelect
        filters={filters}
        name="owner"
        label={t('owner')}
        all={t('allOwners')}
        options={[
          { value: account.id, label: t('owners.you') },
          ...others.map(({ account_id, name }) => ({ value: account_id, label: name })),
        ]}
      />
      <FilterSelect
        filters={filters}
        name="project"
        label={t('project')}
        all={t('allProjects')}
        options={(projects.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
    </>
  );
}

/** A whole key that somebody pastes stays out of the address: its public prefix finds it as well. */
export function publicPart(text: string): string {
  return text.replace(/\b(sk-[a-z0-9]{2,16}-[0-9A-Za-z]{8})[0-9A-Za-z]+/g, '$1');
}
