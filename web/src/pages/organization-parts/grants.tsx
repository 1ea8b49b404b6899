import { KeyRound, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { usePages } from '../../api/queries.ts';
import type { Grant } from '../../api/schema.ts';
import { Link } from '../../navigation.tsx';
import { useCan, useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { GrantDialog } from './grant-dialog.tsx';
import { MemberName } from './member-name.tsx';
import { RoleBadges } from './role-badges.tsx';
import { useRemoveGrant } from './use-remove-grant.ts';

/** What of a grant is given: the others are columns, and chosen when one is made. */
export interface GrantPart {
  readonly account?: string;
  readonly team?: string;
  readonly project?: string;
}

interface GrantsProps {
  readonly title: string;
  readonly description: string;
  readonly of: GrantPart;
}

/** Roles that members hold within one team or project only. */
export function Grants({ title, description, of }: GrantsProps) {
  const t = useTranslations('roles');
  const { id: organization } = useOrganization();
  const may = useCan('teams.write');
  const [adding, setAdding] = useState(false);
  const remove = useRemoveGrant();
  const pages = usePages('/control/v1/organizations/{organization}/grants', { params: { organization }, query: of });
  const columns = useColumns().filter(({ id }) => !(id in of) && !(id === 'place' && (of.team || of.project)));
  const action = may && (
    <Button small icon={Plus} onClick={() => setAdding(true)}>
      {t('grant')}
    </Button>
  );
  return (
    <Card flush title={title} description={description} actions={pages.rows?.length !== 0 && action}>
      <PagedTable
        label={title}
        pages={pages}
        columns={columns}
        rowKey={(row) => row.id}
        expectedRows={1}
        {...(may
          ? {
              rowActions: (row: Grant) => (
                <IconButton small icon={X} label={t('takeBack', wordsOf(row))} onClick={() => remove(row)} />
              ),
            }
          : {})}
        empty={<EmptyState icon={KeyRound} title={t('noGrants')} text={t('noGrantsText')} action={action} />}
      />
      {adding && <GrantDialog of={of} onClose={() => setAdding(false)} />}
    </Card>
  );
}

function useColumns(): readonly Column<Grant>[] {
  const t = useTranslations('roles');
  return [
    {
      id: 'account',
      header: t('grantMember'),
      className: 'sm:max-w-64',
      cell: ({ account }) => (
        <Link to="/organization/members/$account" params={{ account: account.id }} className="hover:underline">
          <MemberName member={{ ...account, account_id: account.id }} />
        </Link>
      ),
    },
    { id: 'place', header: t('place'), cell: (row) => <Place grant={row} /> },
    { id: 'role', header: t('role'), cell: (row) => <RoleBadges roles={[row.role]} /> },
    { id: 'since', header: t('since'), cell: (row) => <Time at={row.created_at} show="date" /> },
  ];
}

function Place({ grant: { team, project } }: { readonly grant: Grant }) {
  const t = useTranslations('roles');
  if (team) {
    return (
      <Link to="/organization/teams/$team" params={{ team: team.id }} className="hover:underline">
        {t('inTeam', { name: team.name })}
      </Link>
    );
  }
  if (!project) return '–';
  return (
    <Link to="/organization/projects/$project" params={{ project: project.id }} className="hover:underline">
      {t('inProject', { name: project.name })}
    </Link>
  );
}

function wordsOf({ account, team, project }: Grant) {
  return { name: account.name || account.email, place: team?.name ?? project?.name ?? '' };
}
