import { Upload } from 'lucide-react';
import { type ChangeEvent, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Field, FieldError } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { logoKinds, logoMaxBytes, readLogo } from './logo-file.ts';
import { logoSource } from './logo-source.ts';
import type { PartProps } from './site-form.tsx';

/** The site's name and logo. */
export function FaceCard({ draft, settings, set, mayWrite }: PartProps) {
  const t = useTranslations('siteSettings.site');
  const { number } = useFormats();
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const source = logoSource(draft, settings);
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    // The same file can be chosen once more, mended.
    event.target.value = '';
    if (!file) return;
    const size = `${number(Math.ceil(file.size / 1_024))} kB`;
    const logo = file.size > logoMaxBytes ? null : await readLogo(file);
    setWrong(file.size > logoMaxBytes ? t('logoLarge', { size }) : logo ? null : t('logoKind'));
    if (logo) set({ logo });
  };
  return (
    <Card title={t('face')}>
      <div className="grid gap-5">
        <Field name="name" label={t('name')} hint={t('nameHint', { name: settings.defaults.name })}>
          <TextInput maxLength={60} value={draft.name} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <div className="grid gap-2">
          <span className="font-medium">{t('logo')}</span>
          <div className="flex flex-wrap items-center gap-3">
            {source === null ? (
              <span className="text-soft">{t('logoNone')}</span>
            ) : (
              <span className="rounded-lg border border-line bg-paper px-3 py-2">
                <img src={source} alt={t('logoAlt')} className="block h-8 w-auto max-w-48" />
              </span>
            )}
            {mayWrite && (
              <>
                <input
                  ref={input}
                  type="file"
                  accept={logoKinds.join()}
                  onChange={(event) => void choose(event)}
                  aria-label={t('logo')}
                  className="sr-only"
                  tabIndex={-1}
                />
                <Button small icon={Upload} onClick={() => input.current?.click()}>
                  {t(source === null ? 'logoChoose' : 'logoReplace')}
                </Button>
                {source !== null && (
                  <Button small onClick={() => set({ logo: settings.logo_url === null ? undefined : null })}>
                    {t('logoRemove')}
                  </Button>
                )}
              </>
            )}
          </div>
          {wrong && <FieldError id="logo-error" text={wrong} />}
          <p className="text-[0.8125rem] text-soft">{t('logoHint')}</p>
        </div>
      </div>
    </Card>
  );
}
