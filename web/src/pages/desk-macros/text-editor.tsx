import { useRef, useState } from 'react';
import { useSession } from '../../session.tsx';
import { useSiteName } from '../../site.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Segments } from '../../ui/segments.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { filled, type Variable, variables } from './filled.ts';
import type { Texts } from './macro-dialog.tsx';

interface TextEditorProps {
  readonly texts: Texts;
  readonly onChange: (texts: Texts) => void;
}

const textMax = 20_000;

/** A macro's text in two languages, with variables at hand, and how it will read. */
export function TextEditor({ texts, onChange }: TextEditorProps) {
  const t = useTranslations('deskSettings.macros');
  const tLocales = useTranslations('customers.locales');
  const [locale, setLocale] = useState<'en' | 'zh'>(texts.en === '' && texts.zh !== '' ? 'zh' : 'en');
  const area = useRef<HTMLDivElement>(null);
  const text = texts[locale];
  const insert = (name: Variable) => {
    const field = area.current?.querySelector('textarea');
    const [from, to] = [field?.selectionStart ?? text.length, field?.selectionEnd ?? text.length];
    const written = `{${name}}`;
    onChange({ ...texts, [locale]: `${text.slice(0, from)}${written}${text.slice(to)}` });
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(from + written.length, from + written.length);
    });
  };
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segments
          label={t('language')}
          value={locale}
          onChange={setLocale}
          options={(['en', 'zh'] as const).map((value) => ({ value, label: tLocales(value) }))}
        />
        <p className="text-[0.8125rem] text-soft">{t('languageHint')}</p>
      </div>
      <div className="grid gap-4 md:grid-cols-2">
        <div ref={area} className="grid content-start gap-2">
          <Field name="text" label={t('text')}>
            <Textarea
              className="min-h-48"
              lang={locale}
              maxLength={textMax}
              value={text}
              onChange={(event) => onChange({ ...texts, [locale]: event.target.value })}
            />
          </Field>
          <fieldset>
            <legend className="mb-1.5 text-[0.8125rem] text-soft">{t('variables')}</legend>
            <div className="flex flex-wrap gap-1.5">
              {variables.map((name) => (
                <Button key={name} small title={`{${name}}`} onClick={() => insert(name)}>
                  {t(`variable.${name}`)}
                </Button>
              ))}
            </div>
          </fieldset>
        </div>
        <Preview text={text} locale={locale} />
      </div>
    </div>
  );
}

function Preview({ text, locale }: { readonly text: string; readonly locale: 'en' | 'zh' }) {
  const t = useTranslations('deskSettings.macros');
  const values: Readonly<Record<Variable, string>> = {
    ticket: 'T-1042',
    subject: t('sample.subject'),
    customer_name: t('sample.customer'),
    customer_address: 'mei@customer.example',
    organization: t('sample.organization'),
    plan: 'Pro',
    agent_name: useSession().account.name,
    site_name: useSiteName(),
    request_id: 'req_01kar4…',
  };
  return (
    <section aria-label={t('preview')} className="grid content-start gap-1.5">
      <p className="font-medium">{t('preview')}</p>
      <div
        lang={locale}
        className="min-h-48 rounded-xl border border-line bg-sunk px-3.5 py-3 wrap-anywhere whitespace-pre-wrap"
      >
        {text.trim() === '' ? (
          <span className="text-soft">{t('previewEmpty')}</span>
        ) : (
          filled(text, values).map((piece, index) => {
            const key = `${index}-${piece.kind}`;
            if (piece.kind === 'plain') return <span key={key}>{piece.text}</span>;
            const look = piece.kind === 'filled' ? 'bg-info-wash text-info' : 'bg-warn-wash text-warn';
            return (
              <mark key={key} className={`rounded px-0.5 ${look}`}>
                {piece.text}
              </mark>
            );
          })
        )}
      </div>
      <p className="text-[0.8125rem] text-soft">{t('previewHint')}</p>
    </section>
  );
}
