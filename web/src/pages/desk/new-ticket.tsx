import { api } from '../../api/client.ts';
import { useGo } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { type TicketLocale, ticketPriorities, ticketQueues } from '../../tickets/states.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { oneOf } from '../../ui/one-of.ts';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useTicketsChanged } from './change-ticket.ts';
import { useUndoReply } from './undo-reply.ts';

const locales = ['en', 'zh'] as const satisfies readonly TicketLocale[];

/** A ticket that we begin. */
export function NewTicketDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const t = useTranslations('desk.newTicket');
  const tUi = useTranslations('ui');
  const tTickets = useTranslations('tickets');
  const tLanguages = useTranslations('desk.languages');
  const security = useStaffCan('tickets.security');
  const go = useGo();
  const changed = useTicketsChanged();
  const undo = useUndoReply();
  const submit = async (values: FormData) => {
    const locale = oneOf(locales, formText(values, 'locale'));
    const { ticket, message } = await api.post('/admin/v1/tickets', {
      body: {
        to: formText(values, 'to'),
        name: formText(values, 'name'),
        subject: formText(values, 'subject'),
        text: formText(values, 'text'),
        queue: oneOf(ticketQueues, formText(values, 'queue')) ?? 'general',
        priority: oneOf(ticketPriorities, formText(values, 'priority')) ?? 'normal',
        ...(locale === undefined ? {} : { locale }),
      },
    });
    await changed();
    toast({
      text: t('sent', { id: ticket }),
      undo: () => void undo(ticket, message).then((text) => text !== null && toast({ text: t('takenBack') })),
    });
    onClose();
    await go({ to: '/desk/$ticket', params: { ticket } });
  };
  return (
    <Dialog open={open} onClose={onClose} title={t('title')} description={t('text')} size="large">
      <Form onSubmit={submit}>
        <div className="grid gap-5 sm:grid-cols-2">
          <Field name="to" label={t('to')} required>
            <TextInput type="email" maxLength={254} autoComplete="off" />
          </Field>
          <Field name="name" label={t('name')} optional>
            <TextInput maxLength={200} autoComplete="off" />
          </Field>
        </div>
        <Field name="subject" label={t('subject')} required>
          <TextInput maxLength={300} autoComplete="off" />
        </Field>
        <Field name="text" label={t('message')} required>
          <Textarea rows={8} maxLength={100_000} />
        </Field>
        <div className="grid gap-5 sm:grid-cols-3">
          <Field name="queue" label={t('queue')}>
            <Select
              options={ticketQueues
                .filter((value) => value !== 'vulnerability' || security)
                .map((value) => ({ value, label: tTickets(`queues.${value}`) }))}
            />
          </Field>
          <Field name="priority" label={t('priority')}>
            <Select
              defaultValue="normal"
              options={ticketPriorities.map((value) => ({ value, label: tTickets(`priorities.${value}`) }))}
            />
          </Field>
          <Field name="locale" label={t('locale')}>
            <Select
              options={[
                { value: '', label: t('localeOwn') },
                ...locales.map((value) => ({ value, label: tLanguages(value) })),
              ]}
            />
          </Field>
        </div>
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{t('send')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
