import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import type { Model } from '../../api/schema.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { oneOf } from '../../ui/one-of.ts';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useVendors } from '../operator-parts/catalogue-reads.ts';
import { modalities, modes } from './modes.ts';

interface ModelDialogProps {
  /** Left out: a new one. */
  readonly model?: Model;
  readonly onClose: () => void;
  readonly onSaved?: (model: Model) => void;
}

const mostTokens = 2_000_000_000;
const sides = ['inputs', 'outputs'] as const;

/** Makes a model, or changes it. */
export function ModelDialog({ model, onClose, onSaved }: ModelDialogProps) {
  const t = useTranslations('catalogue.models');
  const tShared = useTranslations('catalogue');
  const tUi = useTranslations('ui');
  const changed = useChanged();
  const vendors = useVendors().data?.data ?? [];
  const save = async (values: FormData) => {
    const count = (name: string) => (formText(values, name) === '' ? null : Number(formText(values, name)));
    const released = formText(values, 'released_at');
    const saved = await api.put('/admin/v1/models/{vendor}/{model}', {
      params: { vendor: model?.vendor ?? formText(values, 'vendor'), model: model?.id ?? formText(values, 'id') },
      query: { expect: model ? 'existing' : 'new' },
      body: {
        ...(formText(values, 'display_name') === '' ? {} : { display_name: formText(values, 'display_name') }),
        mode: oneOf(modes, formText(values, 'mode')) ?? 'chat',
        ...(released === '' ? {} : { released_at: `${released}T00:00:00Z` }),
        max_input_tokens: count('max_input_tokens'),
        max_output_tokens: count('max_output_tokens'),
        inputs: modalities.filter((each) => values.has(`inputs.${each}`)),
        outputs: modalities.filter((each) => values.has(`outputs.${each}`)),
      },
    });
    toast({ text: model ? tShared('saved') : t('added', { name: saved.id }) });
    await changed('/admin/v1/models', '/admin/v1/models/{vendor}/{model}');
    onClose();
    onSaved?.(saved);
  };
  const held = { inputs: model?.inputs ?? ['text'], outputs: model?.outputs ?? ['text'] };
  return (
    <Dialog
      open
      onClose={onClose}
      size="medium"
      title={model ? t('editTitle', { name: model.display_name }) : t('addTitle')}
    >
      <Form onSubmit={save}>
        {!model && (
          <div className="grid gap-5 sm:grid-cols-2">
            <Field name="vendor" label={tShared('vendor')} required>
              <Select options={vendors.map(({ id, display_name }) => ({ value: id, label: display_name }))} />
            </Field>
            <Field name="id" label={tShared('id')} hint={t('idHint')} required>
              <TextInput code maxLength={200} />
            </Field>
          </div>
        )}
        <div className="grid gap-5 sm:grid-cols-2">
          <Field name="display_name" label={t('displayName')} optional={!model} required={model !== undefined}>
            <TextInput maxLength={100} defaultValue={model?.display_name} />
          </Field>
          <Field name="mode" label={t('mode')}>
            <Select
              defaultValue={model?.mode ?? 'chat'}
              options={modes.map((value) => ({ value, label: t(`modes.${value}`) }))}
            />
          </Field>
          <Field name="max_input_tokens" label={t('maxInput')} hint={t('maxHint')} optional>
            <TextInput type="number" min={1} max={mostTokens} defaultValue={model?.max_input_tokens ?? ''} />
          </Field>
          <Field name="max_output_tokens" label={t('maxOutput')} hint={t('maxHint')} optional>
            <TextInput type="number" min={1} max={mostTokens} defaultValue={model?.max_output_tokens ?? ''} />
          </Field>
          <Field name="released_at" label={t('released')} optional>
            <TextInput type="date" defaultValue={model?.released_at.slice(0, 10)} />
          </Field>
        </div>
        {sides.map((side) => (
          <fieldset key={side} className="grid gap-2">
            <legend className="mb-2 font-medium">{t(side)}</legend>
            <div className="flex flex-wrap gap-x-5 gap-y-2">
              {modalities.map((each) => (
                <Checkbox
                  key={each}
                  name={`${side}.${each}`}
                  label={t(`modalities.${each}`)}
                  defaultChecked={held[side].includes(each)}
                />
              ))}
            </div>
          </fieldset>
        ))}
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{model ? tShared('save') : t('add')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
