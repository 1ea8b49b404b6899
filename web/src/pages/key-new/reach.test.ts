import { expect, test } from 'vitest';
import type { Project } from '../../api/schema.ts';
import { reachOf } from './reach.ts';

function project(id: string, team: string | null): Project {
  const rest = { note: '', archived_at: null, created_at: '', keys: null, spend_30d_usd: null };
  return { id, name: id, team: team === null ? null : { id: team, name: team }, ...rest };
}

const projects = [project('alone', null), project('red-1', 'red'), project('red-2', 'red'), project('blue', 'blue')];
const onProject = (id: string) => ({ project: { id, name: id }, team: null });
const onTeam = (id: string) => ({ project: null, team: { id, name: id } });

function ids(grants: Parameters<typeof reachOf>[1], teams: string[]) {
  const { bookable, owning } = reachOf(
    projects,
    grants,
    teams.map((id) => ({ id })),
  );
  return { bookable: bookable.map(({ id }) => id), owning: owning.map(({ id }) => id) };
}

test('a grant covers its project, or the projects of its team', () => {
  expect(ids([onProject('alone')], [])).toEqual({ bookable: ['alone'], owning: ['alone'] });
  expect(ids([onTeam('red')], [])).toEqual({ bookable: ['red-1', 'red-2'], owning: ['red-1', 'red-2'] });
});

test('members of a team may book to its projects, which own nothing by that', () => {
  expect(ids([], ['blue'])).toEqual({ bookable: ['blue'], owning: [] });
});

test('nothing comes of nothing', () => {
  expect(ids([], [])).toEqual({ bookable: [], owning: [] });
});
