import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import type { SiteSettings } from '../../api/schema.ts';
import { useStaffCan } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Form, SubmitButton } from '../../ui/form.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ContactCard } from './contact-card.tsx';
import { changeOf, type Draft, draftOf } from './draft.ts';
import { FaceCard } from './face-card.tsx';
import { FrontPreview } from './front-preview.tsx';
import { LanguageCard } from './language-card.tsx';
import { AddressCard, LegalCard, RegistrationCard } from './other-cards.tsx';
import { RegionCard } from './region-card.tsx';

/** What every part of the form is given. */
export interface PartProps {
  readonly draft: Draft;
  readonly settings: SiteSettings;
  readonly set: (change: Partial<Draft>) => void;
  /** False: nothing is offered that would change something. */
  readonly mayWrite: boolean;
}

/** All settings in one form, and beside it how the first page will look. */
export function SiteForm({ settings }: { readonly settings: SiteSettings }) {
  const t = useTranslations('siteSettings.site');
  const changed = useChanged();
  const mayWrite = useStaffCan('site.write');
  const [draft, setDraft] = useState(() => draftOf(settings));
  const change = changeOf(draft, settings);
  const isChanged = Object.keys(change).length > 0;
  const part: PartProps = { draft, settings, mayWrite, set: (own) => setDraft({ ...draft, ...own }) };
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
      <Form
        className="min-w-0"
        check={() => (draft.languages.length === 0 ? { languages: t('languageMissing') } : {})}
        onSubmit={async () => {
          const saved = await api.patch('/admin/v1/site', { body: change });
          setDraft(draftOf(saved));
          toast({ text: t('saved') });
          await changed('/admin/v1/site', '/control/v1/site');
        }}
      >
        {!mayWrite && <Banner>{t('readOnly')}</Banner>}
        <fieldset disabled={!mayWrite} className="grid min-w-0 gap-5">
          <FaceCard {...part} />
          <AddressCard {...part} />
          <ContactCard {...part} />
          <RegionCard {...part} />
          <LanguageCard {...part} />
          <RegistrationCard {...part} />
          <LegalCard {...part} />
        </fieldset>
        {isChanged && mayWrite && (
          <div className="sticky bottom-3 z-20 order-3 flex flex-wrap items-center justify-end gap-2 rounded-xl border border-line bg-card px-4 py-2.5 shadow-float">
            <p role="status" className="grow">
              {t('unsaved')}
            </p>
            <Button onClick={() => setDraft(draftOf(settings))}>{t('discard')}</Button>
            <SubmitButton>{t('save')}</SubmitButton>
          </div>
        )}
      </Form>
      <FrontPreview draft={draft} settings={settings} />
    </div>
  );
}
