import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useStaffNames } from '../desk-settings-parts/staff-names.ts';
import { priorities, queues } from '../desk-settings-parts/values.ts';
import type { DraftActions } from './rule-dialog.tsx';

interface ActionsEditorProps {
  readonly draft: DraftActions;
  readonly onChange: (draft: DraftActions) => void;
}

/** What becomes of a mail that a rule matches. */
export function ActionsEditor({ draft, onChange }: ActionsEditorProps) {
  const t = useTranslations('deskSettings.rules');
  const tShared = useTranslations('deskSettings');
  const tTickets = useTranslations('tickets');
  const unchanged = { value: '', label: t('asUsual') };
  const set = (change: Partial<DraftActions>) => onChange({ ...draft, ...change });
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-2 font-medium">{t('actions')}</legend>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field name="actions.queue" label={tShared('ticket.queue')}>
          <Select
            value={draft.queue ?? ''}
            onChange={(event) => {
              const { queue: _, ...rest } = draft;
              const queue = oneOf(queues, event.target.value);
              onChange({ ...rest, ...(queue && { queue }) });
            }}
            options={[unchanged, ...queues.map((value) => ({ value, label: tTickets(`queues.${value}`) }))]}
          />
        </Field>
        <Field name="actions.priority" label={tShared('ticket.priority')}>
          <Select
            value={draft.priority ?? ''}
            onChange={(event) => {
              const { priority: _, ...rest } = draft;
              const priority = oneOf(priorities, event.target.value);
              onChange({ ...rest, ...(priority && { priority }) });
            }}
            options={[unchanged, ...priorities.map((value) => ({ value, label: tTickets(`priorities.${value}`) }))]}
          />
        </Field>
        <AssigneeField draft={draft} onChange={onChange} />
      </div>
      <Field name="actions.add_tags" label={tShared('ticket.addTags')} hint={tShared('ticket.tagsHint')}>
        <TextInput maxLength={800} value={draft.tags} onChange={(event) => set({ tags: event.target.value })} />
      </Field>
      <Checkbox
        label={t('dropAnswer')}
        hint={t('dropAnswerHint')}
        checked={draft.drop_automatic_answer ?? false}
        onChange={(event) => set({ drop_automatic_answer: event.target.checked })}
      />
    </fieldset>
  );
}

/** By name; somebody who is no longer staff stays chosen until another is. */
function AssigneeField({ draft, onChange }: ActionsEditorProps) {
  const t = useTranslations('deskSettings.rules');
  const tShared = useTranslations('deskSettings');
  const staff = useStaffNames();
  const { assignee = '', ...rest } = draft;
  const set = (id: string) => onChange({ ...rest, ...(id !== '' && { assignee: id }) });
  const unknown = assignee !== '' && !staff.some(({ id }) => id === assignee);
  return (
    <Field name="actions.assignee" label={tShared('ticket.assignee')}>
      <Select
        value={assignee}
        onChange={(event) => set(event.target.value)}
        options={[
          { value: '', label: t('nobody') },
          ...staff.map(({ id, name }) => ({ value: id, label: name })),
          ...(unknown ? [{ value: assignee, label: assignee }] : []),
        ]}
      />
    </Field>
  );
}
