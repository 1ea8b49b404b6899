import { useState } from 'react';
import { api } from '../../api/client.ts';
import { TextLink } from '../../navigation.tsx';
import { FrontCard } from '../../shell/front.tsx';
import { useSiteName } from '../../site.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { useTranslations } from '../../words/use-translations.ts';

const maxCharacters = 20_000;

/** For whoever has found a key. The answer is the same whether there was one in the text, and whether it worked. */
export function Page() {
  const t = useTranslations('help.reportKey');
  const site = useSiteName();
  const [sent, setSent] = useState(false);
  const footer = t.rich('own', { signIn: (chunks) => <TextLink to="/sign-in">{chunks}</TextLink> });
  if (sent) {
    return (
      <FrontCard key="sent" title={t('thanks')} footer={footer}>
        <div className="grid gap-4">
          <p role="status">{t('thanksText')}</p>
          <div>
            <Button onClick={() => setSent(false)}>{t('another')}</Button>
          </div>
        </div>
      </FrontCard>
    );
  }
  const report = async (values: FormData) => {
    await api.post('/control/v1/report-key', { body: { text: String(values.get('text')) } });
    setSent(true);
  };
  return (
    <FrontCard title={t('title')} description={t('text', { site })} footer={footer}>
      <Form onSubmit={report}>
        <Field name="text" label={t('label')} hint={t('hint')} required>
          <Textarea
            code
            rows={4}
            maxLength={maxCharacters}
            spellCheck={false}
            autoComplete="off"
            className="max-h-64 min-h-24"
            autoFocus
          />
        </Field>
        <FormActions>
          <SubmitButton wide>{t('submit')}</SubmitButton>
        </FormActions>
      </Form>
    </FrontCard>
  );
}
