import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from '../words/use-translations.ts';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import { toast } from './toasts.tsx';

interface CopyButtonProps {
  readonly text: string;
  /** What is copied: "Copy the request id". */
  readonly label?: string;
  readonly small?: boolean;
  /** With its label beside the icon. */
  readonly wide?: boolean;
  readonly onCopied?: () => void;
}

const shownMs = 2_000;

/** Copies, and says so to the eye and to a screen reader. */
export function CopyButton({ text, label, small = false, wide = false, onCopied }: CopyButtonProps) {
  const t = useTranslations('ui');
  const [copied, setCopied] = useState(0);
  useEffect(() => {
    if (copied === 0) return;
    const timer = setTimeout(() => setCopied(0), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    if (await copyText(text)) {
      setCopied((count) => count + 1);
      onCopied?.();
    } else toast({ tone: 'danger', text: t('copyFailed') });
  };
  const name = label ?? t('copy');
  return (
    <>
      {wide ? (
        <Button small={small} icon={copied ? Check : Copy} onClick={copy}>
          {copied ? t('copied') : name}
        </Button>
      ) : (
        <IconButton small={small} icon={copied ? Check : Copy} label={copied ? t('copied') : name} onClick={copy} />
      )}
      <span role="status" className="sr-only">
        {copied ? t('copied') : ''}
      </span>
    </>
  );
}

/** Whether it worked. A page that was not loaded over TLS or from this machine has no clipboard, but may select. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'sr-only';
  // In the dialog, if there is one: everything else is inert.
  (focused?.closest('dialog') ?? document.body).append(area);
  area.select();
  const worked = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return worked;
}
