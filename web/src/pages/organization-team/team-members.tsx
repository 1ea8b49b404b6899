import { Plus, UserPlus, X } from 'lucide-react';
import { useState } from 'react';
import { usePages } from '../../api/queries.ts';
import type { Member } from '../../api/schema.ts';
import { useCan, useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ChooseDialog } from '../organization-parts/choose-dialog.tsx';
import { MemberName } from '../organization-parts/member-name.tsx';
import { MemberState } from '../organization-parts/member-state.tsx';
import { RoleBadges } from '../organization-parts/role-badges.tsx';
import { useAllMembers } from '../organization-parts/use-all.ts';
import { useTeamMembership } from '../organization-parts/use-team-membership.ts';

interface TeamMembersProps {
  readonly id: string;
  readonly name: string;
}

/** Who is in a team. */
export function TeamMembers(team: TeamMembersProps) {
  const t = useTranslations('teams');
  const { id: organization } = useOrganization();
  const may = useCan('teams.write');
  const [adding, setAdding] = useState(false);
  const { remove } = useTeamMembership();
  const pages = usePages('/control/v1/organizations/{organization}/members', {
    params: { organization },
    query: { team: team.id },
  });
  const action = may && (
    <Button small icon={Plus} onClick={() => setAdding(true)}>
      {t('addMember')}
    </Button>
  );
  const label = (row: Member) => t('takeOut', { name: row.name || row.email, team: team.name });
  return (
    <Card flush title={t('membersOfTeam')} actions={pages.rows?.length !== 0 && action}>
      <PagedTable
        label={t('membersOfTeam')}
        pages={pages}
        rowKey={(row) => row.account_id}
        rowLink={(row) => ({ to: '/organization/members/$account', params: { account: row.account_id } })}
        columns={[
          { id: 'name', header: t('member'), cell: (row) => <MemberName member={row} /> },
          { id: 'roles', header: t('roles'), wrap: true, cell: (row) => <RoleBadges roles={row.roles} /> },
          { id: 'state', header: t('state'), cell: (row) => <MemberState member={row} /> },
        ]}
        expectedRows={2}
        {...(may
          ? {
              rowActions: (row: Member) => (
                <IconButton
                  small
                  icon={X}
                  label={label(row)}
                  onClick={() => remove({ team, account: row.account_id, name: row.name || row.email })}
                />
              ),
            }
          : {})}
        empty={<EmptyState icon={UserPlus} title={t('noMembers')} text={t('noMembersText')} action={action} />}
      />
      {adding && <AddMember team={team} inside={pages.rows ?? []} onClose={() => setAdding(false)} />}
    </Card>
  );
}

interface AddMemberProps {
  readonly team: TeamMembersProps;
  readonly inside: readonly Member[];
  readonly onClose: () => void;
}

function AddMember({ team, inside, onClose }: AddMemberProps) {
  const t = useTranslations('teams');
  const members = useAllMembers();
  const { add } = useTeamMembership();
  const items = members
    ?.filter(({ account_id: id }) => !inside.some((each) => each.account_id === id))
    .map(({ account_id: id, name, email }) => ({
      id,
      name: name ? `${name} · ${email}` : email,
      called: name || email,
    }));
  return (
    <ChooseDialog
      title={t('addMemberTitle', { team: team.name })}
      label={t('member')}
      prompt={t('chooseMember')}
      none={t('noMemberLeft')}
      items={items ?? null}
      action={t('addMember')}
      onClose={onClose}
      onChoose={async ({ id, called }) => {
        await add({ team, account: id, name: called });
        toast({ text: t('added', { name: called, team: team.name }) });
      }}
    />
  );
}
