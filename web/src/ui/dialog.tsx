import { X } from 'lucide-react';
import { type ReactNode, useCallback, useId, useRef } from 'react';
import { useTranslations } from '../words/use-translations.ts';
import { cx } from './cx.ts';
import { IconButton } from './icon-button.tsx';

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  /** Buttons, the main one last. A form keeps its own buttons, in FormActions. */
  readonly footer?: ReactNode;
  readonly size?: 'small' | 'medium' | 'large';
  /** False: neither Esc nor a press beside it closes it; something would be lost. */
  readonly dismissable?: boolean;
  readonly children?: ReactNode;
}

const widths = { small: 'max-w-md', medium: 'max-w-xl', large: 'max-w-3xl' } as const;

/** A modal dialog of the platform: the rest is inert, the focus is held, and goes back where it came from. */
export function Dialog(props: DialogProps) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog(props: DialogProps) {
  const { onClose, title, description, footer, size = 'small', dismissable = true, children } = props;
  const t = useTranslations('ui');
  const titleId = useId();
  const descriptionId = useId();
  const pressedBeside = useRef(false);
  const dialogRef = useCallback((element: HTMLDialogElement) => {
    if (!element.open) {
      element.showModal();
      firstControl(element)?.focus();
    }
    // Closed before it is taken away: only then does the browser give the focus back.
    return () => element.close();
  }, []);
  const dismiss = () => {
    if (dismissable) onClose();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc arrives as `cancel`.
    <dialog
      ref={dialogRef}
      aria-labelledby={titleId}
      aria-describedby={description ? descriptionId : undefined}
      className={cx(
        // Where it stands in the tree decides nothing: a row's cell may be aligned to its end.
        'text-left font-normal whitespace-normal',
        'm-auto [--sticky-top:0px] w-[calc(100vw-1.5rem)] max-h-[calc(100dvh-2rem)] rounded-2xl border border-line bg-card p-0 text-ink shadow-float',
        widths[size],
      )}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        dismiss();
      }}
      onPointerDown={(event) => {
        pressedBeside.current = event.target === event.currentTarget;
      }}
      onClick={(event) => {
        // A text selection that ends beside the dialog must not close it.
        if (event.target === event.currentTarget && pressedBeside.current) dismiss();
      }}
    >
      <div className="flex max-h-[calc(100dvh-2rem)] flex-col">
        <header className="flex items-start gap-3 px-5 pt-4 pb-1">
          <div className="min-w-0 grow pt-1">
            <h2 id={titleId} className="text-base font-semibold">
              {title}
            </h2>
            {description && (
              <div id={descriptionId} className="mt-1 text-soft">
                {description}
              </div>
            )}
          </div>
          {dismissable && <IconButton icon={X} label={t('close')} onClick={onClose} className="-mr-2" />}
        </header>
        <div data-part="body" className="min-h-0 grow overflow-y-auto px-5 pt-3 pb-5">
          {children}
        </div>
        {footer && (
          <footer data-part="footer" className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
            {footer}
          </footer>
        )}
      </div>
    </dialog>
  );
}

/** What a dialog is about, rather than its button to close: the first field, or the first button below, which cancels. */
function firstControl(dialog: HTMLDialogElement): HTMLElement | null {
  const kinds = ['input', 'select', 'textarea', 'button', 'a[href]'];
  const inPart = (part: string) =>
    dialog.querySelector<HTMLElement>(kinds.map((kind) => `[data-part="${part}"] ${kind}:not(:disabled)`).join());
  return dialog.querySelector<HTMLElement>('[autofocus]') ?? inPart('body') ?? inPart('footer');
}
