import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { useTranslations } from '../../words/use-translations.ts';

interface ReasonDialogProps {
  readonly onClose: () => void;
  readonly title: string;
  /** What follows from it, one sentence each. */
  readonly effects: readonly string[];
  /** Who will read the reason. */
  readonly hint?: string;
  readonly action: ReactNode;
  readonly danger?: boolean;
  /** Throws what the API refused. */
  readonly onConfirm: (reason: string) => Promise<unknown>;
}

const shortest = 3;

/** Asks whether, and why: what is done to others stands in the audit log with its reason. */
export function ReasonDialog({ onClose, title, effects, hint, action, danger = false, onConfirm }: ReasonDialogProps) {
  const t = useTranslations('operator');
  const tUi = useTranslations('ui');
  return (
    <Dialog open onClose={onClose} title={title}>
      <Form
        check={(values) =>
          String(values.get('reason') ?? '').trim().length < shortest ? { reason: t('reasonMissing') } : {}
        }
        onSubmit={async (values) => {
          await onConfirm(String(values.get('reason') ?? '').trim());
          onClose();
        }}
      >
        <ul className="grid list-disc gap-1.5 pl-5 marker:text-faint">
          {effects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
        <Field name="reason" label={t('reason')} hint={hint}>
          <Textarea className="min-h-16" maxLength={400} />
        </Field>
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton danger={danger}>{action}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
