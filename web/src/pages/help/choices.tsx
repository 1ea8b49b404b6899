import { useId } from 'react';
import type { Key } from '../../api/schema.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { tools } from '../connect/tools.ts';
import { conditionOf } from '../key-parts/condition.ts';
import { useModels } from '../key-parts/offers.ts';
import type { Choice } from './use-checks.ts';

interface ChoicesProps {
  readonly keys: readonly Key[];
  readonly choice: Choice;
  readonly onKey: (id: string) => void;
  readonly onTool: (id: string) => void;
  readonly onUrl: (text: string) => void;
  readonly onModel: (name: string) => void;
}

/** What the list is about. Key, tool and model stand in the address; the base URL does not, for it may hold a key. */
export function Choices({ keys, choice, onKey, onTool, onUrl, onModel }: ChoicesProps) {
  const t = useTranslations('help.checks.choices');
  const { key, tool, url, model } = choice;
  const names = useId();
  const { models } = useModels(key?.group, key !== null);
  return (
    <div className="grid gap-4 px-5 pb-5 sm:grid-cols-2">
      {keys.length > 0 && (
        <Field name="key" label={t('key')}>
          <Select value={key?.id ?? ''} onChange={(event) => onKey(event.target.value)}>
            <KeyOptions keys={keys} />
          </Select>
        </Field>
      )}
      <Field name="tool" label={t('tool')}>
        <Select
          value={tool}
          onChange={(event) => onTool(event.target.value)}
          options={tools.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      <Field name="url" label={t('url')}>
        <TextInput code autoComplete="off" value={url} onChange={(event) => onUrl(event.target.value)} />
      </Field>
      <Field name="model" label={t('model')}>
        <TextInput
          code
          autoComplete="off"
          maxLength={200}
          list={names}
          value={model}
          onChange={(event) => onModel(event.target.value)}
        />
      </Field>
      <datalist id={names}>
        {models?.map(({ id }) => (
          <option key={id} value={id} />
        ))}
      </datalist>
    </div>
  );
}

/** By vendor and group; those that work no more say so. */
export function KeyOptions({ keys }: { readonly keys: readonly Key[] }) {
  const t = useTranslations('keys.conditions');
  const byGroup = [...Map.groupBy(keys, ({ vendor_name, group_name }) => `${vendor_name} → ${group_name}`)];
  return byGroup.map(([group, own]) => (
    <optgroup key={group} label={group}>
      {own.map((each) => {
        const condition = conditionOf(each);
        return (
          <option key={each.id} value={each.id}>
            {each.name} · {each.prefix}…{condition !== 'enabled' && ` (${t(condition)})`}
          </option>
        );
      })}
    </optgroup>
  ));
}
