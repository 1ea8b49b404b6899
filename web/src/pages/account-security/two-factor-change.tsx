import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import { PresentPasswordField, presentPassword } from '../../identity/present-password.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

interface DialogProps {
  readonly onClose: () => void;
}

export function TurnOffDialog({ onClose }: DialogProps) {
  const t = useTranslations('account');
  const changed = useChanged();
  const turnOff = async (values: FormData) => {
    await api.post('/control/v1/account/two-factor/disable', { body: presentPassword(values) });
    await changed('/control/v1/session');
    toast({ text: t('twoFactor.turnedOff') });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t('twoFactor.turnOff')} description={t('twoFactor.turnOffDescription')}>
      <Form onSubmit={turnOff}>
        <PresentPasswordField />
        <FormActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <SubmitButton danger>{t('twoFactor.turnOff')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

export function CodesDialog({ onClose }: DialogProps) {
  const t = useTranslations('account');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const renew = async (values: FormData) => {
    const body = presentPassword(values);
    const made = await api.post('/control/v1/account/two-factor/recovery-codes', { body });
    setCodes(made.recovery_codes);
  };
  if (codes !== null) {
    return (
      <Dialog open dismissable={false} onClose={onClose} title={t('twoFactor.recovery.title')}>
        <RecoveryCodes codes={codes} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title={t('twoFactor.codes')} description={t('twoFactor.codesDescription')}>
      <Form onSubmit={renew}>
        <PresentPasswordField />
        <FormActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <SubmitButton>{t('twoFactor.codesAction')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
