import { useEffect } from 'react';
import { api } from '../../api/client.ts';
import { safeNext } from '../../api/next-path.ts';
import { useArrive, useVisitor } from '../../identity/arrive.ts';
import { strong } from '../../identity/links.tsx';
import { NewPasswordField } from '../../identity/new-password-field.tsx';
import { useGo, useGoTo, useQueryValue } from '../../navigation.tsx';
import { FrontCard } from '../../shell/front.tsx';
import { useSignOut } from '../../shell/sign-out.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { PasswordInput } from '../../ui/password-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';

/** For who signed in with a password that somebody else chose: until it is another one, nothing else is open. */
export function Page() {
  const t = useTranslations('signIn.given');
  const next = useQueryValue('next');
  const visitor = useVisitor();
  const go = useGo();
  const goTo = useGoTo();
  const arrive = useArrive();
  const signOut = useSignOut();
  useEffect(() => {
    if (visitor === null) void go({ to: '/sign-in', search: next === null ? {} : { next }, replace: true });
    else if (visitor && !visitor.account.must_change_password) void goTo(safeNext(next));
  }, [visitor, next, go, goTo]);
  const submit = async (values: FormData) => {
    const body = { password: formText(values, 'password'), new_password: formText(values, 'new_password') };
    await api.post('/control/v1/account/password', { body });
    toast({ text: t('done') });
    await arrive(next);
  };
  return (
    <FrontCard
      title={t('title')}
      description={t('description')}
      footer={
        <Button variant="ghost" onClick={signOut}>
          {t('signOut')}
        </Button>
      }
    >
      <NewPasswordForm onSubmit={submit} account={visitor?.account} />
    </FrontCard>
  );
}

interface NewPasswordFormProps {
  readonly account: { readonly email: string; readonly name: string } | undefined;
  readonly onSubmit: (values: FormData) => Promise<void>;
}

function NewPasswordForm({ account, onSubmit }: NewPasswordFormProps) {
  const t = useTranslations('signIn');
  return (
    <Form onSubmit={onSubmit}>
      <p className="text-soft">{account && t.rich('signedInAs', { email: account.email, b: strong })}&nbsp;</p>
      <input type="hidden" autoComplete="username" value={account?.email ?? ''} readOnly />
      <Field name="password" label={t('given.present')} required>
        <PasswordInput autoComplete="current-password" autoFocus />
      </Field>
      <NewPasswordField name="new_password" label={t('newPassword')} {...(account ? { owner: account } : {})} />
      <FormActions>
        <SubmitButton wide>{t('given.submit')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
