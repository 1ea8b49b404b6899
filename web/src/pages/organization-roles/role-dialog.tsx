import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { Role } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useMembersChanged } from '../organization-parts/use-members-changed.ts';
import { PermissionChoice } from './permission-choice.tsx';

interface RoleDialogProps {
  /** To be changed or looked at; otherwise one is made. */
  readonly role?: Role;
  /** What a new one begins with. */
  readonly like?: Role;
  readonly readOnly?: boolean;
  readonly onClose: () => void;
}

const path = '/control/v1/organizations/{organization}/roles';
/** What a new role begins with: every role holds it. */
const least = ['organization.read'];

export function RoleDialog({ role, like, readOnly = false, onClose }: RoleDialogProps) {
  const t = useTranslations('roles');
  const tUi = useTranslations('ui');
  const { id: organization } = useOrganization();
  const changed = useMembersChanged();
  const [permissions, setPermissions] = useState((role ?? like)?.permissions ?? (least as readonly string[]));
  const held = role ? role.members + role.grants : 0;
  const title = readOnly ? (role?.name ?? '') : t(role ? 'changeTitle' : 'makeTitle');
  const save = async (values: FormData) => {
    const body = {
      name: String(values.get('name')).trim(),
      note: String(values.get('note')).trim(),
      permissions: [...permissions],
    };
    const saved = role
      ? await api.patch(`${path}/{role}`, { params: { organization, role: role.id }, body })
      : await api.post(path, { params: { organization }, body, idempotency: true });
    toast({ text: t(role ? 'changed' : 'made', { name: saved.name }) });
    await changed();
    onClose();
  };
  const choice = <PermissionChoice value={permissions} onChange={setPermissions} readOnly={readOnly} />;
  if (readOnly) {
    return (
      <Dialog open onClose={onClose} size="large" title={title} description={role?.note}>
        {choice}
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} size="large" title={title}>
      <Form onSubmit={save}>
        {held > 0 && role && <Banner>{t('changeHeld', { members: role.members, grants: role.grants })}</Banner>}
        <div className="grid gap-5 sm:grid-cols-2">
          <Field name="name" label={t('name')} required>
            <TextInput
              maxLength={60}
              defaultValue={role?.name ?? (like ? t('copyName', { name: like.name }) : '')}
              autoComplete="off"
            />
          </Field>
          <Field name="note" label={t('note')} optional>
            <TextInput maxLength={500} defaultValue={(role ?? like)?.note ?? ''} autoComplete="off" />
          </Field>
        </div>
        {choice}
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{t(role ? 'save' : 'create')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
