import { api } from '../../api/client.ts';
import type { Key } from '../../api/schema.ts';
import { useOrganization, useSession } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { forgetSecret } from './held-secrets.ts';
import { LastUse } from './last-use.tsx';
import { keyPath, useEnableKey, useKeysChanged } from './use-key-moves.ts';

export interface KeyMove {
  readonly kind: 'disable' | 'delete';
  readonly key: Key;
}

interface KeyDialogsProps {
  readonly move: KeyMove | null;
  readonly onClose: () => void;
}

/** Asks before a key is put out of use, and says what follows. */
export function KeyDialogs({ move, onClose }: KeyDialogsProps) {
  if (move === null) return null;
  return move.kind === 'disable' ? (
    <DisableDialog shown={move.key} onClose={onClose} />
  ) : (
    <DeleteDialog shown={move.key} onClose={onClose} />
  );
}

interface DialogProps {
  readonly shown: Key;
  readonly onClose: () => void;
}

function DisableDialog({ shown, onClose }: DialogProps) {
  const t = useTranslations('keys');
  const { account } = useSession();
  const { id: organization } = useOrganization();
  const changed = useKeysChanged();
  const enable = useEnableKey();
  const { owner } = shown;
  const isOthers = owner.kind === 'member' && owner.id !== account.id;
  const disable = async (values: FormData) => {
    const reason = String(values.get('reason') ?? '').trim();
    const body = reason === '' ? {} : { reason };
    await api.post(`${keyPath}/disable`, { params: { organization, key: shown.id }, body });
    await changed();
    onClose();
    toast({ text: t('disabledToast', { name: shown.name }), undo: () => void enable(shown) });
  };
  return (
    <Dialog open onClose={onClose} title={t('disableTitle', { name: shown.name })}>
      <Form onSubmit={disable}>
        <ul className="grid list-disc gap-1.5 pl-5 marker:text-faint">
          <li>{t('consequences.refused')}</li>
          <li>
            <LastUse shown={shown} />
          </li>
          <li>{t('consequences.comesBack')}</li>
          {isOthers && <li>{t('consequences.told', { name: owner.name ?? t('someone') })}</li>}
        </ul>
        <Field
          name="reason"
          label={t('reason')}
          required={isOthers}
          optional={!isOthers}
          hint={isOthers ? t('reasonTold') : t('reasonHint')}
        >
          <TextInput maxLength={500} />
        </Field>
        <FormActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <SubmitButton danger>{t('disable')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

/** A key that was used so lately is in a tool that somebody works with. */
const inUseMs = 7 * 86_400_000;

function DeleteDialog({ shown, onClose }: DialogProps) {
  const t = useTranslations('keys');
  const { id: organization } = useOrganization();
  const changed = useKeysChanged();
  const { last_used_at, name } = shown;
  const isInUse = last_used_at !== null && Date.now() - Date.parse(last_used_at) < inUseMs;
  const remove = async () => {
    await api.delete(keyPath, { params: { organization, key: shown.id } });
    forgetSecret(shown.id);
    await changed();
    toast({ text: t('deletedToast', { name }) });
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t('deleteTitle', { name })}
      consequences={[
        t('consequences.refused'),
        <LastUse key="last" shown={shown} />,
        t('consequences.final'),
        t('consequences.recordsStay'),
      ]}
      {...(isInUse ? { typed: name } : {})}
      danger
      action={t('deleteKey')}
      onConfirm={remove}
    />
  );
}
