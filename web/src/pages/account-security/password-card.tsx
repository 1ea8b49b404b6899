import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import { useMayChange } from '../../identity/acting.ts';
import { NewPasswordField } from '../../identity/new-password-field.tsx';
import { PresentPasswordField, presentPassword } from '../../identity/present-password.tsx';
import { useSession } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';

export function PasswordCard() {
  const t = useTranslations('account.password');
  const { account } = useSession();
  const mayChange = useMayChange();
  const [open, setOpen] = useState(false);
  const action = t(account.has_password ? 'change' : 'set');
  return (
    <>
      <Card
        title={t('title')}
        description={t(account.has_password ? 'description' : 'none')}
        actions={mayChange && <Button onClick={() => setOpen(true)}>{action}</Button>}
      />
      {open && <ChangeDialog title={action} onClose={() => setOpen(false)} />}
    </>
  );
}

interface ChangeDialogProps {
  readonly title: string;
  readonly onClose: () => void;
}

function ChangeDialog({ title, onClose }: ChangeDialogProps) {
  const t = useTranslations('account');
  const { account } = useSession();
  const changed = useChanged();
  const change = async (values: FormData) => {
    const body = { ...presentPassword(values), new_password: formText(values, 'new_password') };
    await api.post('/control/v1/account/password', { body });
    await changed('/control/v1/session', '/control/v1/account/sessions');
    toast({ text: t('password.changed') });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={title} description={t('password.description')}>
      <Form onSubmit={change}>
        <input type="hidden" autoComplete="username" value={account.email} readOnly />
        <PresentPasswordField hint="" />
        <NewPasswordField name="new_password" label={t('password.fresh')} owner={account} />
        <FormActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <SubmitButton>{title}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
