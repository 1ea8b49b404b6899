import { useTranslations } from 'use-intl';
import type { Key } from '../../api/schema.ts';
import type { Filters } from '../../navigation.tsx';
import { useSite } from '../../site.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { useModels } from '../key-parts/offers.ts';
import { baseUrlOf, type Setting, type System } from './snippets/snippet.ts';
import { usableModels } from './use-setting.ts';

interface ChoicesProps {
  readonly keys: readonly Key[];
  readonly shown: Key;
  readonly setting: Setting | null;
  readonly system: System;
  readonly filters: Filters<'key' | 'tool' | 'model' | 'system' | 'region'>;
}

const systems: readonly System[] = ['macos', 'linux', 'windows'];

/** Key, model, system and region of the snippet; kept in the address. */
export function Choices({ keys, shown, setting, system, filters }: ChoicesProps) {
  const t = useTranslations('connect');
  const { site } = useSite();
  const { models } = useModels(shown.group);
  const usable = models === null ? [] : usableModels(models, shown);
  const regions = site?.regions ?? [];
  const byGroup = [...Map.groupBy(keys, ({ vendor_name, group_name }) => `${vendor_name} → ${group_name}`)];
  const here = regions.find((region) => region.api_base_url === site?.api_base_url)?.name;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Field name="key" label={t('key')}>
          <Select value={shown.id} onChange={(event) => filters.set({ key: event.target.value, model: undefined })}>
            {byGroup.map(([group, own]) => (
              <optgroup key={group} label={group}>
                {own.map(({ id, name, prefix }) => (
                  <option key={id} value={id}>
                    {name} · {prefix}…
                  </option>
                ))}
              </optgroup>
            ))}
          </Select>
        </Field>
        <Field name="model" label={t('model')}>
          <Select
            value={setting?.model ?? ''}
            onChange={(event) => filters.set({ model: event.target.value })}
            options={usable.map(({ id }) => ({ value: id, label: id }))}
          />
        </Field>
        <Field name="system" label={t('system')}>
          <Select
            value={system}
            onChange={(event) => filters.set({ system: event.target.value })}
            options={systems.map((value) => ({ value, label: t(`systems.${value}`) }))}
          />
        </Field>
        {regions.length > 1 && (
          <Field name="region" label={t('region')}>
            <Select
              value={filters.values.region ?? here ?? ''}
              onChange={(event) => filters.set({ region: event.target.value })}
              options={regions.map(({ name, label }) => ({ value: name, label: label || name }))}
            />
          </Field>
        )}
      </div>
      {setting && (
        <p className="flex flex-wrap items-center gap-x-2 text-soft">
          {t('baseUrl')}
          <code className="font-mono text-[0.8125rem] break-all text-ink" translate="no">
            {baseUrlOf(setting)}
          </code>
          <CopyButton small text={baseUrlOf(setting)} label={t('copyBaseUrl')} />
        </p>
      )}
    </>
  );
}
