import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useMayChange } from '../../identity/acting.ts';
import { PresentPasswordField, presentPassword } from '../../identity/present-password.tsx';
import { useSession } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';

export function DeleteCard() {
  const t = useTranslations('account.remove');
  const [open, setOpen] = useState(false);
  if (!useMayChange()) return null;
  return (
    <Card
      title={t('title')}
      description={t('description')}
      actions={<Button onClick={() => setOpen(true)}>{t('action')}</Button>}
    >
      <Consequences />
      {open && <DeleteDialog onClose={() => setOpen(false)} />}
    </Card>
  );
}

function Consequences() {
  const t = useTranslations('account.remove');
  return (
    <ul className="grid list-disc gap-1 pl-5 text-soft marker:text-faint">
      {(['keys', 'members', 'sessions', 'records'] as const).map((name) => (
        <li key={name}>{t(name)}</li>
      ))}
    </ul>
  );
}

function DeleteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('account');
  const { account } = useSession();
  const [typed, setTyped] = useState('');
  const remove = async (values: FormData) => {
    const body = { email: formText(values, 'email'), ...presentPassword(values) };
    await api.post('/control/v1/account/delete', { body });
    // Nothing of the account stays in memory.
    window.location.assign('/console/sign-in');
  };
  return (
    <Dialog open onClose={onClose} size="medium" title={t('remove.title')} description={t('remove.description')}>
      <Form onSubmit={remove}>
        <Consequences />
        <Field name="email" label={t('remove.typed', { email: account.email })} required>
          <TextInput
            code
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            maxLength={254}
          />
        </Field>
        <PresentPasswordField />
        <FormActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <SubmitButton danger disabled={typed.trim().toLowerCase() !== account.email}>
            {t('remove.action')}
          </SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
