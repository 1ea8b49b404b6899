import { useState } from 'react';
import { api } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { oneOf } from '../../ui/one-of.ts';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { purposes } from '../desk-settings-parts/values.ts';
import { ImapFields } from './imap-fields.tsx';
import { type Mailbox, tlsWays } from './mailbox.ts';
import { useMailboxTest } from './use-mailbox-test.ts';

interface MailboxDialogProps {
  /** Null: a new one. */
  readonly mailbox: Mailbox | null;
  readonly onClose: () => void;
  readonly onSaved: () => Promise<void>;
}

const ways = ['listener', 'imap'] as const;
type Way = (typeof ways)[number];

/** Makes a mailbox, or changes it. One that is read by IMAP is tried out when it is saved. */
export function MailboxDialog({ mailbox, onClose, onSaved }: MailboxDialogProps) {
  const t = useTranslations('deskSettings.mailboxes');
  const tShared = useTranslations('deskSettings');
  const tUi = useTranslations('ui');
  const test = useMailboxTest();
  const [way, setWay] = useState<Way>(mailbox?.imap ? 'imap' : 'listener');
  const save = async (values: FormData) => {
    const body = bodyOf(values, way);
    const saved = mailbox
      ? await api.patch('/admin/v1/mailboxes/{mailbox}', { params: { mailbox: mailbox.id }, body })
      : await api.post('/admin/v1/mailboxes', { body });
    await onSaved();
    toast({ text: mailbox ? tShared('saved') : t('added', { address: saved.address }) });
    onClose();
    if (saved.imap && saved.enabled) void test.start(saved);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="large"
      title={mailbox ? t('editTitle', { address: mailbox.address }) : t('addTitle')}
    >
      <Form
        check={(values) => (isPasswordMissing(values, way, mailbox) ? { imap_password: t('passwordAnew') } : {})}
        onSubmit={save}
      >
        <div className="grid gap-5 sm:grid-cols-2">
          <Field name="address" label={t('address')} hint={t('addressHint')} required>
            <TextInput type="email" maxLength={254} defaultValue={mailbox?.address} autoComplete="off" />
          </Field>
          <Field name="name" label={t('name')} hint={t('nameHint')} required>
            <TextInput maxLength={100} defaultValue={mailbox?.name} autoComplete="off" />
          </Field>
        </div>
        <Field name="purpose" label={t('purpose')} hint={t('purposeHint')}>
          <Select
            className="sm:max-w-72"
            defaultValue={mailbox?.purpose ?? 'support'}
            options={purposes.map((value) => ({ value, label: tShared(`purposes.${value}`) }))}
          />
        </Field>
        <fieldset className="grid gap-4 sm:grid-cols-2">
          <legend className="mb-2 font-medium">{t('signatures')}</legend>
          <Field name="signatures.en" label={t('signatureEn')} optional>
            <Textarea className="min-h-20" maxLength={2_000} lang="en" defaultValue={mailbox?.signatures.en} />
          </Field>
          <Field name="signatures.zh" label={t('signatureZh')} optional>
            <Textarea className="min-h-20" maxLength={2_000} lang="zh" defaultValue={mailbox?.signatures.zh} />
          </Field>
        </fieldset>
        <RadioCards
          name="way"
          label={t('way')}
          value={way}
          onChange={setWay}
          columns={2}
          cards={ways.map((value) => ({ value, title: t(`wayTitles.${value}`), text: t(`wayTexts.${value}`) }))}
        />
        {way === 'imap' && <ImapFields imap={mailbox?.imap ?? null} />}
        <Checkbox
          name="enabled"
          label={t('enabled')}
          hint={t('enabledHint')}
          defaultChecked={mailbox?.enabled ?? true}
        />
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{mailbox ? tShared('save') : t('add')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

/** The API refuses to bring a stored password to another server. */
function isPasswordMissing(values: FormData, way: Way, mailbox: Mailbox | null): boolean {
  const imap = mailbox?.imap;
  if (way !== 'imap' || !imap || formText(values, 'imap_password') !== '') return false;
  return imap.host !== formText(values, 'imap.host') || String(imap.port) !== formText(values, 'imap.port');
}

function bodyOf(values: FormData, way: Way) {
  const password = formText(values, 'imap_password');
  const imap = {
    host: formText(values, 'imap.host'),
    port: Number(formText(values, 'imap.port')),
    tls: oneOf(tlsWays, formText(values, 'imap.tls')) ?? 'implicit',
    user: formText(values, 'imap.user'),
    folder: formText(values, 'imap.folder'),
  };
  return {
    address: formText(values, 'address'),
    name: formText(values, 'name'),
    purpose: oneOf(purposes, formText(values, 'purpose')) ?? 'support',
    enabled: values.has('enabled'),
    signatures: { en: formText(values, 'signatures.en'), zh: formText(values, 'signatures.zh') },
    imap: way === 'imap' ? imap : null,
    ...(way === 'imap' && password !== '' && { imap_password: password }),
  };
}
