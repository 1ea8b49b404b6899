import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useRead } from '../../api/queries.ts';
import type { Team } from '../../api/schema.ts';
import { TextLink, useParam } from '../../navigation.tsx';
import { useCan, useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { type Fact, Facts, FactsSkeleton } from '../../ui/facts.tsx';
import { IdText } from '../../ui/id-text.tsx';
import { Money } from '../../ui/money.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { Grants } from '../organization-parts/grants.tsx';
import { TeamDialog } from '../organization-parts/team-dialog.tsx';
import { DeleteTeamDialog } from './delete-team-dialog.tsx';
import { TeamMembers } from './team-members.tsx';
import { TeamProjects } from './team-projects.tsx';

/** One team: who is in it, and its projects. */
export function Page() {
  const t = useTranslations('teams');
  const tRoles = useTranslations('roles');
  const id = useParam('team');
  const { id: organization } = useOrganization();
  const reading = useRead('/control/v1/organizations/{organization}/teams/{team}', {
    params: { organization, team: id },
  });
  const { data: team, error } = reading;
  return (
    <>
      <PageHeader
        title={team?.name ?? t('team')}
        description={team?.note}
        back={<TextLink to="/organization/teams">{t('back')}</TextLink>}
        actions={team && <Actions team={team} />}
      />
      {error && !team ? (
        <Card>
          <ErrorState error={error} onRetry={reading.retry} />
        </Card>
      ) : (
        <div className="grid gap-5">
          <Card>{team ? <TeamFacts team={team} /> : <FactsSkeleton count={4} columns={3} />}</Card>
          <TeamMembers id={id} name={team?.name ?? ''} />
          <TeamProjects team={id} />
          <Grants title={tRoles('grants')} description={tRoles('grantsOfTeam')} of={{ team: id }} />
        </div>
      )}
    </>
  );
}

function Actions({ team }: { readonly team: Team }) {
  const t = useTranslations('teams');
  const may = useCan('teams.write');
  const [asking, setAsking] = useState<'change' | 'delete' | null>(null);
  if (!may) return null;
  const close = () => setAsking(null);
  return (
    <>
      <Button icon={Pencil} onClick={() => setAsking('change')}>
        {t('change')}
      </Button>
      <Button icon={Trash2} onClick={() => setAsking('delete')}>
        {t('delete')}
      </Button>
      {asking === 'change' && <TeamDialog team={team} onClose={close} />}
      {asking === 'delete' && <DeleteTeamDialog team={team} onClose={close} />}
    </>
  );
}

function TeamFacts({ team }: { readonly team: Team }) {
  const t = useTranslations('teams');
  const tShared = useTranslations('organization');
  const { spend_30d_usd: spend } = team;
  const facts: readonly (Fact | null)[] = [
    { id: 'members', label: t('members'), value: team.members },
    spend === null
      ? null
      : {
          id: 'spend',
          label: t('spend'),
          value: (
            <>
              <Money amount={spend} />
              {' · '}
              <TextLink to="/usage" search={{ team: team.id }}>
                {tShared('usage')}
              </TextLink>
            </>
          ),
        },
    { id: 'created', label: tShared('created'), value: <Time at={team.created_at} show="date" focusable /> },
    { id: 'id', label: tShared('id'), value: <IdText id={team.id} /> },
  ];
  return <Facts facts={facts.filter((fact) => fact !== null)} columns={3} />;
}
