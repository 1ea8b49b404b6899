import { Badge } from '../../ui/badge.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Duration } from '../../ui/duration.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ChannelName } from './channel-name.tsx';
import { type Attempt, isRunning, type RequestView } from './view.ts';

/** Each time a vendor was asked, with the ids that the vendor's own support asks for. */
export function Attempts({ view }: { readonly view: RequestView }) {
  const t = useTranslations('request');
  return (
    <section>
      <h3 className="mb-2 font-semibold">{t('attempts.title')}</h3>
      {view.attempts.length === 0 ? (
        <p className="text-soft">{t('timeline.noAttempt')}</p>
      ) : (
        <ol className="grid gap-3">
          {view.attempts.map((attempt) => (
            <AttemptItem key={attempt.number} attempt={attempt} running={isRunning(view)} />
          ))}
        </ol>
      )}
    </section>
  );
}

/** As the API calls what went wrong with the site's own set-up. */
const siteFault = 'site_fault';

function AttemptItem({ attempt, running }: { readonly attempt: Attempt; readonly running: boolean }) {
  const t = useTranslations('request');
  const { number, failure, status, vendor_request_id: vendorId, started_ms: from, ended_ms: to, channelId } = attempt;
  const isGoing = failure === null && to === null && running;
  const state = isGoing
    ? t('attempts.running')
    : failure === null
      ? t('attempts.served')
      : failure === siteFault
        ? t('attempts.siteFault')
        : t('attempts.failed', { code: failure });
  return (
    <li className="grid gap-1">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <span className="font-medium">{t('timeline.attempt', { number: String(number) })}</span>
        <Badge tone={isGoing ? 'info' : failure === null ? 'good' : 'bad'} className="whitespace-normal">
          {state}
        </Badge>
        {to !== null && (
          <span className="text-soft">
            <Duration ms={to - from} />
          </span>
        )}
      </div>
      <div className="text-[0.8125rem] text-soft">
        {status !== null && t('attempts.vendorStatus', { status: String(status) })}
        {status === null && !isGoing && failure !== siteFault && t('attempts.noAnswer')}
        {channelId && (
          <>
            {' '}
            · {t('facts.channel')} <ChannelName id={channelId} />
          </>
        )}
      </div>
      {vendorId !== null && (
        <div className="flex flex-wrap items-center gap-x-1.5 text-[0.8125rem] text-soft">
          {t('attempts.vendorRequestId')}
          <code className="min-w-0 font-mono text-xs break-all text-ink">{vendorId}</code>
          <CopyButton small text={vendorId} label={t('attempts.copyVendorRequestId')} />
        </div>
      )}
    </li>
  );
}
