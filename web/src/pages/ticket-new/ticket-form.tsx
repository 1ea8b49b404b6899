import { useEffect, useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import { useLanguage } from '../../language.tsx';
import { useGo } from '../../navigation.tsx';
import { useOrganizationChoice, useSession } from '../../session.tsx';
import { DraftNote } from '../../tickets/draft-note.tsx';
import { AttachButton, AttachedFiles } from '../../tickets/files-field.tsx';
import { SecretWarning } from '../../tickets/secret-warning.tsx';
import { secretsIn, withoutSecrets } from '../../tickets/secrets-in.ts';
import { useUploads } from '../../tickets/use-uploads.ts';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { type Category, customerUploads, organizationPath, ownPath, ticketPaths } from '../ticket-parts/door.ts';
import { composeSubject, composeText, factLines } from './compose.ts';
import { FactFields } from './fact-fields.tsx';
import { RequestPicker } from './request-picker.tsx';
import { useTicketForm } from './use-ticket-form.ts';

const categories = ['bug', 'question', 'billing', 'enterprise', 'vulnerability'] as const;
const maxText = 90_000;
const maxSubject = 200;

interface TicketFormCardProps {
  readonly onCategory: (category: Category | null) => void;
}

export function TicketFormCard({ onCategory }: TicketFormCardProps) {
  const t = useTranslations('myTickets.form');
  const tCategories = useTranslations('myTickets.categories');
  const { organization } = useOrganizationChoice();
  const mayWrite = useSession().acting_as === null;
  const form = useTicketForm();
  const { category, subject, text, facts } = form;
  const uploads = useUploads(customerUploads);
  const send = useSend();
  // A secret was pointed out, and the text is to be sent all the same.
  const [warned, setWarned] = useState(false);
  useEffect(() => onCategory(category), [category, onCategory]);
  const found = secretsIn(text);
  const inSubject = secretsIn(subject);
  const hasSecret = found.length + inSubject.length > 0;
  const submit = async () => {
    if (category === null) return;
    if (hasSecret && !warned) return setWarned(true);
    await send(category, form, uploads.ids);
  };
  return (
    <Card>
      <Form onSubmit={submit}>
        <RadioCards
          name="category"
          label={t('category')}
          value={category}
          onChange={form.setCategory}
          required
          columns={2}
          cards={categories.map((value) => ({ value, title: tCategories(value), text: t(`categoriesText.${value}`) }))}
        />
        {(category === 'bug' || category === 'question' || category === 'billing') && (
          <RequestPicker
            failed={form.failed}
            chosen={form.chosen}
            onChoose={form.choose}
            given={form.given.requests}
            pasted={form.pasted}
            onPaste={form.setPasted}
          />
        )}
        <Field name="subject" label={t('subject')} required>
          <TextInput maxLength={maxSubject} value={subject} onChange={(event) => form.setSubject(event.target.value)} />
        </Field>
        <SecretWarning text={subject} found={inSubject} onTakeOut={() => form.setSubject(withoutSecrets(subject))} />
        <Field name="text" label={t('text')} hint={t('textHint')} required>
          <Textarea
            rows={6}
            maxLength={maxText}
            value={text}
            onChange={(event) => form.setText(event.target.value)}
            className="max-h-[60vh] min-h-36"
          />
        </Field>
        <DraftNote draft={form.draft} />
        <SecretWarning text={text} found={found} onTakeOut={form.setText} />
        <FactFields
          category={category}
          facts={facts}
          choice={form.toolChoice}
          onChoice={form.setToolChoice}
          onChange={form.change}
        />
        <div className="grid gap-1.5">
          <p className="flex flex-wrap items-center gap-x-2">
            <span className="font-medium">{t('files')}</span>
            <AttachButton uploads={uploads} />
            <span className="text-[0.8125rem] text-soft">{t('filesHint')}</span>
          </p>
          <AttachedFiles uploads={uploads} />
        </div>
        {warned && hasSecret && (
          <Banner tone="warn" role="alert" title={t('secretStays')}>
            <p>{t('secretStaysText')}</p>
          </Banner>
        )}
        <p className="text-[0.8125rem] text-soft">
          {category === 'vulnerability'
            ? t('seenAlone')
            : organization && t('seen', { organization: organization.name })}
          {uploads.isBusy && ` ${t('waitFiles')}`}
          {uploads.hasFailed && ` ${t('failedFiles')}`}
        </p>
        <FormActions>
          <SubmitButton disabled={!mayWrite || uploads.isBusy || uploads.hasFailed}>
            {warned && hasSecret ? t('sendAnyway') : t('submit')}
          </SubmitButton>
        </FormActions>
      </Form>
    </Card>
  );
}

/** Opens the ticket, for the chosen organization where there is one, and shows it. */
function useSend() {
  const t = useTranslations('myTickets.form');
  const tTools = useTranslations('myTickets.form.labels');
  const tImpact = useTranslations('myTickets.form.impactSentences');
  const { id: locale } = useLanguage();
  const { organization } = useOrganizationChoice();
  const go = useGo();
  const changed = useChanged();
  return async (category: Category, form: ReturnType<typeof useTicketForm>, uploads: readonly string[]) => {
    const { facts, subject, text, draft } = form;
    const labels = {
      request: tTools('request'),
      key: tTools('key'),
      model: tTools('model'),
      tool: tTools('tool'),
      impact: tTools('impact'),
      order: tTools('order'),
    };
    const lines = factLines(facts, { labels, impactOf: (impact) => tImpact(impact) });
    const body = {
      category,
      subject: composeSubject(subject, facts.impact, tImpact('production')),
      text: composeText(text, lines),
      locale,
      uploads: [...uploads],
    };
    const { ticket } = organization
      ? await api.post(organizationPath, { params: { organization: organization.id }, body, idempotency: true })
      : await api.post(ownPath, { body, idempotency: true });
    draft.clear();
    toast({ text: t('sent', { ticket: ticket.id }) });
    await go({ to: '/help/tickets/$ticket', params: { ticket: ticket.id }, replace: true });
    void changed(...ticketPaths);
  };
}
