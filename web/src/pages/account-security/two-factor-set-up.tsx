import { useState } from 'react';
import { type Answer, api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import { CodeInput } from '../../identity/code-input.tsx';
import { useCodeProblem } from '../../identity/code-problem.ts';
import { PresentPasswordField, presentPassword } from '../../identity/present-password.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

type Enrolment = Answer<'/control/v1/account/two-factor', 'post'>;

/** Password, then the app with a first code, then the recovery codes. */
export function SetUpDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('account');
  const changed = useChanged();
  const codeProblem = useCodeProblem();
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [on, setOn] = useState(false);
  const begin = async (values: FormData) => {
    setEnrolment(await api.post('/control/v1/account/two-factor', { body: presentPassword(values) }));
  };
  const confirm = async (values: FormData) => {
    try {
      await api.post('/control/v1/account/two-factor/confirm', { body: { code: formText(values, 'code') } });
    } catch (error) {
      throw codeProblem(error, 'code');
    }
    toast({ text: t('twoFactor.turnedOn') });
    setOn(true);
  };
  const finish = async () => {
    onClose();
    await changed('/control/v1/session');
  };
  if (enrolment === null) {
    return (
      <Dialog open onClose={onClose} title={t('twoFactor.title')} description={t('twoFactor.description')}>
        <Form key="begin" onSubmit={begin}>
          <PresentPasswordField />
          <FormActions>
            <Button onClick={onClose}>{t('cancel')}</Button>
            <SubmitButton>{t('twoFactor.steps.begin')}</SubmitButton>
          </FormActions>
        </Form>
      </Dialog>
    );
  }
  if (on) {
    return (
      <Dialog key="codes" open dismissable={false} onClose={onClose} title={t('twoFactor.recovery.title')}>
        <RecoveryCodes codes={enrolment.recovery_codes} onDone={() => void finish()} />
      </Dialog>
    );
  }
  return (
    <Dialog key="app" open onClose={onClose} title={t('twoFactor.title')}>
      <Form key="confirm" onSubmit={confirm}>
        <AppStep enrolment={enrolment} />
        <FormActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <SubmitButton>{t('twoFactor.steps.confirm')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function AppStep({ enrolment: { uri, secret } }: { readonly enrolment: Enrolment }) {
  const t = useTranslations('account.twoFactor.steps');
  const grouped = secret.replace(/(.{4})(?=.)/g, '$1 ');
  return (
    <>
      <p>{t('app')}</p>
      <div className="grid justify-items-center gap-3">
        <QrCode text={uri} label={t('qr')} />
        <div className="w-full">
          <p className="text-[0.8125rem] text-soft">{t('secret')}</p>
          <p className="flex items-center gap-1">
            <code className="min-w-0 grow font-mono text-[0.8125rem] break-words select-all" translate="no">
              {grouped}
            </code>
            <CopyButton text={secret} label={t('copySecret')} />
          </p>
        </div>
      </div>
      <Field name="code" label={t('code')} hint={t('codeHint')} required>
        <CodeInput autoFocus submits />
      </Field>
    </>
  );
}
