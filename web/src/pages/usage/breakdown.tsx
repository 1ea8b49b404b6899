import type { ReactNode } from 'react';
import type { Usage } from '../../api/schema.ts';
import { BarList } from '../../ui/bar-list.tsx';
import { Card } from '../../ui/card.tsx';
import { cx } from '../../ui/cx.ts';
import { Money } from '../../ui/money.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';

interface BreakdownProps {
  readonly usage: Usage | null;
}

export function TokenCard({ usage }: BreakdownProps) {
  const t = useTranslations('usage');
  const { number, percent } = useFormats();
  if (usage === null) {
    return (
      <Card title={t('classes')} description={t('classesText')}>
        <Skeleton className="h-44 w-full" />
      </Card>
    );
  }
  const { totals } = usage;
  const classes = [
    { id: 'input', label: t('input'), size: totals.input_tokens },
    { id: 'cacheRead', label: t('cacheRead'), size: totals.cache_read_tokens },
    { id: 'cacheWrite', label: t('cacheWrite'), size: totals.cache_write_tokens },
    { id: 'output', label: t('output'), size: totals.output_tokens },
  ];
  const sent = totals.input_tokens + totals.cache_read_tokens + totals.cache_write_tokens;
  const whole = totals.total_tokens || 1;
  const items = classes.map((each) => ({
    ...each,
    value: t('classTokens', { count: number(each.size), share: percent(each.size / whole) }),
  }));
  return (
    <Card title={t('classes')} description={t('classesText')}>
      <BarList label={t('classes')} items={items} />
      {totals.cache_read_tokens > 0 && (
        <p className="mt-4 text-[0.8125rem] text-soft">
          {t('cacheShare', { share: percent(totals.cache_read_tokens / sent) })}
        </p>
      )}
    </Card>
  );
}

/** How the list price became what is paid. */
export function CostCard({ usage }: BreakdownProps) {
  const t = useTranslations('usage');
  const { number } = useFormats();
  if (usage === null) {
    return (
      <Card title={t('costTitle')} description={t('costText')}>
        <Skeleton className="h-44 w-full" />
      </Card>
    );
  }
  const { cost_usd: list, actual_cost_usd: actual } = usage.totals;
  const difference = nano(actual) - nano(list);
  const multiplier = nano(list) === 0n ? null : Number(actual) / Number(list);
  return (
    <Card title={t('costTitle')} description={t('costText')}>
      <dl className="grid gap-2">
        <Line name={t('listPrice')}>
          <Money amount={list} />
        </Line>
        {multiplier !== null && (
          <Line name={t('costMultiplier')} note={t('costMultiplierText')}>
            × {number(multiplier, { maximumFractionDigits: 4, minimumFractionDigits: 2 })}
          </Line>
        )}
        {difference !== 0n && (
          <Line name={t(difference < 0n ? 'saved' : 'added')}>
            <Money amount={usd(difference < 0n ? -difference : difference)} />
          </Line>
        )}
        <Line name={t('actualCost')} className="mt-1 border-t border-line pt-3 text-base font-semibold">
          <Money amount={actual} />
        </Line>
      </dl>
      <p className="mt-3 text-[0.8125rem] text-soft">{t('exact')}</p>
    </Card>
  );
}

interface LineProps {
  readonly name: string;
  readonly note?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

function Line({ name, note, className, children }: LineProps) {
  return (
    <div className={cx('flex flex-wrap items-baseline justify-between gap-x-4', className)}>
      <dt>
        {name}
        {note !== undefined && <span className="text-[0.8125rem] font-normal text-faint"> · {note}</span>}
      </dt>
      <dd className="ml-auto">{children}</dd>
    </div>
  );
}

const places = 9;

/** Nano-dollars of a decimal string. */
function nano(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.slice(0, places).padEnd(places, '0'));
}

function usd(amount: bigint): string {
  const digits = String(amount).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
