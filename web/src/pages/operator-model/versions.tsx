import { BadgeDollarSign, Plus, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import type { Price } from '../../api/schema.ts';
import { useStaffCan } from '../../session.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { type VersionState, versionsOf } from '../operator-parts/price-versions.ts';
import { RateList } from '../operator-parts/rate-list.tsx';
import { fullPage, useAll } from '../operator-parts/use-all.ts';
import { PriceDialog } from './price-dialog.tsx';

const tones: Readonly<Record<VersionState, Tone>> = { future: 'info', now: 'good', past: 'neutral' };

interface VersionsProps {
  readonly vendor: string;
  readonly model: string;
}

/** What the model cost, costs and will cost. */
export function Versions({ vendor, model }: VersionsProps) {
  const t = useTranslations('catalogue.prices');
  const prices = useAll('/admin/v1/prices', { query: { limit: fullPage, vendor, model } });
  const changed = useChanged();
  const mayWrite = useStaffCan('catalogue.write');
  const [adding, setAdding] = useState(false);
  const [withdrawing, setWithdrawing] = useState<Price | null>(null);
  const versions = prices.rows && versionsOf(prices.rows, Date.now());
  const reread = () => changed('/admin/v1/prices');
  const add = mayWrite && (
    <Button icon={Plus} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  return (
    <Card title={t('title')} description={t('text')} actions={versions?.length !== 0 && add}>
      {prices.error && versions === null ? (
        <ErrorState error={prices.error} onRetry={prices.retry} />
      ) : versions === null ? (
        <Skeleton className="h-40 w-full" />
      ) : versions.length === 0 ? (
        <EmptyState icon={BadgeDollarSign} title={t('empty')} text={t('emptyText')} action={add} />
      ) : (
        <>
          <p className="mb-4 text-[0.8125rem] text-soft">{t('ratesText')}</p>
          <ol className="grid gap-5">
            {versions.map(({ price, state }) => (
              <Version
                key={price.id}
                price={price}
                state={state}
                onWithdraw={mayWrite && state === 'future' ? () => setWithdrawing(price) : null}
              />
            ))}
          </ol>
        </>
      )}
      {adding && (
        <PriceDialog
          vendor={vendor}
          model={model}
          present={versions?.find(({ state }) => state === 'now')?.price ?? null}
          onClose={() => setAdding(false)}
          onSaved={reread}
        />
      )}
      <ConfirmDialog
        open={withdrawing !== null}
        onClose={() => setWithdrawing(null)}
        title={t('withdrawTitle')}
        consequences={[t('withdrawEffects.never')]}
        action={t('withdraw')}
        danger
        onConfirm={async () => {
          if (withdrawing === null) return;
          await api.delete('/admin/v1/prices/{price}', { params: { price: withdrawing.id } });
          toast({ text: t('withdrawn') });
          await reread();
        }}
      />
    </Card>
  );
}

interface VersionProps {
  readonly price: Price;
  readonly state: VersionState;
  readonly onWithdraw: (() => void) | null;
}

function Version({ price, state, onWithdraw }: VersionProps) {
  const t = useTranslations('catalogue.prices');
  const { number } = useFormats();
  return (
    <li className="grid gap-3 border-l-2 border-line pl-4 first:border-accent">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">
          {t('validFrom')} <Time at={price.valid_from} focusable />
        </span>
        <Badge tone={tones[state]}>{t(`states.${state}`)}</Badge>
        <span className="text-[0.8125rem] text-soft">
          {t('source')}: {price.source === 'operator' ? t('operator') : price.source}
        </span>
        {onWithdraw && (
          <Button small icon={Undo2} onClick={onWithdraw}>
            {t('withdraw')}
          </Button>
        )}
      </div>
      <RateList rates={price.rates} />
      {price.tiers.map((tier) => (
        <div key={tier.over_input_tokens} className="grid gap-1.5">
          <h3 className="text-[0.8125rem] text-soft">{t('tier', { tokens: number(tier.over_input_tokens) })}</h3>
          <RateList rates={tier.rates} />
        </div>
      ))}
    </li>
  );
}
