import { Download, Printer } from 'lucide-react';
import { useState } from 'react';
import { saveAs } from '../../api/stream-file.ts';
import { useSession } from '../../session.tsx';
import { useSiteName } from '../../site.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useTranslations } from '../../words/use-translations.ts';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

/** Recovery codes, shown once. Stand them in a Dialog with `dismissable={false}`. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const t = useTranslations('account.twoFactor.recovery');
  const { account } = useSession();
  const site = useSiteName();
  const [stored, setStored] = useState(false);
  const head = t('fileHead', { email: account.email, site });
  return (
    <div className="grid gap-4">
      <Banner tone="warn">{t('text')}</Banner>
      <section data-print="" aria-label={t('list')}>
        <p className="mb-3 hidden font-medium print:block">{head}</p>
        <ol
          className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-xl border border-line bg-sunk px-5 py-4 font-mono select-all"
          translate="no"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
      </section>
      <div className="flex flex-wrap gap-2">
        <CopyButton wide text={codes.join('\n')} label={t('copy')} />
        <Button icon={Download} onClick={() => download(`${head}\n\n${codes.join('\n')}\n`)}>
          {t('download')}
        </Button>
        <Button icon={Printer} onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
      <Checkbox label={t('stored')} checked={stored} onChange={(event) => setStored(event.target.checked)} />
      <div className="flex justify-end">
        <Button variant="primary" disabled={!stored} onClick={onDone}>
          {t('done')}
        </Button>
      </div>
    </div>
  );
}

function download(text: string): void {
  saveAs({ name: 'recovery-codes.txt', blob: new Blob([text], { type: 'text/plain;charset=utf-8' }) });
}
