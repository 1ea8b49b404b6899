import { Search, X } from 'lucide-react';
import { use, useId, useState } from 'react';
import { ErrorState } from '../../ui/error-state.tsx';
import { FieldError } from '../../ui/field.tsx';
import { FormState } from '../../ui/form-state.ts';
import { SkeletonText } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { type OfferedModel, useModels } from './offers.ts';

interface ModelsFieldProps {
  readonly group: string;
  /** Canonical ids; null is every model of the group, also later ones. */
  readonly value: readonly string[] | null;
  readonly onChange: (value: readonly string[] | null) => void;
}

/** Which models a key may use: all of its group, or some. */
export function ModelsField({ group, value, onChange }: ModelsFieldProps) {
  const t = useTranslations('keys.form');
  const id = useId();
  const error = use(FormState).errors['allowed_models'];
  return (
    <fieldset className="grid gap-3" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 font-medium">{t('models')}</legend>
      {/* Names the place for what the API says of the list. */}
      <input type="hidden" name="allowed_models" />
      <label className="flex items-start gap-2.5">
        <input
          type="radio"
          className="mt-0.5 size-4 shrink-0 accent-accent"
          checked={value === null}
          onChange={() => onChange(null)}
        />
        <span>
          {t('allModels')}
          <span className="block text-[0.8125rem] text-soft">{t('allModelsHint')}</span>
        </span>
      </label>
      <label className="flex items-start gap-2.5">
        <input
          type="radio"
          className="mt-0.5 size-4 shrink-0 accent-accent"
          checked={value !== null}
          onChange={() => onChange([])}
        />
        <span>{t('someModels')}</span>
      </label>
      {value !== null && <ModelPicker group={group} value={value} onChange={onChange} />}
      {error && <FieldError id={`${id}-error`} text={error} />}
    </fieldset>
  );
}

interface ModelPickerProps {
  readonly group: string;
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

function ModelPicker({ group, value, onChange }: ModelPickerProps) {
  const t = useTranslations('keys.form');
  const { models, error, retry } = useModels(group);
  const [search, setSearch] = useState('');
  if (models === null) return error ? <ErrorState error={error} onRetry={retry} /> : <SkeletonText lines={6} />;
  const shown = models.filter((model) => matches(model, search));
  const toggle = (id: string, on: boolean) => onChange(on ? [...value, id] : value.filter((each) => each !== id));
  return (
    <div className="ml-6.5 overflow-hidden rounded-xl border border-line">
      <div className="relative border-b border-line">
        <Search aria-hidden="true" className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-faint" />
        <input
          type="search"
          aria-label={t('searchModels')}
          placeholder={t('searchModels')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          // Enter looks for a model; it does not send the form.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          className="w-full bg-card py-2 pr-3 pl-9 -outline-offset-2"
        />
      </div>
      <ul className="max-h-64 overflow-y-auto py-1.5">
        {shown.map((model) => (
          <li key={model.id}>
            <label className="flex cursor-pointer items-start gap-2.5 px-3 py-1.5 hover:bg-sunk">
              <input
                type="checkbox"
                className="mt-0.5 size-4 shrink-0 accent-accent"
                checked={value.includes(model.id)}
                onChange={(event) => toggle(model.id, event.target.checked)}
              />
              <span className="min-w-0">
                <code className="font-mono text-[0.8125rem] break-all">{model.id}</code>
                {model.aliases.length > 0 && (
                  <span className="block text-xs text-soft">{t('aliases', { names: model.aliases.join(', ') })}</span>
                )}
              </span>
            </label>
          </li>
        ))}
        {shown.length === 0 && <li className="px-3 py-1.5 text-soft">{t('noModel')}</li>}
      </ul>
      <div className="flex flex-wrap items-center gap-1.5 border-t border-line px-3 py-2 text-[0.8125rem]">
        <span className="text-soft" aria-live="polite">
          {t('modelsChosen', { count: value.length })}
        </span>
        {value.map((id) => (
          <button
            key={id}
            type="button"
            aria-label={t('leaveOut', { model: id })}
            onClick={() => toggle(id, false)}
            className="inline-flex items-center gap-1 rounded-md bg-sunk px-1.5 py-px font-mono text-xs hover:text-danger"
          >
            {id}
            <X aria-hidden="true" className="size-3" />
          </button>
        ))}
      </div>
    </div>
  );
}

function matches({ id, display_name, aliases }: OfferedModel, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return [id, display_name, ...aliases].some((name) => name.toLowerCase().includes(wanted));
}
