import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { StaffMember } from './index.tsx';
import { staffRoles } from './roles.ts';

interface StaffDialogProps {
  /** Null: somebody new. */
  readonly member: StaffMember | null;
  readonly onClose: () => void;
}

/** Gives an account a role on the staff, or another one. */
export function StaffDialog({ member, onClose }: StaffDialogProps) {
  const t = useTranslations('operator.staff');
  const tRoles = useTranslations('operator.staffRoles');
  const tUi = useTranslations('ui');
  const changed = useChanged();
  const [role, setRole] = useState<StaffMember['role']>(member?.role ?? 'read-only');
  const save = async (values: FormData) => {
    if (member) {
      const { id, email } = member.account;
      await api.patch('/admin/v1/staff/{account}', { params: { account: id }, body: { role } });
      toast({ text: t('changed', { email, role: tRoles(role) }) });
    } else {
      const email = formText(values, 'email');
      await api.post('/admin/v1/staff', { body: { email, role } });
      toast({ text: t('added', { email }) });
    }
    await changed('/admin/v1/staff', '/control/v1/session');
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="medium"
      title={member ? t('changeTitle', { email: member.account.email }) : t('addTitle')}
      description={member ? undefined : t('addText')}
    >
      <Form onSubmit={save}>
        {!member && (
          <Field name="email" label={t('email')} hint={t('emailHint')} required>
            <TextInput type="email" maxLength={254} autoComplete="off" />
          </Field>
        )}
        <RadioCards
          name="role"
          label={t('role')}
          value={role}
          onChange={setRole}
          required
          cards={staffRoles.map((value) => ({ value, title: tRoles(value), text: t(`roleTexts.${value}`) }))}
        />
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{t(member ? 'change' : 'add')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
