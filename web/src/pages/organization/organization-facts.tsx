import type { Organization } from '../../api/schema.ts';
import { TextLink } from '../../navigation.tsx';
import { Facts } from '../../ui/facts.tsx';
import { IdText } from '../../ui/id-text.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { RoleBadges } from '../organization-parts/role-badges.tsx';

export function OrganizationFacts({ organization }: { readonly organization: Organization }) {
  const t = useTranslations('organization');
  const { id, members, teams, projects } = organization;
  const facts = [
    {
      id: 'members',
      label: t('members'),
      value: <TextLink to="/organization/members">{t('memberCount', { count: members })}</TextLink>,
    },
    {
      id: 'teams',
      label: t('teams'),
      value: <TextLink to="/organization/teams">{t('teamCount', { count: teams })}</TextLink>,
    },
    {
      id: 'projects',
      label: t('projects'),
      value: <TextLink to="/organization/projects">{t('projectCount', { count: projects })}</TextLink>,
    },
    { id: 'roles', label: t('yourRoles'), value: <RoleBadges roles={organization.roles} /> },
    { id: 'created', label: t('created'), value: <Time at={organization.created_at} show="date" focusable /> },
    { id: 'id', label: t('id'), value: <IdText id={id} /> },
  ];
  return <Facts facts={facts} columns={3} />;
}
