import { ChartNoAxesColumn, SearchX } from 'lucide-react';
import { useRead } from '../../api/queries.ts';
import { Link } from '../../navigation.tsx';
import { useOrganization } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { safetyMs, useFollow } from '../../usage/pulse.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { CostCard, TokenCard } from './breakdown.tsx';
import { Figures } from './figures.tsx';
import type { TabProps } from './parts.ts';
import { useUsageQuestion } from './reading.ts';
import { SplitTable } from './split-table.tsx';
import { StepTable } from './step-table.tsx';
import { TrendCard } from './trend-card.tsx';

const ranks = { cost: 'actual_cost', requests: 'requests', tokens: 'tokens' } as const;

/** Sums of the range: figures, a chart, what they are made of, and what each part costs. */
export function UsageTab(parts: TabProps) {
  const { view, filters, pulse } = parts;
  const t = useTranslations('usage');
  const { id: organization } = useOrganization();
  const question = useUsageQuestion(view, filters);
  const reading = useRead(
    '/control/v1/organizations/{organization}/usage',
    { params: { organization }, query: { ...question, split: view.split, rank: ranks[view.measure], most: view.most } },
    { keepLast: true, ...(view.isOpen ? { everyMs: safetyMs } : {}) },
  );
  useFollow(pulse, reading);
  const { error } = reading;
  if (error && (reading.data === undefined || reading.isLast)) {
    return (
      <Card>
        <ErrorState error={error} onRetry={reading.retry} />
      </Card>
    );
  }
  const usage = reading.data ?? null;
  const isEmpty = usage !== null && usage.totals.requests === 0;
  return (
    <div
      className={cx('grid gap-5 transition-opacity', reading.isLast && 'opacity-60')}
      aria-busy={reading.isLast || undefined}
    >
      <Figures usage={usage} now={pulse.now} view={view} />
      {usage !== null && usage.day_shift_minutes !== 0 && (
        <Banner>{t('shift', { minutes: String(usage.day_shift_minutes) })}</Banner>
      )}
      {isEmpty ? (
        <NothingUsed {...parts} />
      ) : (
        <>
          <TrendCard usage={usage} {...parts} />
          {view.split === 'none' ? (
            <StepTable usage={usage} {...parts} />
          ) : (
            <SplitTable usage={usage} split={view.split} {...parts} />
          )}
          <div className="grid items-start gap-5 md:grid-cols-2">
            <TokenCard usage={usage} />
            <CostCard usage={usage} />
          </div>
        </>
      )}
    </div>
  );
}

export function NothingUsed({ view, views, narrowing }: TabProps) {
  const t = useTranslations('usage.empty');
  const isLong = view.preset === '30d';
  return (
    <Card>
      {narrowing.isSet ? (
        <EmptyState
          icon={SearchX}
          title={t('narrowed')}
          text={t('narrowedText')}
          action={
            <Button variant="primary" onClick={narrowing.clear}>
              {t('clear')}
            </Button>
          }
        />
      ) : (
        <EmptyState
          icon={ChartNoAxesColumn}
          title={t('title')}
          text={t('text')}
          action={
            <>
              {!isLong && (
                <Button onClick={() => views.set({ range: '30d', from: undefined, to: undefined })}>
                  {t('longer')}
                </Button>
              )}
              <Link to="/connect" className={buttonLook('primary')}>
                {t('connect')}
              </Link>
            </>
          }
        />
      )}
    </Card>
  );
}
