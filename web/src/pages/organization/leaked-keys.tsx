import { useState } from 'react';
import { type Answer, api } from '../../api/client.ts';
import { useChanged, useRead } from '../../api/queries.ts';
import { useCan, useOrganization } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { type GraceUnit, graceIn, graceUnits, minutesOf } from './grace.ts';

const path = '/control/v1/organizations/{organization}/leaked-key-rule';
const rules = ['disable', 'grace', 'tell'] as const;
type Setting = Answer<typeof path>;

/** What happens with a key of the organization that somebody else has seen. */
export function LeakedKeys() {
  const t = useTranslations('help.leakedKeys');
  const { id: organization } = useOrganization();
  const may = useCan('organization.write');
  const reading = useRead(path, { params: { organization } });
  return (
    <Card title={t('title')} description={t('text')}>
      <Loaded reading={reading} skeleton={<Skeleton className={may ? 'h-64 w-full' : 'h-16 w-full'} />}>
        {(setting) => (may ? <RuleForm key={organization} setting={setting} /> : <RuleText setting={setting} />)}
      </Loaded>
    </Card>
  );
}

function RuleText({ setting: { rule, grace_minutes: minutes } }: { readonly setting: Setting }) {
  const t = useTranslations('help.leakedKeys');
  const { duration } = useFormats();
  return (
    <div className="grid gap-1">
      <p className="font-medium">
        {t(`rules.${rule}`)} {rule === 'grace' && `(${t('graceIs', { span: duration(minutes * 60_000) })})`}
      </p>
      <p className="text-soft">{t(`rules.${rule}Text`)}</p>
      <p className="text-soft">{t('told')}</p>
    </div>
  );
}

function RuleForm({ setting }: { readonly setting: Setting }) {
  const t = useTranslations('help.leakedKeys');
  const { id: organization } = useOrganization();
  const changed = useChanged();
  const [rule, setRule] = useState<Setting['rule']>(setting.rule);
  const given = graceIn(setting.grace_minutes);
  const [unit, setUnit] = useState<GraceUnit>(given.unit);
  const save = async (values: FormData) => {
    const grace = rule === 'grace' ? minutesOf(Number(values.get('grace_minutes')), unit) : setting.grace_minutes;
    await api.put(path, { params: { organization }, body: { rule, grace_minutes: grace } });
    toast({ text: t('saved') });
    await changed(path);
  };
  return (
    <Form onSubmit={save}>
      <RadioCards
        name="rule"
        label={t('rule')}
        value={rule}
        onChange={setRule}
        columns={3}
        cards={rules.map((value) => ({ value, title: t(`rules.${value}`), text: t(`rules.${value}Text`) }))}
      />
      {rule === 'grace' && (
        <div className="flex max-w-md flex-wrap items-start gap-2">
          <Field
            name="grace_minutes"
            label={t('grace')}
            hint={t('graceHint')}
            required
            className="min-w-0 grow basis-32"
          >
            <TextInput
              type="number"
              inputMode="numeric"
              min={1}
              max={graceUnits[unit].most}
              step={1}
              defaultValue={given.value}
            />
          </Field>
          <Field name="unit" label={t('unit')} className="basis-32">
            <Select
              value={unit}
              onChange={(event) => setUnit(event.target.value as GraceUnit)}
              options={(Object.keys(graceUnits) as GraceUnit[]).map((value) => ({ value, label: t(`units.${value}`) }))}
            />
          </Field>
        </div>
      )}
      <p className="text-[0.8125rem] text-soft">{t('told')}</p>
      <FormActions>
        <SubmitButton>{t('save')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
