import { SlidersHorizontal } from 'lucide-react';
import { type FormEvent, useId } from 'react';
import { useRead } from '../../api/queries.ts';
import type { Request } from '../../api/schema.ts';
import type { Filters } from '../../navigation.tsx';
import { useCan, useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { withoutSecret } from '../../ui/without-secret.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { outcomes } from './outcome.tsx';
import type { FilterName } from './question.ts';

interface MoreFiltersProps {
  readonly filters: Filters<FilterName>;
  readonly rows: readonly Request[];
}

export const moreNames = ['key', 'project', 'model', 'tool', 'code', 'outcome', 'min_duration_ms'] as const;

/** Filters that are wanted less often. What is set among them stands below the bar as chips. */
export function MoreFilters({ filters, rows }: MoreFiltersProps) {
  const t = useTranslations('requests.filters');
  const count = moreNames.filter((name) => filters.values[name] !== undefined).length;
  return (
    <Popover
      label={t('more')}
      trigger={(attributes) => (
        <Button icon={SlidersHorizontal} {...attributes}>
          {count === 0 ? t('more') : t('moreCount', { count: String(count) })}
        </Button>
      )}
    >
      {(close) => <MoreForm filters={filters} rows={rows} onDone={close} />}
    </Popover>
  );
}

function MoreForm({ filters, rows, onDone }: MoreFiltersProps & { readonly onDone: () => void }) {
  const t = useTranslations('requests');
  const { values } = filters;
  const choices = useChoices(rows);
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const given = moreNames.map(
      (name) => [name, withoutSecret(String(data.get(name) ?? '').trim()) || undefined] as const,
    );
    filters.set(Object.fromEntries(given));
    onDone();
  };
  return (
    <form onSubmit={apply} className="grid w-[26rem] max-w-full gap-3 p-4 sm:grid-cols-2">
      <Choice
        name="key"
        label={t('filters.key')}
        hint={t('filters.keyHint')}
        value={values.key}
        choices={choices.keys}
      />
      <Field name="project" label={t('filters.project')}>
        <Select
          defaultValue={values.project ?? ''}
          key={choices.projects.length}
          options={[{ value: '', label: t('filters.anyProject') }, ...withCurrent(choices.projects, values.project)]}
        />
      </Field>
      <Choice
        name="model"
        label={t('filters.model')}
        hint={t('filters.modelHint')}
        value={values.model}
        choices={choices.models}
      />
      <Choice name="tool" label={t('filters.tool')} value={values.tool} choices={choices.tools} />
      <Choice name="code" label={t('filters.code')} value={values.code} choices={choices.codes} />
      <Field name="outcome" label={t('filters.outcome')}>
        <Select
          defaultValue={values.outcome ?? ''}
          options={[
            { value: '', label: t('filters.anyOutcome') },
            ...outcomes.map((outcome) => ({ value: outcome as string, label: t(`outcomes.${outcome}`) })),
          ]}
        />
      </Field>
      <Field name="min_duration_ms" label={t('filters.slowerThan')}>
        <TextInput
          type="number"
          min={0}
          max={2_000_000_000}
          step={1}
          defaultValue={values.min_duration_ms ?? ''}
          suffix={t('filters.milliseconds')}
        />
      </Field>
      <div className="flex items-end justify-end">
        <Button type="submit" variant="primary">
          {t('filters.apply')}
        </Button>
      </div>
    </form>
  );
}

interface Suggestion {
  readonly value: string;
  readonly label: string;
}

interface ChoiceProps {
  readonly name: FilterName;
  readonly label: string;
  readonly hint?: string;
  readonly value: string | undefined;
  readonly choices: readonly Suggestion[];
}

/** Anything can be typed; what is used most is offered. */
function Choice({ name, label, hint, value, choices }: ChoiceProps) {
  const id = useId();
  return (
    <Field name={name} label={label} hint={hint}>
      <TextInput code list={id} maxLength={200} defaultValue={value ?? ''} autoComplete="off" />
      <datalist id={id}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </datalist>
    </Field>
  );
}

const organizationPath = '/control/v1/organizations/{organization}';
const staleMs = 300_000;

/** Asked for when the panel is opened: what was used most in thirty days, and what is shown. */
function useChoices(rows: readonly Request[]) {
  const { id: organization } = useOrganization();
  const mayUsage = useCan('usage.read');
  const ask = (split: 'key' | 'model') => ({ params: { organization }, query: { split, rank: 'requests' as const } });
  const keys = useRead(`${organizationPath}/usage`, ask('key'), { enabled: mayUsage, staleMs });
  const models = useRead(`${organizationPath}/usage`, ask('model'), { enabled: mayUsage, staleMs });
  const projects = useRead(
    `${organizationPath}/projects`,
    { params: { organization }, query: { limit: 200 } },
    { enabled: useCan('organization.read'), staleMs },
  );
  return {
    keys: suggestions([
      ...(keys.data?.series ?? []).map(({ value, label, detail }) => [detail ?? value, label] as const),
      ...rows.map((row) => [row.key_prefix, row.key_name] as const),
    ]),
    models: suggestions([
      ...(models.data?.series ?? []).map(({ value }) => [value, null] as const),
      ...rows.flatMap((row) => [row.model_asked, row.model_served].map((model) => [model, null] as const)),
    ]),
    tools: suggestions(rows.map((row) => [row.client_tool, null])),
    codes: suggestions(rows.map((row) => [row.error_code, null])),
    projects: (projects.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
  };
}

function suggestions(found: readonly (readonly [value: string | null, label: string | null])[]): Suggestion[] {
  const byValue = new Map<string, Suggestion>();
  for (const [value, label] of found) {
    if (value && !byValue.has(value)) byValue.set(value, { value, label: label ?? value });
  }
  return [...byValue.values()];
}

function withCurrent(choices: readonly Suggestion[], current: string | undefined): readonly Suggestion[] {
  const isListed = current === undefined || choices.some(({ value }) => value === current);
  return isListed ? choices : [...choices, { value: current, label: current }];
}
