import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { Key } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { toZoned } from '../../zoned-time.ts';
import { ExpiryField, expiryOf } from '../key-parts/expiry-field.tsx';
import { limitsOf } from '../key-parts/key-body.ts';
import { LimitFields } from '../key-parts/limit-fields.tsx';
import { ModelsField } from '../key-parts/models-field.tsx';
import { keyPath, useKeysChanged } from '../key-parts/use-key-moves.ts';

/** Everything of a key but its group, which it has for life. */
export function EditDialog({ shown, onClose }: { readonly shown: Key; readonly onClose: () => void }) {
  const t = useTranslations('keys');
  const { timeZone } = useLanguage();
  const { id: organization } = useOrganization();
  const changed = useKeysChanged();
  const [models, setModels] = useState<readonly string[] | null>(shown.allowed_models);
  const save = async (values: FormData) => {
    const expires_at = expiryOf(values, timeZone, Date.now());
    const isSameEnd = toZoned(shown.expires_at ?? '', timeZone) === toZoned(expires_at ?? '', timeZone);
    const body = {
      name: String(values.get('name') ?? '').trim(),
      note: String(values.get('note') ?? '').trim(),
      // A time that has passed already is no new one.
      ...(isSameEnd ? {} : { expires_at }),
      allowed_models: models === null ? null : [...models],
      limits: limitsOf(values),
    };
    await api.patch(keyPath, { params: { organization, key: shown.id }, body });
    await changed();
    toast({ text: t('savedToast', { name: body.name }) });
    onClose();
  };
  const check = () => (models?.length === 0 ? { allowed_models: t('form.chooseModel') } : {});
  return (
    <Dialog
      open
      size="large"
      onClose={onClose}
      title={t('editTitle', { name: shown.name })}
      description={t('editText')}
    >
      <Form onSubmit={save} check={check}>
        <Field name="name" label={t('form.name')} required>
          <TextInput maxLength={100} defaultValue={shown.name} autoComplete="off" />
        </Field>
        <Field name="note" label={t('form.note')} optional>
          <Textarea rows={2} maxLength={1_000} defaultValue={shown.note} />
        </Field>
        <ModelsField group={shown.group} value={models} onChange={setModels} />
        <ExpiryField initial={shown.expires_at} />
        <div className="grid gap-3">
          <h3 className="font-medium">{t('limits')}</h3>
          <LimitFields limits={shown.limits} />
        </div>
        <FormActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <SubmitButton>{t('save')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
