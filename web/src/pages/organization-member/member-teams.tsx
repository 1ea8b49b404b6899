import { Plus, Users, X } from 'lucide-react';
import { useState } from 'react';
import type { Member } from '../../api/schema.ts';
import { useCan } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useTeamMembership } from '../organization-parts/use-team-membership.ts';
import { AddToTeam } from './add-to-team.tsx';

/** The teams that a member is in. */
export function MemberTeams({ member }: { readonly member: Member }) {
  const t = useTranslations('teams');
  const may = useCan('teams.write');
  const [adding, setAdding] = useState(false);
  const { remove } = useTeamMembership();
  const name = member.name || member.email;
  const actions = may && (
    <Button small icon={Plus} onClick={() => setAdding(true)}>
      {t('addToTeam')}
    </Button>
  );
  return (
    <Card flush title={t('ofMember')} description={t('ofMemberText')} actions={member.teams.length > 0 && actions}>
      <DataTable
        label={t('ofMember')}
        rows={member.teams}
        rowKey={(team) => team.id}
        rowLink={(team) => ({ to: '/organization/teams/$team', params: { team: team.id } })}
        columns={[{ id: 'name', header: t('team'), cell: (team) => team.name }]}
        {...(may
          ? {
              rowActions: (team: Member['teams'][number]) => (
                <IconButton
                  small
                  icon={X}
                  label={t('takeOut', { name, team: team.name })}
                  onClick={() => remove({ team, account: member.account_id, name })}
                />
              ),
            }
          : {})}
        empty={<EmptyState icon={Users} title={t('inNone')} text={t('inNoneText')} action={actions} />}
      />
      {adding && <AddToTeam member={member} onClose={() => setAdding(false)} />}
    </Card>
  );
}
