import { type ReactNode, useState } from 'react';
import { api } from '../../api/client.ts';
import type { Site } from '../../api/schema.ts';
import { NewPasswordField } from '../../identity/new-password-field.tsx';
import { keepPendingAddress } from '../../identity/pending-address.ts';
import { languageOf, languages, useLanguage } from '../../language.tsx';
import { useGo } from '../../navigation.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';

interface RegisterFormProps {
  readonly site: Site;
  readonly next: string | null;
  readonly invitation: { readonly token: string; readonly email: string } | null;
}

export function RegisterForm({ site, next, invitation }: RegisterFormProps) {
  const t = useTranslations('signIn');
  const go = useGo();
  const { id: locale, choose } = useLanguage();
  const [name, setName] = useState('');
  const [email, setEmail] = useState(invitation?.email ?? '');
  const offered = languages.filter((language) => site.languages.some((tag) => languageOf(tag)?.id === language.id));
  const submit = async (values: FormData) => {
    const password = formText(values, 'password');
    const token = invitation === null ? {} : { invitation: invitation.token };
    await api.post('/control/v1/register', { body: { name, email: email.trim(), password, locale, ...token } });
    keepPendingAddress(email.trim());
    await go({ to: '/check-mail', search: next === null ? {} : { next } });
  };
  return (
    <Form onSubmit={submit}>
      <Field name="name" label={t('name')} hint={t('register.nameHint')} required>
        <TextInput
          autoComplete="name"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
          autoFocus
        />
      </Field>
      <Field name="email" label={t('email')} hint={invitation && t('register.invited')} required>
        <TextInput
          type="email"
          autoComplete="username"
          value={email}
          readOnly={invitation !== null}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <NewPasswordField name="password" label={t('password')} owner={{ name, email }} />
      {offered.length > 1 && (
        <Field name="locale" label={t('register.language')}>
          <Select
            value={locale}
            onChange={(event) => {
              const chosen = languageOf(event.target.value);
              if (chosen) void choose(chosen.id);
            }}
            options={offered.map(({ id, name: label }) => ({ value: id, label }))}
          />
        </Field>
      )}
      <FormActions>
        <SubmitButton wide>{t('register.submit')}</SubmitButton>
      </FormActions>
      <Terms legal={site.legal} />
    </Form>
  );
}

function Terms({ legal: { terms_url, privacy_url } }: { readonly legal: Site['legal'] }) {
  const t = useTranslations('signIn.register');
  if (terms_url === null) return null;
  const link = (href: string) => (chunks: ReactNode) => (
    <a className="link" href={href} target="_blank" rel="noreferrer">
      {chunks}
    </a>
  );
  const text =
    privacy_url === null
      ? t.rich('termsOnly', { terms: link(terms_url) })
      : t.rich('terms', { terms: link(terms_url), privacy: link(privacy_url) });
  return <p className="order-3 text-[0.8125rem] text-soft">{text}</p>;
}
