import type { Usage } from '../../api/schema.ts';
import { Numbers } from '../../ui/numbers.tsx';
import { Stat } from '../../ui/stat.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { FigureMoney } from '../../usage/figure-money.tsx';
import { lengthInDays } from '../../usage/periods.ts';
import { useChange } from '../../usage/use-change.ts';
import { useTranslations } from '../../words/use-translations.ts';
import type { View } from './question.ts';

/** From which share of failed requests on it is worth a look, and worth getting up. */
const warnRate = 0.02;
const badRate = 0.1;

interface FiguresProps {
  readonly usage: Usage | null;
  readonly now: Usage['now'] | undefined;
  readonly view: View;
}

/** The sums of the range, beside those of the range before. */
export function Figures({ usage, now, view }: FiguresProps) {
  const t = useTranslations('usage');
  const { percent, number, compact } = useFormats();
  const compare = useComparison(view);
  const totals = usage?.totals;
  const before = usage?.before.totals_to_date;
  const rate = totals && totals.requests > 0 ? totals.failures / totals.requests : 0;
  return (
    <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-[minmax(0,1.4fr)_repeat(4,minmax(0,1fr))]">
      <Stat
        label={t('actualCost')}
        value={totals ? <FigureMoney amount={totals.actual_cost_usd} /> : null}
        text={totals && before && compare(Number(totals.actual_cost_usd), Number(before.actual_cost_usd))}
      />
      <Stat
        label={t('requests')}
        value={totals ? <Numbers compact value={totals.requests} /> : null}
        text={totals && before && compare(totals.requests, before.requests)}
      />
      <Stat
        label={t('tokens')}
        value={totals ? <Numbers compact value={totals.total_tokens} /> : null}
        text={totals && before && compare(totals.total_tokens, before.total_tokens)}
      />
      <Stat
        label={t('failed')}
        value={totals ? percent(rate) : null}
        text={totals && t('failedText', { count: totals.failures })}
        tone={rate >= badRate ? 'bad' : rate >= warnRate ? 'warn' : 'neutral'}
      />
      <Stat
        label={t('nowRate')}
        value={
          view.isOpen ? (now === undefined || now === null ? null : `${number(now.rpm)} · ${compact(now.tpm)}`) : '–'
        }
        text={view.isOpen ? t('rateText') : t('rateOver')}
      />
    </div>
  );
}

/** "+12 % on the 7 days before". */
function useComparison({ dates, preset, isOpen }: View): (now: number, before: number) => string {
  const t = useTranslations('usage');
  const changeOf = useChange();
  const days = lengthInDays(dates);
  const period =
    preset === 'today'
      ? t(isOpen ? 'before.todayPart' : 'before.today')
      : t(isOpen ? 'before.daysPart' : 'before.days', { days });
  return (now, before) => {
    const change = changeOf(now, before);
    return change === null ? t('changeNone', { period }) : t('change', { change, period });
  };
}
