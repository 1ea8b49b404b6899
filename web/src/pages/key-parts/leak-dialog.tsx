import { useEffect, useRef, useState } from 'react';
import type { Key, KeyLeak } from '../../api/schema.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { SecretReveal } from '../../ui/secret-reveal.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { LeakFind } from './leak-find.tsx';
import { LeakReview } from './leak-review.tsx';
import { LeakStop } from './leak-stop.tsx';
import { LeakTools } from './leak-tools.tsx';

interface LeakDialogProps {
  /** The key, where it is known; null: it is found by pasting what leaked. */
  readonly known: Key | null;
  readonly onClose: () => void;
}

const steps = ['stop', 'replace', 'tools', 'review'] as const;
type StepName = (typeof steps)[number];

/** "My key leaked": stop it, replace it, update the tools, see what was done with it. One dialog, in this order. */
export function LeakDialog({ known, onClose }: LeakDialogProps) {
  const t = useTranslations('keys.leak');
  const [key, setKey] = useState(known);
  const [report, setReport] = useState<KeyLeak | null>(null);
  const [step, setStep] = useState<StepName>('stop');
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (step === 'stop') return;
    // A new step begins at its top, for the eye and for the keyboard.
    top.current?.scrollIntoView({ block: 'start' });
    top.current?.focus({ preventScroll: true });
  }, [step]);
  const stopped = (done: KeyLeak) => {
    setReport(done);
    setStep('replace');
  };
  // From here on a press beside the dialog would lose the secret that is shown once.
  const isRevealing = step === 'replace' && report?.successor !== null && report !== null;
  return (
    <Dialog open size="medium" onClose={onClose} dismissable={!isRevealing} title={t('title')}>
      <div ref={top} tabIndex={-1} className="grid scroll-mt-20 gap-5 outline-none">
        <Steps at={step} />
        {step === 'stop' &&
          (key === null ? (
            <LeakFind onFound={setKey} />
          ) : (
            <LeakStop shown={key} onBack={known === null ? () => setKey(null) : onClose} onStopped={stopped} />
          ))}
        {step === 'replace' && report && (
          <Replaced report={report} onNext={() => setStep(report.successor ? 'tools' : 'review')} />
        )}
        {step === 'tools' && report?.successor && (
          <LeakTools report={report} successor={report.successor.key} onNext={() => setStep('review')} />
        )}
        {step === 'review' && report && <LeakReview report={report} onDone={onClose} />}
      </div>
    </Dialog>
  );
}

function Replaced({ report, onNext }: { readonly report: KeyLeak; readonly onNext: () => void }) {
  const t = useTranslations('keys.leak');
  const { successor } = report;
  if (successor === null) {
    return (
      <div className="grid gap-4">
        <Banner tone="success" title={t('stopped', { name: report.key.name })}>
          {report.successor_refused && <p>{t('notReplaced', { why: report.successor_refused.detail })}</p>}
        </Banner>
        <div className="flex justify-end">
          <Button variant="primary" onClick={onNext}>
            {t('next')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="grid gap-3">
      <p>{t('replaced', { name: report.key.name })}</p>
      <SecretReveal label={t('newKey')} secret={successor.secret} onDone={onNext} />
    </div>
  );
}

function Steps({ at }: { readonly at: StepName }) {
  const t = useTranslations('keys.leak');
  const now = steps.indexOf(at);
  return (
    <ol className="grid grid-cols-2 gap-2 sm:grid-cols-4">
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={index === now ? 'step' : undefined}
          className={cx(
            'border-t-2 pt-1.5 text-[0.8125rem]',
            index < now && 'border-accent text-soft',
            index === now && 'border-accent font-semibold text-ink',
            index > now && 'border-line text-faint',
          )}
        >
          {index + 1}. {t(`steps.${step}`)}
        </li>
      ))}
    </ol>
  );
}
