import { api } from '../../api/client.ts';
import { saveAs, streamed } from '../../api/stream-file.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { Textarea } from '../../ui/textarea.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';

interface RawMailDialogProps {
  readonly mail: string;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The mail as it came, for a reason that is kept. */
export function RawMailDialog({ mail, open, onClose }: RawMailDialogProps) {
  const t = useTranslations('desk.raw');
  const ui = useTranslations('ui');
  const submit = async (values: FormData) => {
    const body = { reason: formText(values, 'reason') };
    const answer = await api.openPost('/admin/v1/mailroom/mails/{mail}/raw', { params: { mail }, body });
    saveAs(await streamed(answer, `${mail}.eml`, () => {}));
    toast({ text: t('done') });
    onClose();
  };
  return (
    <Dialog open={open} onClose={onClose} title={t('title')} description={t('text')}>
      <Form onSubmit={submit}>
        <Field name="reason" label={t('reason')} required>
          <Textarea minLength={5} maxLength={500} rows={2} />
        </Field>
        <FormActions>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <SubmitButton>{t('action')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
