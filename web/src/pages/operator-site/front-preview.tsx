import { useState } from 'react';
import type { SiteSettings } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { cx } from '../../ui/cx.ts';
import { Select } from '../../ui/select.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { type Draft, type Locale, locales } from './draft.ts';
import { frontWords } from './front-words.ts';
import { logoSource } from './logo-source.ts';

interface FrontPreviewProps {
  readonly draft: Draft;
  readonly settings: SiteSettings;
}

/** The first page of the site as the draft would make it. */
export function FrontPreview({ draft, settings }: FrontPreviewProps) {
  const t = useTranslations('siteSettings.site');
  const { id } = useLanguage();
  const [chosen, setChosen] = useState<Locale>(id);
  const locale = draft.languages.includes(chosen) ? chosen : draft.default_language;
  return (
    <Card
      title={t('preview')}
      description={t('previewText')}
      className="lg:sticky lg:top-[calc(var(--sticky-top)+1rem)]"
      actions={
        <Select
          aria-label={t('previewLanguage')}
          value={locale}
          onChange={(event) => setChosen(locales.find((each) => each === event.target.value) ?? locale)}
          options={draft.languages.map((value) => ({ value, label: t(`language.${value}`) }))}
        />
      }
    >
      <Front draft={draft} settings={settings} locale={locale} />
    </Card>
  );
}

function Front({ draft, settings, locale }: FrontPreviewProps & { readonly locale: Locale }) {
  const words = frontWords[locale];
  const name = draft.name.trim() || settings.defaults.name;
  const source = logoSource(draft, settings);
  const regions = draft.regions ?? [];
  const legal = [draft.terms_url && words.terms, draft.privacy_url && words.privacy].filter(Boolean);
  const button = (look: 'primary' | 'secondary' | 'ghost') => cx(buttonLook(look), 'pointer-events-none');
  return (
    <div lang={locale} className="grid gap-5 overflow-hidden rounded-xl border border-line bg-paper px-5 py-5">
      <div className="flex min-w-0 items-center gap-2 font-semibold">
        {source !== null && <img src={source} alt="" className="block h-7 w-auto max-w-40" />}
        <span className="min-w-0 truncate">{name}</span>
      </div>
      <div>
        <p className="text-2xl font-semibold wrap-anywhere">{name}</p>
        <p className="text-soft">{words.tagline}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <span className={button('primary')}>{words.signIn}</span>
        {draft.registration === 'open' && <span className={button('secondary')}>{words.register}</span>}
        <span className={button('ghost')}>{words.docs}</span>
      </div>
      {draft.registration === 'closed' && <p className="text-soft">{words.closed}</p>}
      {regions.length > 1 && (
        <div className="grid gap-1">
          <p className="font-semibold">{words.regions}</p>
          {regions.map((region) => (
            <p key={`${region.name} ${region.api_base_url}`} className="flex flex-wrap gap-x-3">
              <span>{region.label}</span>
              <code className="font-mono text-[0.8125rem] break-all text-soft">{region.api_base_url}</code>
            </p>
          ))}
        </div>
      )}
      {draft.contact.length > 0 && (
        <dl className="grid gap-2">
          {draft.contact.map((contact, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what is shown is all there is of a row.
            <div key={index}>
              <dt className="text-xs text-soft">
                {contact.label[locale] || contact.label[locale === 'en' ? 'zh' : 'en'] || words.kinds[contact.kind]}
              </dt>
              <dd className="wrap-anywhere">{contact.value || '…'}</dd>
            </div>
          ))}
        </dl>
      )}
      {legal.length > 0 && (
        <p className="flex flex-wrap gap-4 border-t border-line pt-3 text-[0.8125rem] text-accent underline">
          {legal.map((text) => (
            <span key={text}>{text}</span>
          ))}
        </p>
      )}
    </div>
  );
}
