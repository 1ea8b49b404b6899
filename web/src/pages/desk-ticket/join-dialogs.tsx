import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useGo } from '../../navigation.tsx';
import { StateBadge } from '../../tickets/marks.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { oneOf } from '../../ui/one-of.ts';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useTicketsChanged } from '../desk/change-ticket.ts';
import { useOthers } from './customer-cards.tsx';
import type { TicketPage } from './types.ts';

interface JoinProps {
  readonly ticket: TicketPage;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** `1001`, `t-1001` → `T-1001`; other text as it is. Pure. */
export function ticketNameOf(text: string): string {
  const digits = /^(?:t-)?([1-9]\d{0,14})$/i.exec(text.trim())?.[1];
  return digits === undefined ? text.trim() : `T-${digits}`;
}

const numberForm = '\\s*(?:[tT]-)?[1-9]\\d{0,14}\\s*';

export function MergeDialog({ ticket, open, onClose }: JoinProps) {
  const t = useTranslations('desk.merge');
  return (
    <Dialog open={open} onClose={onClose} title={t('title', { id: ticket.id })} size="medium">
      <MergeForm ticket={ticket} onClose={onClose} />
    </Dialog>
  );
}

function MergeForm({ ticket, onClose }: Omit<JoinProps, 'open'>) {
  const t = useTranslations('desk.merge');
  const ui = useTranslations('ui');
  const go = useGo();
  const changed = useTicketsChanged();
  const [into, setInto] = useState('');
  const { rows } = useOthers(ticket);
  const { id } = ticket;
  const open = rows?.filter((one) => one.merged_into === null) ?? [];
  const submit = async () => {
    const other = ticketNameOf(into);
    const body = { into: other, version: ticket.version };
    await api.post('/admin/v1/tickets/{ticket}/merge', { params: { ticket: id }, body });
    toast({ text: t('done', { id, into: other }) });
    onClose();
    await changed();
    await go({ to: '/desk/$ticket', params: { ticket: other } });
  };
  return (
    <Form onSubmit={submit} className="grid-cols-[minmax(0,1fr)]">
      {open.length > 0 ? (
        <fieldset className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1">
          <legend className="mb-1.5 font-medium">{t('choose')}</legend>
          {open.map((one) => (
            <label key={one.id} className="flex items-center gap-2.5 rounded-lg px-2 py-1 hover:bg-sunk">
              <input
                type="radio"
                name="other"
                value={one.id}
                checked={ticketNameOf(into) === one.id}
                onChange={() => setInto(one.id)}
                className="size-4 shrink-0 accent-accent"
              />
              <span className="min-w-0 grow truncate">{one.subject}</span>
              <span className="font-mono text-xs whitespace-nowrap text-soft">{one.id}</span>
              <StateBadge state={one.state} />
            </label>
          ))}
        </fieldset>
      ) : (
        rows !== null && <p className="text-soft">{t('none')}</p>
      )}
      <Field name="into" label={t('into')} required>
        <TextInput
          code
          placeholder="T-1001"
          pattern={numberForm}
          value={into}
          autoComplete="off"
          onChange={(event) => setInto(event.target.value)}
        />
      </Field>
      <ul className="grid list-disc gap-1.5 pl-5 marker:text-faint">
        <li>{t('consequences.closes', { id })}</li>
        <li>{t('consequences.lands')}</li>
        <li>{t('consequences.people')}</li>
        <li>{t('consequences.final')}</li>
      </ul>
      <FormActions>
        <Button onClick={onClose}>{ui('cancel')}</Button>
        <SubmitButton danger>{t('action')}</SubmitButton>
      </FormActions>
    </Form>
  );
}

interface SplitDialogProps extends JoinProps {
  readonly chosen: readonly string[];
  readonly onDone: () => void;
}

export function SplitDialog({ ticket, open, onClose, chosen, onDone }: SplitDialogProps) {
  const t = useTranslations('desk.split');
  const ui = useTranslations('ui');
  const go = useGo();
  const changed = useTicketsChanged();
  const submit = async (values: FormData) => {
    const body = { messages: [...chosen], subject: formText(values, 'subject') };
    const made = await api.post('/admin/v1/tickets/{ticket}/split', { params: { ticket: ticket.id }, body });
    toast({ text: t('done', { id: made.id }) });
    onDone();
    await changed();
    await go({ to: '/desk/$ticket', params: { ticket: made.id } });
  };
  return (
    <Dialog open={open} onClose={onClose} title={t('title')} description={t('text')}>
      <Form onSubmit={submit}>
        <Field name="subject" label={t('subject')} required>
          <TextInput defaultValue={ticket.subject} maxLength={300} autoComplete="off" />
        </Field>
        <FormActions>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <SubmitButton>{t('confirm')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

const linkKinds = ['related', 'duplicate', 'follow_up'] as const;

export function LinkDialog({ ticket, open, onClose }: JoinProps) {
  const t = useTranslations('desk.link');
  const ui = useTranslations('ui');
  const changed = useTicketsChanged();
  const submit = async (values: FormData) => {
    const kind = oneOf(linkKinds, formText(values, 'kind')) ?? 'related';
    const body = { ticket: ticketNameOf(formText(values, 'ticket')), kind };
    await api.post('/admin/v1/tickets/{ticket}/links', { params: { ticket: ticket.id }, body });
    await changed();
    toast({ text: t('done') });
    onClose();
  };
  return (
    <Dialog open={open} onClose={onClose} title={t('title', { id: ticket.id })}>
      <Form onSubmit={submit}>
        <Field name="ticket" label={t('other')} required>
          <TextInput code placeholder="T-1001" pattern={numberForm} autoComplete="off" />
        </Field>
        <Field name="kind" label={t('kind')}>
          <Select options={linkKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))} />
        </Field>
        <FormActions>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <SubmitButton>{t('action')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

interface SubjectDialogProps extends JoinProps {
  readonly onSave: (subject: string) => Promise<unknown>;
}

export function SubjectDialog({ ticket, open, onClose, onSave }: SubjectDialogProps) {
  const t = useTranslations('desk.subject');
  const ui = useTranslations('ui');
  const submit = async (values: FormData) => {
    await onSave(formText(values, 'subject'));
    onClose();
  };
  return (
    <Dialog open={open} onClose={onClose} title={t('edit')}>
      <Form onSubmit={submit}>
        <Field name="subject" label={t('title')} hint={t('hint')} required>
          <TextInput defaultValue={ticket.subject} maxLength={300} autoComplete="off" />
        </Field>
        <FormActions>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <SubmitButton>{t('save')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
