import { useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useForget } from '../../api/queries.ts';
import { NewPasswordField } from '../../identity/new-password-field.tsx';
import { TextLink, useGo, useQueryValue } from '../../navigation.tsx';
import { FrontCard } from '../../shell/front.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';

export function Page() {
  const t = useTranslations('signIn');
  const go = useGo();
  const forget = useForget();
  const token = useQueryValue('token') ?? '';
  const [useless, setUseless] = useState(false);
  const submit = async (values: FormData) => {
    try {
      await api.post('/control/v1/reset-password', { body: { token, password: formText(values, 'password') } });
    } catch (error) {
      setUseless(asProblem(error).code === 'link_invalid');
      throw error;
    }
    forget();
    toast({ text: t('reset.done') });
    await go({ to: '/sign-in', replace: true });
  };
  return (
    <FrontCard
      title={t('reset.title')}
      description={t('reset.description')}
      footer={
        <TextLink to={useless ? '/forgot-password' : '/sign-in'}>
          {t(useless ? 'reset.another' : 'backToSignIn')}
        </TextLink>
      }
    >
      <Form onSubmit={submit}>
        <NewPasswordField name="password" label={t('newPassword')} autoFocus />
        <FormActions>
          <SubmitButton wide>{t('reset.submit')}</SubmitButton>
        </FormActions>
      </Form>
    </FrontCard>
  );
}
