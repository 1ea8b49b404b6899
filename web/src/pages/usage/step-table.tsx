import { useState } from 'react';
import type { Usage } from '../../api/schema.ts';
import { useCan } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { below, CostCell, RequestsCell, TokensCell } from './cells.tsx';
import type { TabProps } from './parts.ts';
import { requestSearch } from './question.ts';
import type { Sums } from './reading.ts';

interface Step {
  readonly start: string;
  readonly end: string;
  readonly isOver: boolean;
  readonly sums: Sums;
}

/** Steps that are shown before somebody asks for all. */
const fewSteps = 31;

/** The steps of the range, the newest first. */
export function StepTable({
  usage,
  view,
  filters,
}: Pick<TabProps, 'view' | 'filters'> & { readonly usage: Usage | null }) {
  const t = useTranslations('usage.table');
  const mayRead = useCan('requests.read');
  const [all, setAll] = useState(false);
  const steps = usage === null ? null : stepsOf(usage, Date.now());
  const shown = all ? steps : (steps?.slice(0, fewSteps) ?? null);
  const columns: readonly Column<Step>[] = [
    {
      id: 'when',
      header: t('when'),
      cell: (step) => (
        <>
          <Time at={step.start} show={usage?.interval === 'hour' ? 'minute' : 'date'} />
          {!step.isOver && <span className={below}>{t('partial')}</span>}
        </>
      ),
    },
    { id: 'requests', header: t('requests'), cell: (step) => <RequestsCell sums={step.sums} />, end: true },
    { id: 'tokens', header: t('tokens'), cell: (step) => <TokensCell sums={step.sums} />, end: true },
    { id: 'cost', header: t('cost'), cell: (step) => <CostCell sums={step.sums} />, end: true },
  ];
  return (
    <Card flush>
      <DataTable
        label={t('time')}
        columns={columns}
        rows={shown}
        rowKey={(step) => step.start}
        rowLink={(step) => {
          const search = mayRead
            ? requestSearch(filters, { from: step.start, to: step.end, isOpen: view.isOpen && !step.isOver })
            : null;
          return search && { to: '/requests', search };
        }}
      />
      {!all && steps !== null && steps.length > fewSteps && (
        <div className="flex justify-center border-t border-line px-4 py-3">
          <Button small variant="ghost" onClick={() => setAll(true)}>
            {t('allSteps', { count: String(steps.length) })}
          </Button>
        </div>
      )}
    </Card>
  );
}

/** What has begun, as sums by themselves. */
function stepsOf({ steps, points }: Usage, nowMs: number): Step[] {
  const begun = steps.map(({ start, end }, index): Step => {
    const at = (values: readonly number[]) => values[index] ?? 0;
    const tokens = {
      input_tokens: at(points.input_tokens),
      output_tokens: at(points.output_tokens),
      cache_write_tokens: at(points.cache_write_tokens),
      cache_read_tokens: at(points.cache_read_tokens),
    };
    const sums = {
      requests: at(points.requests),
      failures: at(points.failures),
      ...tokens,
      total_tokens: Object.values(tokens).reduce((sum, count) => sum + count, 0),
      cost_usd: points.cost_usd[index] ?? '0',
      actual_cost_usd: points.actual_cost_usd[index] ?? '0',
      average_duration_ms: points.average_duration_ms[index] ?? null,
    };
    return { start, end, isOver: Date.parse(end) <= nowMs, sums };
  });
  return begun.filter(({ start }) => Date.parse(start) <= nowMs).reverse();
}
