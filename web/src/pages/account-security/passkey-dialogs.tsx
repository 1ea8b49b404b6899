import { api } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useChanged } from '../../api/queries.ts';
import { addPasskey, PasskeyDeclined, PasskeyKnown } from '../../identity/passkey.ts';
import { presentPassword, usePasswordOnDemand } from '../../identity/present-password.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { deviceKind } from './device-kind.ts';
import type { Passkey } from './passkeys-card.tsx';

const path = '/control/v1/account/passkeys';
const nameMax = 60;

export function AddPasskeyDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('account');
  const changed = useChanged();
  const { field, attempt } = usePasswordOnDemand();
  const add = async (values: FormData) => {
    const { password } = presentPassword(values);
    try {
      if (!(await attempt(() => addPasskey(formText(values, 'name'), password)))) return;
    } catch (error) {
      if (error instanceof PasskeyDeclined) throw ownProblem('passkey_declined', t('passkeys.declined'));
      if (error instanceof PasskeyKnown) throw ownProblem('passkey_known', t('passkeys.known'));
      throw error;
    }
    await changed(path);
    toast({ text: t('passkeys.added') });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t('passkeys.add')} description={t('passkeys.addDescription')}>
      <Form onSubmit={add}>
        <Field name="name" label={t('passkeys.name')} hint={t('passkeys.nameHint')} required>
          <TextInput maxLength={nameMax} defaultValue={t(`passkeys.names.${deviceKind(navigator.userAgent)}`)} />
        </Field>
        {field}
        <FormActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <SubmitButton>{t('passkeys.add')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

/** What the browser refused, said as the API would. */
function ownProblem(code: string, detail: string): ApiProblem {
  return new ApiProblem({ status: 0, code, detail, errors: [], request_id: null });
}

interface RenamePasskeyDialogProps {
  readonly passkey: Passkey;
  readonly onClose: () => void;
}

export function RenamePasskeyDialog({ passkey: { id, name }, onClose }: RenamePasskeyDialogProps) {
  const t = useTranslations('account');
  const changed = useChanged();
  const rename = async (values: FormData) => {
    const body = { name: formText(values, 'name') };
    await api.patch('/control/v1/account/passkeys/{passkey}', { params: { passkey: id }, body });
    await changed(path);
    toast({ text: t('passkeys.renamed') });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t('passkeys.renameTitle')}>
      <Form onSubmit={rename}>
        <Field name="name" label={t('passkeys.name')} required>
          <TextInput maxLength={nameMax} defaultValue={name} />
        </Field>
        <FormActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <SubmitButton>{t('passkeys.save')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
