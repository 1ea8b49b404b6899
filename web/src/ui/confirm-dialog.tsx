import { type ReactNode, useId, useState } from 'react';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { useTranslations } from '../words/use-translations.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ProblemMessage } from './problem-message.tsx';

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  /** What follows from it, one sentence each. */
  readonly consequences?: readonly ReactNode[];
  /** The verb: "Delete key", never "OK". */
  readonly action: string;
  readonly danger?: boolean;
  /** What has to be typed before the action is offered; a name, mostly. */
  readonly typed?: string;
  /** The dialog closes when it resolves, and shows the problem when it rejects. */
  readonly onConfirm: () => Promise<unknown>;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  return props.open ? <OpenConfirm {...props} /> : null;
}

function OpenConfirm(props: ConfirmDialogProps) {
  const { onClose, title, description, consequences = [], action, danger = false, typed, onConfirm } = props;
  const t = useTranslations('ui');
  const inputId = useId();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const ready = typed === undefined || text.trim() === typed;
  const confirm = async () => {
    if (!ready || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      dismissable={!busy}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            {t('cancel')}
          </Button>
          <Button variant={danger ? 'danger' : 'primary'} busy={busy} disabled={!ready} onClick={confirm}>
            {action}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {consequences.length > 0 && (
          <ul className="grid list-disc gap-1.5 pl-5 marker:text-faint">
            {consequences.map((consequence, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change while it is shown.
              <li key={index}>{consequence}</li>
            ))}
          </ul>
        )}
        {typed !== undefined && (
          <div className="grid gap-1.5">
            <label htmlFor={inputId}>
              {t.rich('typeToConfirm', {
                typed,
                code: (chunks) => <code className="font-mono font-semibold">{chunks}</code>,
              })}
            </label>
            <input
              id={inputId}
              className="field-box font-mono"
              value={text}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => event.key === 'Enter' && void confirm()}
            />
          </div>
        )}
        <ProblemMessage problem={problem} />
      </div>
    </Dialog>
  );
}
