import type { Dashboard } from '../../api/schema.ts';
import { useCan } from '../../session.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Stat } from '../../ui/stat.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { FigureMoney } from '../../usage/figure-money.tsx';
import { useLastDay, useTimeZone } from '../../usage/time-zone.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { fromZoned } from '../../zoned-time.ts';

/** Shares of failed requests from which on they are worth a look, and worth getting up. */
const warnRate = 0.02;
const badRate = 0.1;

interface TodayProps {
  readonly dashboard: Dashboard | null;
  readonly now: Dashboard['now'] | undefined;
}

export function Today({ dashboard, now }: TodayProps) {
  const t = useTranslations('dashboard.today');
  const { number, compact, percent } = useFormats();
  const mayRead = useCan('requests.read');
  const lastDay = useLastDay();
  const midnight = fromZoned(`${lastDay.to}T00:00`, useTimeZone());
  const today = dashboard?.today;
  const day = dashboard?.last_24_hours.totals;
  const rate = day && day.requests > 0 ? day.failures / day.requests : 0;
  return (
    <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <Stat
        label={t('requests')}
        value={today ? <Numbers compact value={today.requests} /> : null}
        text={today && t('requestsText', { count: today.failures })}
        to={mayRead ? '/requests' : null}
        search={midnight === null ? {} : { since: midnight }}
      />
      <Stat
        label={t('spend')}
        value={today ? <FigureMoney amount={today.actual_cost_usd} /> : null}
        text={today && t('spendText', { tokens: compact(today.total_tokens) })}
        to="/usage"
        search={{ range: 'today' }}
      />
      <Stat
        label={t('rate')}
        value={now ? `${number(now.rpm)} · ${compact(now.tpm)}` : null}
        text={t('rateText')}
        to="/usage"
        search={{ range: 'today', tab: 'rate' }}
      />
      <Stat
        label={t('errors')}
        value={day ? percent(rate) : null}
        text={day && t('errorsText', { count: day.requests })}
        tone={rate >= badRate ? 'bad' : rate >= warnRate ? 'warn' : 'neutral'}
        to="/usage"
        search={{ ...lastDay, tab: 'errors' }}
      />
    </div>
  );
}
