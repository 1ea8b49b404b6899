import type { Answer } from '../../api/client.ts';
import type { Reading } from '../../api/queries.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Stat } from '../../ui/stat.tsx';
import { Time } from '../../ui/time.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';

export type Mailroom = Answer<'/admin/v1/mailroom'>;

/** From which share of mail that comes back on receivers begin to doubt a sender. */
const warnRate = 0.02;
const badRate = 0.05;
/** How long a mail may wait without anybody wondering. */
const slowMs = 120_000;
const stuckMs = 900_000;

interface FiguresProps {
  readonly mailroom: Reading<Mailroom>;
  readonly relay: Reading<Answer<'/admin/v1/mail/relay'>>;
}

export function Figures({ mailroom, relay }: FiguresProps) {
  const t = useTranslations('deskSettings.mailroom');
  const { percent, number } = useFormats();
  const { data, error, retry } = mailroom;
  if (error && !data) {
    return (
      <Card>
        <ErrorState error={error} onRetry={retry} />
      </Card>
    );
  }
  const waiting = data && waitingIn(data);
  const oldestMs = data?.oldest_waiting_at ? Date.now() - Date.parse(data.oldest_waiting_at) : 0;
  const out = data?.outgoing_last_week;
  const quarantined = data?.states.quarantined ?? 0;
  const tone = (value: number, warn: number, bad: number) =>
    value >= bad ? 'bad' : value >= warn ? 'warn' : 'neutral';
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Stat
        label={t('waiting')}
        value={waiting === undefined ? null : <Numbers value={waiting} />}
        text={
          data?.oldest_waiting_at
            ? t.rich('oldest', { time: () => <Time at={data.oldest_waiting_at ?? ''} show="relative" /> })
            : t('noneWaiting')
        }
        tone={tone(oldestMs, slowMs, stuckMs)}
      />
      <Stat
        label={t('quarantined')}
        value={data ? <Numbers value={quarantined} /> : null}
        text={t(quarantined > 0 ? 'quarantinedText' : 'noneQuarantined')}
        tone={quarantined > 0 ? 'warn' : 'neutral'}
        to="/desk/mailroom"
        search={{ state: 'quarantined' }}
      />
      <Stat
        label={t('outbox')}
        value={relay.data ? <Numbers value={relay.data.waiting} /> : relay.error ? '–' : null}
        text={relay.data && t('outboxFailed', { count: relay.data.failed_last_day })}
        tone={(relay.data?.failed_last_day ?? 0) > 0 ? 'warn' : 'neutral'}
        to="/operator/mail"
      />
      <Stat
        label={t('bounceRate')}
        value={out ? percent(out.bounce_rate) : null}
        text={out && t('bounced', { bounced: number(out.bounced), sent: number(out.sent) })}
        tone={out ? tone(out.bounce_rate, warnRate, badRate) : 'neutral'}
      />
    </div>
  );
}

function waitingIn({ states }: Mailroom): number {
  return (states.stored ?? 0) + (states.read ?? 0) + (states.threaded ?? 0) + (states.routed ?? 0);
}
