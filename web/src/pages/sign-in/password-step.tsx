import { useRef } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useArrive } from '../../identity/arrive.ts';
import { keepPendingAddress, pendingAddress } from '../../identity/pending-address.ts';
import { TextLink, useGo, useQueryValue } from '../../navigation.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { PasswordInput } from '../../ui/password-input.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { OtherWays } from './other-ways.tsx';
import { SsoProblem } from './sso-problem.tsx';

/** Address and password, and below them the ways without. */
export function PasswordStep({ next }: { readonly next: string | null }) {
  const t = useTranslations('signIn');
  const go = useGo();
  const arrive = useArrive();
  const remember = useRef(false);
  const problem = useQueryValue('problem');
  const search = next === null ? {} : { next };

  const submit = async (values: FormData) => {
    const email = formText(values, 'email');
    const body = { email, password: formText(values, 'password'), remember: values.has('remember') };
    try {
      const answer = await api.post('/control/v1/sign-in', { body });
      keepPendingAddress(null);
      if (answer.next === 'two_factor') await go({ to: '/sign-in', search: { ...search, step: 'code' } });
      else await arrive(next);
    } catch (error) {
      if (asProblem(error).code !== 'email_unverified') throw error;
      // The mail is on its way again already.
      keepPendingAddress(email);
      await go({ to: '/check-mail', search });
    }
  };
  return (
    <div className="grid gap-5">
      {problem !== null && <SsoProblem code={problem} />}
      <Form onSubmit={submit}>
        <Field name="email" label={t('email')} required>
          <TextInput type="email" autoComplete="username webauthn" defaultValue={pendingAddress() ?? ''} autoFocus />
        </Field>
        <Field
          name="password"
          label={t('password')}
          required
          hint={<TextLink to="/forgot-password">{t('in.forgot')}</TextLink>}
        >
          <PasswordInput autoComplete="current-password" />
        </Field>
        <Checkbox
          name="remember"
          label={t('in.remember')}
          hint={t('in.rememberHint')}
          onChange={(event) => {
            remember.current = event.target.checked;
          }}
        />
        <FormActions>
          <SubmitButton wide>{t('signIn')}</SubmitButton>
        </FormActions>
      </Form>
      <OtherWays next={next} remember={() => remember.current} />
    </div>
  );
}
