import { useMessages, useTranslations } from 'use-intl';
import { shownValue } from '../../audit/audit-changes.ts';
import { useFormats } from '../../ui/use-formats.ts';
import { useAllMembers, useAllProjects, useAllTeams } from '../organization-parts/use-all.ts';
import { useRoleNames } from '../organization-parts/use-roles.ts';

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

/** The members and values of an entry as people read them: names for ids, the reader's times and words. */
export function useChangeWords() {
  const t = useTranslations('audit');
  const { audit } = useMessages();
  const roleName = useRoleNames();
  const { time } = useFormats();
  const names = useNames();
  const memberWords: Readonly<Record<string, string>> = audit.members;
  const valueWords: Readonly<Record<string, string>> = audit.values;
  const one = (name: string, value: unknown): string => {
    if (value === true) return t('yes');
    if (value === false) return t('no');
    if (typeof value !== 'string') return shownValue(value);
    if (/^roles?$/.test(name)) return roleName(value);
    if (isoTime.test(value)) return time(new Date(value), 'second');
    return names.get(value) ?? valueWords[value] ?? shownValue(value);
  };
  return {
    name: (name: string) => memberWords[name.replaceAll('.', '_')] ?? name,
    value: (name: string, value: unknown): string => {
      if (!Array.isArray(value)) return one(name, value);
      return value.length === 0 ? t('nothing') : value.map((each) => one(name, each)).join(', ');
    },
  };
}

/** What ids are called today. One that is gone stays an id. */
function useNames(): ReadonlyMap<string, string> {
  const members = useAllMembers() ?? [];
  const teams = useAllTeams() ?? [];
  const projects = useAllProjects() ?? [];
  return new Map([
    ...members.map(({ account_id: id, name, email }) => [id, name || email] as const),
    ...[...teams, ...projects].map(({ id, name }) => [id, name] as const),
  ]);
}
