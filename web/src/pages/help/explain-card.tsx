import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import type { RequestDetail } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { TextLink, useGo } from '../../navigation.tsx';
import { useCan, useOrganization } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { OutcomeBadge } from '../requests/outcome.tsx';
import { requestIdsIn } from './ids-in.ts';

interface Found {
  readonly id: string;
  /** missing: there is none, or it is not the reader's: nobody is told which. */
  readonly is: 'found' | 'mistyped' | 'missing' | 'failed';
  readonly request: RequestDetail | null;
}

/** An id out of anything that holds one, explained. */
export function ExplainCard() {
  const t = useTranslations('help.explain');
  const { id: organization } = useOrganization();
  const { id: locale } = useLanguage();
  const sees = useCan('requests.read');
  const go = useGo();
  const [found, setFound] = useState<readonly Found[] | null>(null);
  const explain = async (values: FormData) => {
    const ids = requestIdsIn(String(values.get('text')));
    const looked = await Promise.all(ids.map((id) => lookUp({ organization, id, locale })));
    const [only] = looked;
    if (looked.length === 1 && only?.is === 'found')
      return void go({ to: '/requests/$id', params: { id: only.request?.id ?? only.id } });
    setFound(looked);
  };
  return (
    <Card title={t('title')} description={t('text')}>
      {sees ? (
        <Form onSubmit={explain}>
          <Field name="text" label={t('label')} hint={t('hint')} required>
            <Textarea
              code
              rows={4}
              maxLength={200_000}
              spellCheck={false}
              autoComplete="off"
              className="max-h-64 min-h-24"
            />
          </Field>
          <div role="status" className="grid gap-3 empty:hidden">
            {found?.length === 0 && <Banner tone="warn">{t('none')}</Banner>}
            {found?.map((one) => (
              <Result key={one.id} found={one} />
            ))}
          </div>
          <FormActions>
            <SubmitButton>{t('submit')}</SubmitButton>
          </FormActions>
        </Form>
      ) : (
        <p>{t('unseen')}</p>
      )}
    </Card>
  );
}

function Result({ found: { id, is, request } }: { readonly found: Found }) {
  const t = useTranslations('help.explain');
  const idText = () => <code className="font-mono text-xs break-all">{id}</code>;
  if (request !== null) {
    return (
      <TextLink
        to="/requests/$id"
        params={{ id: request.id }}
        className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-xl border border-line px-3.5 py-2.5"
      >
        <code className="min-w-0 font-mono text-xs break-all">{request.id}</code>
        <OutcomeBadge outcome={request.outcome} status={request.status} />
        <ArrowRight aria-hidden="true" className="size-3.5" />
      </TextLink>
    );
  }
  if (is === 'failed') return <Banner tone="danger">{t('failed', { id })}</Banner>;
  return (
    <Banner tone="warn">
      <p>{t.rich(is === 'mistyped' ? 'mistyped' : 'missing', { id: idText })}</p>
      {is === 'missing' && (
        <p className="mt-1">
          <TextLink to="/help/tickets/new" search={{ request: id }}>
            {t('about')}
          </TextLink>
        </p>
      )}
    </Banner>
  );
}

interface LookUp {
  readonly organization: string;
  readonly id: string;
  readonly locale: 'en' | 'zh';
}

async function lookUp({ organization, id, locale }: LookUp): Promise<Found> {
  try {
    const ask = { params: { organization, id }, query: { locale } };
    const request = await api.get('/control/v1/organizations/{organization}/requests/{id}', ask);
    return { id, is: 'found', request };
  } catch (error) {
    const { code, status } = asProblem(error);
    const is = code === 'request_id_invalid' ? 'mistyped' : status === 404 || status === 403 ? 'missing' : 'failed';
    return { id, is, request: null };
  }
}
