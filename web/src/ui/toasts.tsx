import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslations } from '../words/use-translations.ts';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { IconButton } from './icon-button.tsx';

interface Toast {
  readonly text: string;
  readonly tone?: 'success' | 'danger';
  /** Takes back what was done. */
  readonly undo?: () => void;
  /** Where it has to be there for as long as something can be taken back. */
  readonly lastsMs?: number;
}

interface ShownToast extends Toast {
  readonly id: number;
}

/** Longer where something can be pressed or went wrong. */
const shownMs = 5_000;
const shownLongMs = 10_000;
const maxToasts = 4;

let shown: readonly ShownToast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly ShownToast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says in passing that something was done, or failed without a better place to say it. */
export function toast(message: Toast): void {
  lastId++;
  change([...shown, { ...message, id: lastId }].slice(-maxToasts));
}

/** Where toasts appear; once, in the frame. */
export function Toasts() {
  const t = useTranslations('ui');
  const toasts = useSyncExternalStore(subscribe, () => shown);
  const region = useRef<HTMLElement>(null);
  useEffect(() => {
    const { current } = region;
    if (!current) return;
    // Open always, for a region that appears together with its text is not read out. Opened anew it lies above a dialog
    // that came after it.
    if (toasts.length > 0 && document.querySelector('dialog[open]')) current.hidePopover();
    if (!current.matches(':popover-open')) current.showPopover();
  }, [toasts]);
  return (
    <section
      ref={region}
      popover="manual"
      aria-label={t('messages')}
      aria-live="polite"
      className="fixed inset-auto right-0 bottom-0 m-0 w-full max-w-sm border-0 bg-transparent p-4 empty:p-0"
    >
      {toasts.length > 0 && (
        <div className="grid gap-2">
          {toasts.map((one) => (
            <ToastCard key={one.id} toast={one} />
          ))}
        </div>
      )}
    </section>
  );
}

function ToastCard({ toast: { id, text, tone = 'success', undo, lastsMs } }: { readonly toast: ShownToast }) {
  const t = useTranslations('ui');
  const [held, setHeld] = useState(false);
  const close = () => change(shown.filter((one) => one.id !== id));
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(
      () => change(shown.filter((one) => one.id !== id)),
      lastsMs ?? (undo || tone === 'danger' ? shownLongMs : shownMs),
    );
    return () => clearTimeout(timer);
  }, [held, id, undo, tone, lastsMs]);
  const Icon = tone === 'danger' ? CircleAlert : CircleCheck;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only holds it; nothing is lost without.
    <div
      className="flex items-center gap-2.5 rounded-xl border border-line bg-card py-2 pr-2 pl-3.5 text-ink shadow-float"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon aria-hidden="true" className={cx('size-4 shrink-0', tone === 'danger' ? 'text-danger' : 'text-accent')} />
      <p className="min-w-0 grow">{text}</p>
      {undo && (
        <Button
          small
          variant="ghost"
          onClick={() => {
            close();
            undo();
          }}
        >
          {t('undo')}
        </Button>
      )}
      <IconButton small icon={X} label={t('close')} onClick={close} />
    </div>
  );
}
