import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { type Answer, api } from '../../api/client.ts';
import type { Key } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { KeyName } from './key-name.tsx';
import { KeyState } from './key-state.tsx';
import { listPath } from './use-key-moves.ts';

type Found = Answer<`${typeof listPath}/recognise`, 'post'>['data'];

/** Finds the key by what leaked: the key itself, a log, a commit. */
export function LeakFind({ onFound }: { readonly onFound: (key: Key) => void }) {
  const t = useTranslations('keys.leak');
  const { id: organization } = useOrganization();
  const [found, setFound] = useState<Found | null>(null);
  const recognise = async (values: FormData) => {
    const body = { text: String(values.get('text')) };
    const { data } = await api.post(`${listPath}/recognise`, { params: { organization }, body });
    setFound(data);
  };
  return (
    <Form onSubmit={recognise}>
      <Field name="text" label={t('paste')} hint={t('pasteHint')} required>
        <Textarea
          code
          rows={5}
          maxLength={200_000}
          spellCheck={false}
          autoComplete="off"
          className="max-h-64"
          autoFocus
        />
      </Field>
      {found && <FoundKeys found={found} onFound={onFound} />}
      <FormActions>
        <SubmitButton>{t('find')}</SubmitButton>
      </FormActions>
    </Form>
  );
}

function FoundKeys({ found, onFound }: { readonly found: Found; readonly onFound: (key: Key) => void }) {
  const t = useTranslations('keys.leak');
  if (found.length === 0)
    return (
      <Banner tone="warn" role="status" title={t('nothing')}>
        {t('nothingText')}
      </Banner>
    );
  return (
    <ul aria-label={t('found')} className="divide-y divide-line rounded-xl border border-line" aria-live="polite">
      {found.map(({ prefix, whole, key }) => (
        <li key={prefix} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3.5 py-2.5">
          {key === null ? (
            <>
              <code className="font-mono text-xs">{prefix}…</code>
              <span className="text-[0.8125rem] text-soft">{t('notYours')}</span>
            </>
          ) : (
            <>
              <span className="min-w-0 grow basis-40">
                <KeyName shown={key} />
                <span className="text-xs text-soft">{whole ? t('whole') : t('partly')}</span>
              </span>
              <KeyState shown={key} />
              <Button small icon={ArrowRight} onClick={() => onFound(key)}>
                {t('thisOne')}
              </Button>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
