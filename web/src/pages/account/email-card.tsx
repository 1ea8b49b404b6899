import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useMayChange } from '../../identity/acting.ts';
import { strong } from '../../identity/links.tsx';
import { OutboxHint } from '../../identity/outbox-hint.tsx';
import { PresentPasswordField, presentPassword } from '../../identity/present-password.tsx';
import { useSession } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';

export function EmailCard() {
  const t = useTranslations('account.email');
  const { account } = useSession();
  const mayChange = useMayChange();
  const [open, setOpen] = useState(false);
  return (
    <Card
      title={t('title')}
      description={t('description')}
      actions={mayChange && <Button onClick={() => setOpen(true)}>{t('change')}</Button>}
    >
      <p className="flex flex-wrap items-center gap-2.5">
        <span className="font-medium break-all">{account.email}</span>
        <Badge tone={account.email_verified ? 'good' : 'warn'}>
          {t(account.email_verified ? 'verified' : 'unverified')}
        </Badge>
      </p>
      {open && <ChangeDialog onClose={() => setOpen(false)} />}
    </Card>
  );
}

function ChangeDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('account');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const send = async (values: FormData) => {
    const email = formText(values, 'email');
    await api.post('/control/v1/account/email', { body: { email, ...presentPassword(values) } });
    setSentTo(email);
  };
  if (sentTo !== null) {
    return (
      <Dialog
        open
        onClose={onClose}
        title={t('email.sent')}
        footer={
          <Button variant="primary" onClick={onClose}>
            {t('close')}
          </Button>
        }
      >
        <div className="grid gap-4">
          <p role="status">{t.rich('email.sentText', { email: sentTo, b: strong })}</p>
          <OutboxHint />
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title={t('email.change')}>
      <Form onSubmit={send}>
        <Field name="email" label={t('email.label')} hint={t('email.hint')} required>
          <TextInput type="email" autoComplete="email" maxLength={254} />
        </Field>
        <PresentPasswordField />
        <FormActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <SubmitButton>{t('email.submit')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
