import { useState } from 'react';
import { api } from '../../api/client.ts';
import { strong } from '../../identity/links.tsx';
import { OutboxHint } from '../../identity/outbox-hint.tsx';
import { pendingAddress } from '../../identity/pending-address.ts';
import { TextLink } from '../../navigation.tsx';
import { FrontCard } from '../../shell/front.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';

export function Page() {
  const t = useTranslations('signIn');
  const [email, setEmail] = useState<string | null>(null);
  const footer = <TextLink to="/sign-in">{t('backToSignIn')}</TextLink>;
  if (email !== null) {
    return (
      <FrontCard key="sent" title={t('forgot.sent')} footer={footer}>
        <div className="grid gap-4">
          <p role="status">{t.rich('forgot.sentText', { email, b: strong })}</p>
          <OutboxHint />
        </div>
      </FrontCard>
    );
  }
  const submit = async (values: FormData) => {
    const address = formText(values, 'email');
    await api.post('/control/v1/forgot-password', { body: { email: address } });
    setEmail(address);
  };
  return (
    <FrontCard title={t('forgot.title')} description={t('forgot.description')} footer={footer}>
      <Form onSubmit={submit}>
        <Field name="email" label={t('email')} required>
          <TextInput type="email" autoComplete="username" defaultValue={pendingAddress() ?? ''} autoFocus />
        </Field>
        <FormActions>
          <SubmitButton wide>{t('forgot.submit')}</SubmitButton>
        </FormActions>
      </Form>
    </FrontCard>
  );
}
