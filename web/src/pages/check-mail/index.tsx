import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useOnward } from '../../identity/arrive.ts';
import { linkTo, strong } from '../../identity/links.tsx';
import { OutboxHint } from '../../identity/outbox-hint.tsx';
import { keepPendingAddress, pendingAddress } from '../../identity/pending-address.ts';
import { TextLink, useQueryValue } from '../../navigation.tsx';
import { FrontCard } from '../../shell/front.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { Resend } from './resend.tsx';

/** After registering, and for who signs in with an address that is not verified. */
export function Page() {
  const t = useTranslations('signIn');
  const next = useQueryValue('next');
  const [email, setEmail] = useState(pendingAddress);
  // Opened in another tab of this browser, the link signs in here too.
  useOnward(next);
  const send = async (values: FormData) => {
    const address = formText(values, 'email');
    await api.post('/control/v1/verify-email/resend', { body: { email: address } });
    keepPendingAddress(address);
    setEmail(address);
  };
  return (
    <FrontCard
      title={t('mail.title')}
      description={email === null ? t('mail.noAddress') : t.rich('mail.text', { email, b: strong })}
      footer={<TextLink to="/sign-in">{t('backToSignIn')}</TextLink>}
    >
      {email === null ? (
        <Form onSubmit={send}>
          <Field name="email" label={t('email')} required>
            <TextInput type="email" autoComplete="username" autoFocus />
          </Field>
          <FormActions>
            <SubmitButton wide>{t('mail.send')}</SubmitButton>
          </FormActions>
        </Form>
      ) : (
        <div className="grid gap-4">
          <OutboxHint />
          <p className="flex gap-2.5">
            <MailCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-accent" />
            {t('mail.waiting')}
          </p>
          <p className="text-soft">{t('mail.spam')}</p>
          <Resend email={email} />
          <p className="text-center text-soft">
            {t.rich('mail.other', { a: linkTo('/register', next === null ? {} : { next }) })}
          </p>
        </div>
      )}
    </FrontCard>
  );
}
