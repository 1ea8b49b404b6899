import { useState } from 'react';
import { useTranslations } from '../words/use-translations.ts';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { CopyButton } from './copy-button.tsx';

interface SecretRevealProps {
  /** What it is: "Your new key". */
  readonly label: string;
  /** One secret, or several lines of them (recovery codes). */
  readonly secret: string;
  readonly onDone: () => void;
}

/** A secret that is shown once. Stand it in a Dialog with `dismissable={false}`: only `onDone` leads out. */
export function SecretReveal({ label, secret, onDone }: SecretRevealProps) {
  const t = useTranslations('ui');
  const [stored, setStored] = useState(false);
  return (
    <div className="grid gap-4">
      <Banner tone="warn">{t('secretOnce')}</Banner>
      <section
        aria-label={label}
        className="flex items-start gap-2 rounded-xl border border-line bg-sunk py-2 pr-2 pl-3.5"
      >
        <code
          className="min-w-0 grow py-1.5 font-mono text-[0.8125rem] leading-5 break-all whitespace-pre-wrap select-all"
          translate="no"
        >
          {secret}
        </code>
        <CopyButton text={secret} label={t('copySecret')} />
      </section>
      <Checkbox label={t('secretStored')} checked={stored} onChange={(event) => setStored(event.target.checked)} />
      <div className="flex justify-end">
        <Button variant="primary" disabled={!stored} onClick={onDone}>
          {t('done')}
        </Button>
      </div>
    </div>
  );
}
