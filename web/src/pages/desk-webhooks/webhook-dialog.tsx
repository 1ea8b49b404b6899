import { useState } from 'react';
import { api } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FieldError } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { SecretReveal } from '../../ui/secret-reveal.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { eventWord, type Webhook, type WebhookEvent, webhookEvents } from './events.ts';

interface WebhookDialogProps {
  /** Null: a new one. */
  readonly webhook: Webhook | null;
  readonly onClose: () => void;
  readonly onSaved: () => Promise<void>;
}

const formats = ['lodge', 'slack'] as const;

/** Makes a webhook, or changes it. The secret of its signature is shown once. */
export function WebhookDialog({ webhook, onClose, onSaved }: WebhookDialogProps) {
  const t = useTranslations('deskSettings.webhooks');
  const tShared = useTranslations('deskSettings');
  const tUi = useTranslations('ui');
  const [format, setFormat] = useState<Webhook['format']>(webhook?.format ?? 'slack');
  const [events, setEvents] = useState<readonly WebhookEvent[]>(webhook?.events ?? ['ticket.opened']);
  const [unchosen, setUnchosen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const save = async (values: FormData) => {
    const fields = {
      name: formText(values, 'name'),
      url: formText(values, 'url'),
      events: [...events],
      enabled: values.has('enabled'),
    };
    if (webhook) {
      await api.patch('/admin/v1/desk-webhooks/{webhook}', { params: { webhook: webhook.id }, body: fields });
      await onSaved();
      toast({ text: tShared('saved') });
      return onClose();
    }
    const made = await api.post('/admin/v1/desk-webhooks', { body: { ...fields, format } });
    await onSaved();
    toast({ text: t('added', { name: made.name }) });
    if (made.secret === null) onClose();
    else setSecret(made.secret);
  };
  if (secret !== null) {
    return (
      <Dialog open onClose={onClose} dismissable={false} title={t('secretTitle')} description={t('secretText')}>
        <SecretReveal label={t('secretTitle')} secret={secret} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onClose={onClose}
      size="medium"
      title={webhook ? t('editTitle', { name: webhook.name }) : t('addTitle')}
    >
      <Form
        check={() => {
          setUnchosen(events.length === 0);
          return events.length === 0 ? { events: t('eventsMissing') } : {};
        }}
        onSubmit={save}
      >
        <Field name="name" label={t('name')} required>
          <TextInput maxLength={100} defaultValue={webhook?.name} placeholder={t('namePlaceholder')} />
        </Field>
        {!webhook && (
          <RadioCards
            name="format"
            label={t('format')}
            value={format}
            onChange={setFormat}
            columns={2}
            cards={formats.map((value) => ({ value, title: t(`formats.${value}`), text: t(`formatTexts.${value}`) }))}
          />
        )}
        <Field name="url" label={t('url')} hint={t('urlHint')} required>
          <TextInput code type="url" maxLength={2_000} defaultValue={webhook?.url} autoComplete="off" />
        </Field>
        <fieldset className="grid gap-1.5">
          <legend className="mb-1.5 flex w-full items-center justify-between font-medium">
            {t('events')}
            <Button
              small
              variant="ghost"
              onClick={() => setEvents(events.length === webhookEvents.length ? [] : webhookEvents)}
            >
              {t(events.length === webhookEvents.length ? 'chooseNone' : 'chooseAll')}
            </Button>
          </legend>
          <div className="grid gap-x-5 gap-y-1.5 sm:grid-cols-2">
            {webhookEvents.map((event) => (
              <Checkbox
                key={event}
                label={t(`event.${eventWord(event)}`)}
                checked={events.includes(event)}
                onChange={({ target: { checked } }) => {
                  setUnchosen(false);
                  setEvents(webhookEvents.filter((each) => (each === event ? checked : events.includes(each))));
                }}
              />
            ))}
          </div>
          {unchosen && <FieldError id="events-error" text={t('eventsMissing')} />}
        </fieldset>
        <Checkbox name="enabled" label={t('enabledLabel')} defaultChecked={webhook?.enabled ?? true} />
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{webhook ? tShared('save') : t('add')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
