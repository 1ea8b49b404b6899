import type { ReactNode } from 'react';
import { type Pages, usePages } from '../../api/queries.ts';
import type { Role } from '../../api/schema.ts';
import { TextLink } from '../../navigation.tsx';
import { useCan, useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';

interface UsesDialogProps {
  readonly role: Role;
  readonly onClose: () => void;
}

/** So many are named; of the others their number. */
const shown = 20;

/** Who has a role, is granted or offered it: until it is taken from all of them it cannot be deleted. */
export function UsesDialog({ role, onClose }: UsesDialogProps) {
  const t = useTranslations('roles');
  const tUi = useTranslations('ui');
  const mayInvite = useCan('members.write');
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('usesTitle', { name: role.name })}
      description={t('usesText')}
      footer={<Button onClick={onClose}>{tUi('close')}</Button>}
    >
      <div className="grid gap-4">
        {role.members > 0 && <Holders role={role} />}
        {role.grants > 0 && <Granted role={role} />}
        {role.invitations > 0 &&
          (mayInvite ? <Offered role={role} /> : <p>{t('offerCount', { count: role.invitations })}</p>)}
      </div>
    </Dialog>
  );
}

function Holders({ role }: { readonly role: Role }) {
  const t = useTranslations('roles');
  const pages = usePages('/control/v1/organizations/{organization}/members', useAsk(role));
  return (
    <Uses title={t('memberCount', { count: role.members })} count={role.members} pages={pages}>
      {({ account_id, name, email }) => (
        <li key={account_id}>
          <MemberLink id={account_id}>{name || email}</MemberLink>
        </li>
      )}
    </Uses>
  );
}

function Granted({ role }: { readonly role: Role }) {
  const t = useTranslations('roles');
  const pages = usePages('/control/v1/organizations/{organization}/grants', useAsk(role));
  return (
    <Uses title={t('grantCount', { count: role.grants })} count={role.grants} pages={pages}>
      {({ id, account, team, project }) => (
        <li key={id}>
          <MemberLink id={account.id}>{account.name || account.email}</MemberLink>{' '}
          <span className="text-soft">
            {team ? t('inTeam', { name: team.name }) : t('inProject', { name: project?.name ?? '–' })}
          </span>
        </li>
      )}
    </Uses>
  );
}

function Offered({ role }: { readonly role: Role }) {
  const t = useTranslations('roles');
  const pages = usePages('/control/v1/organizations/{organization}/invitations', useAsk(role));
  return (
    <Uses title={t('offerCount', { count: role.invitations })} count={role.invitations} pages={pages}>
      {({ id, email }) => (
        <li key={id}>
          <TextLink to="/organization/members" search={{ tab: 'invitations' }}>
            {email}
          </TextLink>
        </li>
      )}
    </Uses>
  );
}

function useAsk(role: Role) {
  const { id: organization } = useOrganization();
  return { params: { organization }, query: { role: role.id, limit: shown } };
}

interface UsesProps<Row> {
  readonly title: string;
  readonly count: number;
  readonly pages: Pick<Pages<Row>, 'rows' | 'error' | 'retry'>;
  readonly children: (row: Row) => ReactNode;
}

function Uses<Row>({ title, count, pages, children }: UsesProps<Row>) {
  const t = useTranslations('roles');
  const { rows, error, retry } = pages;
  if (error && !rows) return <ErrorState error={error} onRetry={retry} />;
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-xs font-medium text-faint">{title}</h3>
      {rows ? (
        <ul className="grid gap-1">
          {rows.map(children)}
          {count > rows.length && <li className="text-soft">{t('more', { count: count - rows.length })}</li>}
        </ul>
      ) : (
        <Skeleton className="h-5 w-48" />
      )}
    </section>
  );
}

function MemberLink({ id, children }: { readonly id: string; readonly children: string }) {
  return (
    <TextLink to="/organization/members/$account" params={{ account: id }}>
      {children}
    </TextLink>
  );
}
