import { Ban } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useChanged } from '../../api/queries.ts';
import type { Key } from '../../api/schema.ts';
import { useOrganization, useSession } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { keyPath, listPath } from '../key-parts/use-key-moves.ts';

interface BulkDisableProps {
  readonly chosen: readonly Key[];
  readonly onEnd: () => void;
}

/** The bar above the list while several keys are being chosen. */
export function BulkDisable({ chosen, onEnd }: BulkDisableProps) {
  const t = useTranslations('keys');
  const [asking, setAsking] = useState(false);
  return (
    <div className="sticky top-(--sticky-top) z-20 mb-4 flex flex-wrap items-center gap-2 rounded-xl border border-line bg-card px-4 py-2.5 shadow-float">
      <p className="grow font-medium" aria-live="polite">
        {chosen.length === 0 ? t('chooseSome') : t('chosen', { count: chosen.length })}
      </p>
      <Button variant="ghost" onClick={onEnd}>
        {t('cancel')}
      </Button>
      <Button variant="danger" icon={Ban} disabled={chosen.length === 0} onClick={() => setAsking(true)}>
        {t('disable')}
      </Button>
      {asking && <BulkDialog chosen={chosen} onClose={() => setAsking(false)} onEnd={onEnd} />}
    </div>
  );
}

function BulkDialog({ chosen, onClose, onEnd }: BulkDisableProps & { readonly onClose: () => void }) {
  const t = useTranslations('keys');
  const words = useProblemWords();
  const changed = useChanged();
  const { id: organization } = useOrganization();
  const { account } = useSession();
  const isOthers = chosen.some(({ owner }) => owner.kind === 'member' && owner.id !== account.id);
  const disableAll = async (values: FormData) => {
    const reason = String(values.get('reason') ?? '').trim();
    const body = reason === '' ? {} : { reason };
    const failed: string[] = [];
    // One after the other: a few dozen at most, and each is told to its owner.
    for (const { id: key, name } of chosen) {
      try {
        await api.post(`${keyPath}/disable`, { params: { organization, key }, body });
      } catch (error) {
        failed.push(`${name}: ${words(asProblem(error))}`);
      }
    }
    await changed(listPath, keyPath);
    if (failed.length > 0) toast({ tone: 'danger', text: t('bulkFailed', { list: failed.join(' ') }) });
    if (failed.length < chosen.length) toast({ text: t('bulkDone', { count: chosen.length - failed.length }) });
    onClose();
    onEnd();
  };
  return (
    <Dialog open onClose={onClose} title={t('bulkTitle', { count: chosen.length })} description={t('bulkText')}>
      <Form onSubmit={disableAll}>
        <ul className="max-h-48 list-disc overflow-y-auto pl-5 marker:text-faint">
          {chosen.map(({ id, name, prefix }) => (
            <li key={id}>
              {name} <code className="font-mono text-xs text-soft">{prefix}…</code>
            </li>
          ))}
        </ul>
        <Field
          name="reason"
          label={t('reason')}
          required={isOthers}
          optional={!isOthers}
          hint={isOthers ? t('reasonTold') : t('reasonHint')}
        >
          <TextInput maxLength={500} />
        </Field>
        <FormActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <SubmitButton danger>{t('disableCount', { count: chosen.length })}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
