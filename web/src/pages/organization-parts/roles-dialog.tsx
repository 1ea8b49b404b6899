import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { Member } from '../../api/schema.ts';
import { useOrganization, useSession } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { RoleChoice } from './role-choice.tsx';
import { useMembersChanged } from './use-members-changed.ts';

interface RolesDialogProps {
  readonly member: Member;
  readonly onClose: () => void;
}

export function RolesDialog({ member, onClose }: RolesDialogProps) {
  const t = useTranslations('members');
  const tUi = useTranslations('ui');
  const { id: organization } = useOrganization();
  const { account } = useSession();
  const changed = useMembersChanged();
  const [roles, setRoles] = useState<readonly string[]>(member.roles);
  const name = member.name || member.email;
  const same = roles.length === member.roles.length && roles.every((role) => member.roles.includes(role));
  const save = async () => {
    const params = { organization, account: member.account_id };
    await api.patch('/control/v1/organizations/{organization}/members/{account}', {
      params,
      body: { roles: [...roles] },
    });
    toast({ text: t('rolesChanged', { name }) });
    await changed();
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t('rolesTitle', { name })} description={t('rolesText')}>
      <Form onSubmit={save}>
        <RoleChoice value={roles} onChange={setRoles} had={member.roles} />
        {member.account_id === account.id && !same && <Banner tone="warn">{t('ownRoles')}</Banner>}
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton disabled={same}>{t('saveRoles')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
