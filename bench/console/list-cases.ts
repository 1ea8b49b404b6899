import { listAudit } from '../../src/audit/read.ts';
import { type CustomerFilter, listCustomers } from '../../src/customers/customer-list.ts';
import { type KeyFilter, listKeys } from '../../src/keys/list.ts';
import { everyKey, keysOf } from '../../src/keys/scope.ts';
import { listMembers } from '../../src/organizations/members.ts';
import { listProjects } from '../../src/organizations/projects.ts';
import { spendByAccount, spendByProject, spendByTeam } from '../../src/organizations/spend.ts';
import { listTeams } from '../../src/organizations/teams.ts';
import type { Case, Site, Viewer } from './cases.ts';

/** Lists that are not of requests: pages of fifty, with the figures that stand in their rows. */

const limit = 50;

function keys(name: string, filter: Partial<KeyFilter>): Case[] {
  return [
    {
      name: `keys: ${name}`,
      run: ({ pool, nowMs }, { organizationId }) => listKeys(pool, keysOf(organizationId), { limit, ...filter }, nowMs),
    },
    {
      name: `staff keys: ${name}`,
      run: ({ pool, nowMs }) => listKeys(pool, everyKey, { limit, ...filter }, nowMs),
    },
  ];
}

function customers(name: string, filter: Partial<CustomerFilter>): Case {
  return {
    name: `staff customers: ${name}`,
    run: ({ pool, nowMs }) => listCustomers(pool, { search: null, sort: 'created', ...filter }, limit, null, nowMs),
  };
}

async function members({ pool, nowMs }: Site, { organizationId }: Viewer, search?: string): Promise<void> {
  const page = await listMembers(pool, organizationId, { limit, search });
  const ids = page.members.map(({ accountId }) => accountId);
  await spendByAccount(pool, organizationId, ids, nowMs);
}

async function teams({ pool, nowMs }: Site, { organizationId }: Viewer): Promise<void> {
  const page = await listTeams(pool, organizationId, { limit });
  const ids = page.teams.map(({ id }) => id);
  await spendByTeam(pool, organizationId, ids, nowMs);
}

async function projects({ pool, nowMs }: Site, { organizationId }: Viewer): Promise<void> {
  const page = await listProjects(pool, organizationId, { limit, archived: 'no' });
  const ids = page.projects.map(({ id }) => id);
  await spendByProject(pool, organizationId, ids, nowMs);
}

export const listCases: readonly Case[] = [
  ...keys('newest', {}),
  ...keys('by spend', { sort: '-spend' }),
  ...keys('by last use', { sort: '-last_used' }),
  ...keys('of a name', { search: 'Key 77' }),
  ...keys('of a name that nobody gave', { search: 'unheard of' }),
  { name: 'members', run: (site, viewer) => members(site, viewer) },
  { name: 'members: of a name', run: (site, viewer) => members(site, viewer, 'member-1') },
  { name: 'teams', run: teams },
  { name: 'projects', run: projects },
  customers('newest', {}),
  customers('by spend', { sort: 'spend' }),
  customers('of a name', { search: { by: 'text', text: 'Organization 7' } }),
  customers('of an address', { search: { by: 'text', text: 'member-17-' } }),
  {
    name: 'audit log: of one organization',
    run: ({ pool }, { organizationId }) => listAudit(pool, { organizationId }, limit, null),
  },
];
