import { api } from '../../api/client.ts';
import { useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { Select } from '../../ui/select.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { GrantPart } from './grants.tsx';
import { isGrantable, mayGrant } from './rank.ts';
import { useAllMembers, useAllProjects, useAllTeams } from './use-all.ts';
import { useMembersChanged } from './use-members-changed.ts';
import { useMyRank, useRoleNames, useRolesRead } from './use-roles.ts';

interface GrantDialogProps {
  readonly of: GrantPart;
  readonly onClose: () => void;
}

/** Lets a member do something within one team or project. */
export function GrantDialog({ of, onClose }: GrantDialogProps) {
  const t = useTranslations('roles');
  const tUi = useTranslations('ui');
  const { id: organization } = useOrganization();
  const changed = useMembersChanged();
  const grant = async (values: FormData) => {
    const [kind, place] = String(values.get('place') ?? '').split(':');
    const chosen =
      of.team || of.project || place === undefined ? {} : { [kind === 'team' ? 'team' : 'project']: place };
    const { account, ...at } = of;
    const made = await api.post('/control/v1/organizations/{organization}/grants', {
      params: { organization },
      body: { ...at, ...chosen, account: account ?? String(values.get('account')), role: String(values.get('role')) },
    });
    const where = made.team?.name ?? made.project?.name ?? '';
    toast({ text: t('granted', { name: made.account.name || made.account.email, place: where }) });
    await changed();
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t('grantTitle')} description={t('grantText')}>
      <Form onSubmit={grant}>
        {of.account === undefined && <MemberField />}
        {of.team === undefined && of.project === undefined && <PlaceField />}
        <RoleField />
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{t('grant')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function MemberField() {
  const t = useTranslations('roles');
  const members = useAllMembers() ?? [];
  return (
    <Field name="account" label={t('grantMember')} required>
      <Select
        defaultValue=""
        options={[
          { value: '', label: t('chooseMember'), disabled: true },
          ...members.map(({ account_id: id, name, email }) => ({
            value: id,
            label: name ? `${name} · ${email}` : email,
          })),
        ]}
      />
    </Field>
  );
}

function PlaceField() {
  const t = useTranslations('roles');
  const teams = useAllTeams() ?? [];
  const projects = useAllProjects() ?? [];
  return (
    <Field name="place" label={t('place')} hint={t('placeHint')} required>
      <Select defaultValue="">
        <option value="" disabled>
          {t('choosePlace')}
        </option>
        {teams.length > 0 && (
          <optgroup label={t('teams')}>
            {teams.map(({ id, name }) => (
              <option key={id} value={`team:${id}`}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
        {projects.length > 0 && (
          <optgroup label={t('projects')}>
            {projects.map(({ id, name, team }) => (
              <option key={id} value={`project:${id}`}>
                {team ? `${name} · ${team.name}` : name}
              </option>
            ))}
          </optgroup>
        )}
      </Select>
    </Field>
  );
}

function RoleField() {
  const t = useTranslations('roles');
  const { data: roles } = useRolesRead();
  const name = useRoleNames();
  const me = useMyRank();
  const options = (roles?.data ?? [])
    .filter(isGrantable)
    .map((role) => ({ value: role.id, label: name(role.id), disabled: !mayGrant(role, me) }));
  return (
    <Field name="role" label={t('role')} hint={t('grantRoleHint')} required>
      <Select defaultValue="" options={[{ value: '', label: t('chooseRole'), disabled: true }, ...options]} />
    </Field>
  );
}
