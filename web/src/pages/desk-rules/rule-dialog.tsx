import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { RoutingActions, RoutingRule } from '../../api/schema.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { entriesOf } from '../desk-settings-parts/list-text.ts';
import { ActionsEditor } from './actions-editor.tsx';
import { ConditionsEditor } from './conditions-editor.tsx';
import { conditionsOf, type DraftConditions, draftOf, emptyKinds } from './draft.ts';
import { DryRun } from './dry-run.tsx';

interface RuleDialogProps {
  /** Null: a new one, behind the others. */
  readonly rule: RoutingRule | null;
  readonly rules: readonly RoutingRule[];
  readonly onClose: () => void;
  readonly onSaved: () => Promise<void>;
}

/** Actions as they are edited: tags stay as they are typed. */
export type DraftActions = Omit<RoutingActions, 'add_tags'> & { readonly tags: string };

/** Makes a rule, or changes it; tried on the last tickets before it is saved. */
export function RuleDialog({ rule, rules, onClose, onSaved }: RuleDialogProps) {
  const t = useTranslations('deskSettings.rules');
  const tShared = useTranslations('deskSettings');
  const tUi = useTranslations('ui');
  const [name, setName] = useState(rule?.name ?? '');
  const [enabled, setEnabled] = useState(rule?.enabled ?? true);
  const [conditions, setConditions] = useState<DraftConditions>(() => draftOf(rule?.conditions ?? {}));
  const [actions, setActions] = useState<DraftActions>(() => {
    const { add_tags: tags = [], ...rest } = rule?.actions ?? {};
    return { ...rest, tags: tags.join(', ') };
  });
  const body = { name: name.trim(), enabled, conditions: conditionsOf(conditions), actions: actionsOf(actions) };
  const tried = rule
    ? rules.map((each) => (each.id === rule.id ? { ...each, ...body } : each))
    : [...rules, { ...body, id: 'new_rule' }];
  const save = async () => {
    if (rule) await api.put('/admin/v1/routing-rules/{rule}', { params: { rule: rule.id }, body });
    else await api.post('/admin/v1/routing-rules', { body });
    await onSaved();
    toast({ text: rule ? tShared('saved') : t('added', { name: body.name }) });
    onClose();
  };
  const check = (values: FormData) => {
    const empty = emptyKinds(conditions).map((kind) => [`conditions.${kind}`, t('conditionMissing')]);
    const does = Object.keys(body.actions).length > 0;
    return {
      ...(formText(values, 'name') === '' && { name: t('nameMissing') }),
      ...Object.fromEntries(empty),
      ...(does ? {} : { 'actions.queue': t('actionMissing') }),
    };
  };
  return (
    <Dialog open onClose={onClose} size="large" title={rule ? t('editTitle', { name: rule.name }) : t('addTitle')}>
      <Form check={check} onSubmit={save}>
        <Field name="name" label={t('name')} required>
          <TextInput maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <ConditionsEditor draft={conditions} onChange={setConditions} />
        <ActionsEditor draft={actions} onChange={setActions} />
        <Checkbox
          label={t('enabled')}
          hint={t('enabledHint')}
          checked={enabled}
          onChange={(event) => setEnabled(event.target.checked)}
        />
        <section aria-label={t('try')} className="grid gap-3 rounded-xl border border-line px-4 py-3.5">
          <p className="font-medium">{t('try')}</p>
          <p className="text-[0.8125rem] text-soft">{t('tryDraftText')}</p>
          <DryRun rules={tried.map((each) => ({ ...each, name: each.name || t('unnamed') }))} />
        </section>
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{rule ? tShared('save') : t('add')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function actionsOf({ tags, queue, priority, assignee, drop_automatic_answer: drop }: DraftActions): RoutingActions {
  const entries = entriesOf(tags);
  return {
    ...(queue && { queue }),
    ...(priority && { priority }),
    ...(assignee && { assignee }),
    ...(entries.length > 0 && { add_tags: entries }),
    ...(drop && { drop_automatic_answer: true }),
  };
}
