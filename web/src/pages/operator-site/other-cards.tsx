import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { PartProps } from './site-form.tsx';

/** Where people write to. */
export function AddressCard({ draft, settings, set }: PartProps) {
  const t = useTranslations('siteSettings.site');
  return (
    <Card title={t('addresses')}>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          name="support_address"
          label={t('support')}
          hint={t('supportHint', { address: settings.defaults.support_address })}
        >
          <TextInput
            type="email"
            maxLength={254}
            value={draft.support_address}
            onChange={(event) => set({ support_address: event.target.value })}
          />
        </Field>
        <Field name="key_leak_address" label={t('leak')} hint={t('leakHint')}>
          <TextInput
            type="email"
            maxLength={254}
            value={draft.key_leak_address}
            onChange={(event) => set({ key_leak_address: event.target.value })}
          />
        </Field>
      </div>
    </Card>
  );
}

const registrations = ['open', 'closed'] as const;

export function RegistrationCard({ draft, set }: PartProps) {
  const t = useTranslations('siteSettings.site');
  return (
    <Card>
      <RadioCards
        name="registration"
        label={t('registration')}
        value={draft.registration}
        onChange={(registration) => set({ registration })}
        columns={2}
        cards={registrations.map((value) => ({
          value,
          title: t(`registrations.${value}`),
          text: t(`registrationTexts.${value}`),
        }))}
      />
    </Card>
  );
}

export function LegalCard({ draft, set }: PartProps) {
  const t = useTranslations('siteSettings.site');
  return (
    <Card title={t('legal')}>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field name="legal.terms_url" label={t('terms')} hint={t('legalHint')}>
          <TextInput
            type="url"
            maxLength={500}
            value={draft.terms_url}
            onChange={(event) => set({ terms_url: event.target.value })}
          />
        </Field>
        <Field name="legal.privacy_url" label={t('privacy')} hint={t('legalHint')}>
          <TextInput
            type="url"
            maxLength={500}
            value={draft.privacy_url}
            onChange={(event) => set({ privacy_url: event.target.value })}
          />
        </Field>
      </div>
    </Card>
  );
}
