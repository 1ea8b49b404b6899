import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { Macro } from '../../api/schema.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { oneOf } from '../../ui/one-of.ts';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { entriesOf } from '../desk-settings-parts/list-text.ts';
import { priorities, queues, states } from '../desk-settings-parts/values.ts';
import { TextEditor } from './text-editor.tsx';

interface MacroDialogProps {
  /** Null: a new one. */
  readonly macro: Macro | null;
  readonly lastPosition: number;
  readonly onClose: () => void;
  readonly onSaved: () => Promise<void>;
}

export type Texts = Readonly<Record<'en' | 'zh', string>>;

/** Makes a macro, or changes it. */
export function MacroDialog({ macro, lastPosition, onClose, onSaved }: MacroDialogProps) {
  const t = useTranslations('deskSettings.macros');
  const tShared = useTranslations('deskSettings');
  const tUi = useTranslations('ui');
  const [texts, setTexts] = useState<Texts>({ en: macro?.texts.en ?? '', zh: macro?.texts.zh ?? '' });
  const isEmpty = texts.en.trim() === '' && texts.zh.trim() === '';
  const save = async (values: FormData) => {
    const tags = entriesOf(formText(values, 'actions.add_tags'));
    const state = oneOf(states, formText(values, 'actions.state'));
    const queue = oneOf(queues, formText(values, 'actions.queue'));
    const priority = oneOf(priorities, formText(values, 'actions.priority'));
    const body = {
      name: formText(values, 'name'),
      texts: { ...(texts.en.trim() && { en: texts.en }), ...(texts.zh.trim() && { zh: texts.zh }) },
      actions: {
        ...(state && { state }),
        ...(queue && { queue }),
        ...(priority && { priority }),
        ...(tags.length > 0 && { add_tags: tags }),
      },
      position: Number(formText(values, 'position')),
    };
    if (macro) await api.patch('/admin/v1/macros/{macro}', { params: { macro: macro.id }, body });
    else await api.post('/admin/v1/macros', { body });
    await onSaved();
    toast({ text: macro ? tShared('saved') : t('added', { name: body.name }) });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} size="large" title={macro ? t('editTitle', { name: macro.name }) : t('addTitle')}>
      <Form check={() => (isEmpty ? { text: t('textMissing') } : {})} onSubmit={save}>
        <div className="grid gap-5 sm:grid-cols-[1fr_9rem]">
          <Field name="name" label={t('name')} required>
            <TextInput maxLength={100} defaultValue={macro?.name} />
          </Field>
          <Field name="position" label={t('position')} required>
            <TextInput
              type="number"
              inputMode="numeric"
              min={0}
              max={10_000}
              defaultValue={macro?.position ?? lastPosition + 1}
            />
          </Field>
        </div>
        <TextEditor texts={texts} onChange={setTexts} />
        <Actions macro={macro} />
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{macro ? tShared('save') : t('add')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function Actions({ macro }: { readonly macro: Macro | null }) {
  const t = useTranslations('deskSettings.macros');
  const tShared = useTranslations('deskSettings');
  const tTickets = useTranslations('tickets');
  const unchanged = { value: '', label: tShared('unchanged') };
  const actions = macro?.actions ?? {};
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-2 font-medium">{t('also')}</legend>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field name="actions.state" label={tShared('ticket.state')}>
          <Select
            defaultValue={actions.state ?? ''}
            options={[unchanged, ...states.map((value) => ({ value, label: tTickets(`states.${value}`) }))]}
          />
        </Field>
        <Field name="actions.queue" label={tShared('ticket.queue')}>
          <Select
            defaultValue={actions.queue ?? ''}
            options={[unchanged, ...queues.map((value) => ({ value, label: tTickets(`queues.${value}`) }))]}
          />
        </Field>
        <Field name="actions.priority" label={tShared('ticket.priority')}>
          <Select
            defaultValue={actions.priority ?? ''}
            options={[unchanged, ...priorities.map((value) => ({ value, label: tTickets(`priorities.${value}`) }))]}
          />
        </Field>
      </div>
      <Field name="actions.add_tags" label={tShared('ticket.addTags')} hint={tShared('ticket.tagsHint')}>
        <TextInput maxLength={800} defaultValue={(actions.add_tags ?? []).join(', ')} />
      </Field>
    </fieldset>
  );
}
