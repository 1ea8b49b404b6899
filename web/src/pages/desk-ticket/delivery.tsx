import { CircleAlert, CircleCheck, Clock, Undo2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { Message } from './types.ts';

interface DeliveryProps {
  readonly delivery: NonNullable<Message['delivery']>;
  /** Null: the viewer may not write. */
  readonly onUndo: (() => Promise<unknown>) | null;
}

/** How the mail of a reply fares; until it leaves it can be taken back. */
export function DeliveryLine({ delivery, onUndo }: DeliveryProps) {
  const t = useTranslations('desk.delivery');
  const { state, undo_until, bounced_at, error } = delivery;
  const seconds = useSecondsLeft(undo_until);
  const [busy, setBusy] = useState(false);
  if (bounced_at !== null)
    return <Line bad>{t.rich('bounced', { time: () => <Time at={bounced_at} show="relative" focusable /> })}</Line>;
  if (state === 'failed' || state === 'suppressed') return <Line bad>{t('failed', { why: error ?? state })}</Line>;
  if (seconds > 0 && state === 'waiting') {
    const undo = async () => {
      setBusy(true);
      await onUndo?.();
      setBusy(false);
    };
    return (
      <p className="mt-2 flex flex-wrap items-center gap-2 text-xs text-soft">
        <Clock aria-hidden="true" className="size-3.5" />
        {t('waiting', { seconds })}
        {onUndo && (
          <Button small variant="ghost" icon={Undo2} busy={busy} onClick={() => void undo()}>
            {t('undo')}
          </Button>
        )}
      </p>
    );
  }
  if (state === 'withdrawn') return <Line>{t('cancelled')}</Line>;
  const isSent = state === 'sent' || state === 'shown';
  return <Line done={isSent}>{t(isSent ? 'sent' : 'queued')}</Line>;
}

interface LineProps {
  readonly bad?: boolean;
  readonly done?: boolean;
  readonly children: ReactNode;
}

function Line({ bad = false, done = false, children }: LineProps) {
  const Icon = bad ? CircleAlert : done ? CircleCheck : Clock;
  return (
    <p className={bad ? 'mt-2 flex gap-1.5 text-xs text-danger' : 'mt-2 flex gap-1.5 text-xs text-soft'}>
      <Icon aria-hidden="true" className="mt-px size-3.5 shrink-0" />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </p>
  );
}

/** Whole seconds until a time; 0 when it has passed. */
function useSecondsLeft(until: string | null): number {
  const left = () => (until === null ? 0 : Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1_000)));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const look = () => (until === null ? 0 : Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1_000)));
    setSeconds(look());
    if (look() === 0) return;
    const timer = window.setInterval(() => {
      setSeconds(look());
      if (look() === 0) window.clearInterval(timer);
    }, 500);
    return () => window.clearInterval(timer);
  }, [until]);
  return seconds;
}
