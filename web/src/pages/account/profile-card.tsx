import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import { useMayChange } from '../../identity/acting.ts';
import { languageOf, languages, useLanguage } from '../../language.tsx';
import { useSession } from '../../session.tsx';
import { useSite } from '../../site.ts';
import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { TimeZoneSelect } from './time-zone-select.tsx';

export function ProfileCard() {
  const t = useTranslations('account.profile');
  const { account } = useSession();
  const { site } = useSite();
  const { choose } = useLanguage();
  const changed = useChanged();
  const mayChange = useMayChange();
  const offered = languages.filter(({ id }) => site === undefined || site.languages.includes(id));
  const save = async (values: FormData) => {
    const locale = languageOf(formText(values, 'locale'))?.id ?? account.locale;
    const body = { name: formText(values, 'name'), locale, time_zone: formText(values, 'time_zone') || null };
    await api.patch('/control/v1/account', { body });
    // Chosen here, it also counts in this browser, whatever was chosen there before.
    if (locale !== account.locale) await choose(locale);
    await changed('/control/v1/session', '/control/v1/notifications');
    toast({ text: t('saved') });
  };
  return (
    <Card title={t('title')}>
      <Form key={account.id} onSubmit={save}>
        <fieldset disabled={!mayChange} className="contents">
          <Field name="name" label={t('name')} hint={t('nameHint')} required>
            <TextInput autoComplete="name" maxLength={100} defaultValue={account.name} />
          </Field>
          <div className="grid gap-5 sm:grid-cols-2">
            <Field name="locale" label={t('language')} hint={t('languageHint')}>
              <Select
                key={account.locale}
                defaultValue={account.locale}
                options={offered.map(({ id, name }) => ({ value: id, label: name }))}
              />
            </Field>
            <Field name="time_zone" label={t('timeZone')} hint={t('timeZoneHint')}>
              <TimeZoneSelect timeZone={account.time_zone} />
            </Field>
          </div>
        </fieldset>
        {mayChange && (
          <FormActions>
            <SubmitButton>{t('save')}</SubmitButton>
          </FormActions>
        )}
      </Form>
    </Card>
  );
}
