import { useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import { useArrive } from '../../identity/arrive.ts';
import { CodeInput } from '../../identity/code-input.tsx';
import { useCodeProblem } from '../../identity/code-problem.ts';
import { TextLink } from '../../navigation.tsx';
import { FrontCard } from '../../shell/front.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';

/** The second step of a sign-in: a one-time code, or one of the recovery codes. */
export function CodeStep({ next }: { readonly next: string | null }) {
  const t = useTranslations('signIn');
  const arrive = useArrive();
  const codeProblem = useCodeProblem();
  const [kind, setKind] = useState<'code' | 'recovery_code'>('code');
  const trust = useRef(false);
  const isCode = kind === 'code';
  const submit = async (values: FormData) => {
    const trust_device = values.has('trust_device');
    const text = formText(values, kind);
    const body = isCode ? { code: text, trust_device } : { recovery_code: text, trust_device };
    try {
      await api.post('/control/v1/sign-in/two-factor', { body });
    } catch (error) {
      throw codeProblem(error, kind);
    }
    await arrive(next);
  };
  return (
    <FrontCard
      title={t('code.title')}
      description={t(isCode ? 'code.description' : 'code.descriptionRecovery')}
      footer={
        <TextLink to="/sign-in" search={next === null ? {} : { next }}>
          {t('backToSignIn')}
        </TextLink>
      }
    >
      <Form key={kind} onSubmit={submit}>
        {isCode ? (
          <Field name="code" label={t('code.code')} hint={t('code.codeHint')} required>
            <CodeInput autoFocus submits />
          </Field>
        ) : (
          <Field name="recovery_code" label={t('code.recovery')} hint={t('code.recoveryHint')} required>
            <TextInput code autoComplete="off" autoFocus maxLength={40} />
          </Field>
        )}
        <Checkbox
          name="trust_device"
          label={t('code.trust')}
          defaultChecked={trust.current}
          onChange={(event) => {
            trust.current = event.target.checked;
          }}
        />
        <FormActions>
          <SubmitButton wide>{t('code.submit')}</SubmitButton>
        </FormActions>
      </Form>
      <div className="mt-3 grid">
        <Button variant="ghost" onClick={() => setKind(isCode ? 'recovery_code' : 'code')}>
          {t(isCode ? 'code.useRecovery' : 'code.useCode')}
        </Button>
      </div>
    </FrontCard>
  );
}
