import { Money } from '../../ui/money.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import type { Sums } from './reading.ts';

export const below = 'block text-xs font-normal text-faint';

export function RequestsCell({ sums }: { readonly sums: Sums }) {
  const t = useTranslations('usage.table');
  const { number } = useFormats();
  return (
    <>
      <Numbers value={sums.requests} />
      <span className={below}>{sums.failures === 0 ? ' ' : t('failed', { count: number(sums.failures) })}</span>
    </>
  );
}

export function TokensCell({ sums }: { readonly sums: Sums }) {
  const t = useTranslations('usage.table');
  const { compact, number } = useFormats();
  const title = t('tokensTitle', {
    input: number(sums.input_tokens),
    reads: number(sums.cache_read_tokens),
    writes: number(sums.cache_write_tokens),
    output: number(sums.output_tokens),
  });
  return (
    <span title={title}>
      <Numbers compact value={sums.total_tokens} />
      <span className={below}>
        {t('tokensOf', {
          input: compact(sums.input_tokens),
          cache: compact(sums.cache_read_tokens + sums.cache_write_tokens),
          output: compact(sums.output_tokens),
        })}
      </span>
    </span>
  );
}

export function CostCell({ sums }: { readonly sums: Sums }) {
  const t = useTranslations('usage.table');
  const { money } = useFormats();
  return (
    <>
      <Money amount={sums.actual_cost_usd} />
      <span className={below}>
        {sums.cost_usd === sums.actual_cost_usd ? ' ' : t('list', { amount: money(sums.cost_usd) })}
      </span>
    </>
  );
}
