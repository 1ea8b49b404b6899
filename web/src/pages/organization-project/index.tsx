import { useRead } from '../../api/queries.ts';
import type { Project } from '../../api/schema.ts';
import { TextLink, useParam } from '../../navigation.tsx';
import { useOrganization } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { type Fact, Facts, FactsSkeleton } from '../../ui/facts.tsx';
import { IdText } from '../../ui/id-text.tsx';
import { Money } from '../../ui/money.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { Grants } from '../organization-parts/grants.tsx';
import { ProjectActions } from './project-actions.tsx';

/** One project: its keys and spend, and who was let into it. */
export function Page() {
  const t = useTranslations('projects');
  const tRoles = useTranslations('roles');
  const id = useParam('project');
  const { id: organization } = useOrganization();
  const reading = useRead('/control/v1/organizations/{organization}/projects/{project}', {
    params: { organization, project: id },
  });
  const { data: project, error } = reading;
  return (
    <>
      <PageHeader
        title={project?.name ?? t('project')}
        description={project?.note}
        badge={project?.archived_at && <Badge>{t('archivedState')}</Badge>}
        back={<TextLink to="/organization/projects">{t('back')}</TextLink>}
        actions={project && <ProjectActions project={project} />}
      />
      {error && !project ? (
        <Card>
          <ErrorState error={error} onRetry={reading.retry} />
        </Card>
      ) : (
        <div className="grid gap-5">
          {project?.archived_at && (
            <Banner title={t.rich('archivedSince', { time: () => <Time at={project.archived_at ?? ''} focusable /> })}>
              {t('archivedText')}
            </Banner>
          )}
          <Card>{project ? <ProjectFacts project={project} /> : <FactsSkeleton count={5} columns={3} />}</Card>
          <Grants title={tRoles('grants')} description={tRoles('grantsOfProject')} of={{ project: id }} />
        </div>
      )}
    </>
  );
}

function ProjectFacts({ project }: { readonly project: Project }) {
  const t = useTranslations('projects');
  const tShared = useTranslations('organization');
  const { team, keys, spend_30d_usd: spend } = project;
  const facts: readonly (Fact | null)[] = [
    {
      id: 'team',
      label: t('team'),
      value: team ? (
        <TextLink to="/organization/teams/$team" params={{ team: team.id }}>
          {team.name}
        </TextLink>
      ) : (
        t('noTeam')
      ),
    },
    keys === null
      ? null
      : {
          id: 'keys',
          label: t('keys'),
          value: (
            <TextLink to="/keys" search={{ project: project.id }}>
              {t('keyCount', { count: keys })}
            </TextLink>
          ),
        },
    spend === null
      ? null
      : {
          id: 'spend',
          label: t('spend'),
          value: (
            <>
              <Money amount={spend} />
              {' · '}
              <TextLink to="/usage" search={{ project: project.id }}>
                {tShared('usage')}
              </TextLink>
            </>
          ),
        },
    { id: 'created', label: tShared('created'), value: <Time at={project.created_at} show="date" focusable /> },
    { id: 'id', label: tShared('id'), value: <IdText id={project.id} /> },
  ];
  return <Facts facts={facts.filter((fact) => fact !== null)} columns={3} />;
}
