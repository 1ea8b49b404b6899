import type { Overview } from '../../api/schema.ts';
import { useStaffCan } from '../../session.tsx';
import { Duration } from '../../ui/duration.tsx';
import { Money } from '../../ui/money.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Stat } from '../../ui/stat.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';

/** Shares from which an error rate is worth a look, and worth getting up. */
const warnRate = 0.01;
const badRate = 0.05;
/** Records reach the database within a second or two. */
const lateMs = 30_000;

export function Figures({ overview }: { readonly overview: Overview | null }) {
  const t = useTranslations('operator.overview');
  const { number, percent, duration } = useFormats();
  const mayReadMail = useStaffCan('mail.read');
  const mayReadRequests = useStaffCan('requests.read');
  const { recent, today, customers, accounts, mail } = overview ?? {};
  const rate = recent?.error_rate ?? 0;
  const requestsTo = mayReadRequests ? '/operator/requests' : null;
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Stat
        label={t('requestsPerMinute')}
        value={overview && <Numbers value={overview.requests_per_minute} />}
        text={overview && t('running', { count: overview.running_calls })}
        to={requestsTo}
      />
      <Stat
        label={t('errorRate')}
        value={recent ? percent(rate) : null}
        text={
          recent &&
          t('errorRateText', { requests: number(recent.requests), span: duration(Math.max(1, recent.seconds) * 1_000) })
        }
        tone={rate >= badRate ? 'bad' : rate >= warnRate ? 'warn' : 'neutral'}
      />
      <Stat
        label={t('requestsToday')}
        value={today ? <Numbers compact value={today.requests} /> : null}
        text={t('requestsTodayText')}
        to={requestsTo}
      />
      <Stat
        label={t('spendToday')}
        value={today ? <Money amount={today.spend_usd} /> : null}
        text={today && t.rich('spendYesterday', { amount: () => <Money amount={today.spend_yesterday_usd} /> })}
      />
      <Stat
        label={t('customers')}
        value={customers ? <Numbers value={customers.total} /> : null}
        text={customers && t('suspended', { count: customers.suspended })}
        to="/operator/customers"
      />
      <Stat
        label={t('accounts')}
        value={accounts ? <Numbers value={accounts.total} /> : null}
        text={
          accounts &&
          t('accountsText', {
            today: number(accounts.new_today),
            week: number(accounts.new_7d),
            unverified: number(accounts.unverified),
          })
        }
        to="/operator/accounts"
      />
      <Stat
        label={t('mail')}
        value={mail ? <Numbers value={mail.waiting} /> : null}
        text={mail && t('mailFailed', { count: mail.failed_7d })}
        tone={mail && mail.failed_7d > 0 ? 'warn' : 'neutral'}
        to={mayReadMail ? '/operator/mail' : null}
      />
      <Stat
        label={t('journal')}
        value={overview && <Lag ms={overview.journal_lag_ms} />}
        text={t('journalText')}
        tone={(overview?.journal_lag_ms ?? 0) > lateMs ? 'bad' : 'neutral'}
      />
    </div>
  );
}

function Lag({ ms }: { readonly ms: number | null }) {
  const t = useTranslations('operator.overview');
  if (ms === null) return t('journalUnknown');
  return ms === 0 ? t('journalNow') : <Duration ms={ms} />;
}
