import { use } from 'react';
import { Card } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field, FieldError } from '../../ui/field.tsx';
import { FormState } from '../../ui/form-state.ts';
import { Select } from '../../ui/select.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { locales } from './draft.ts';
import type { PartProps } from './site-form.tsx';

/** Languages of pages, console and mail. */
export function LanguageCard({ draft, set }: PartProps) {
  const t = useTranslations('siteSettings.site');
  const wrong = use(FormState).errors['languages'];
  const choose = (locale: (typeof locales)[number], wanted: boolean) => {
    const languages = locales.filter((each) => (each === locale ? wanted : draft.languages.includes(each)));
    const [first = draft.default_language] = languages;
    const stays = languages.includes(draft.default_language);
    set({ languages, default_language: stays ? draft.default_language : first });
  };
  return (
    <Card title={t('languages')} description={t('languagesText')}>
      <div className="grid gap-5 sm:grid-cols-2">
        <div className="grid content-start gap-2">
          {locales.map((locale) => (
            <Checkbox
              key={locale}
              label={t(`language.${locale}`)}
              checked={draft.languages.includes(locale)}
              onChange={(event) => choose(locale, event.target.checked)}
            />
          ))}
          {wrong && <FieldError id="languages-error" text={wrong} />}
        </div>
        <Field name="default_language" label={t('defaultLanguage')}>
          <Select
            value={draft.default_language}
            onChange={(event) =>
              set({ default_language: locales.find((each) => each === event.target.value) ?? draft.default_language })
            }
            options={draft.languages.map((value) => ({ value, label: t(`language.${value}`) }))}
          />
        </Field>
      </div>
    </Card>
  );
}
