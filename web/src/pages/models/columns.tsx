import { useMemo } from 'react';
import type { Column } from '../../ui/data-table.tsx';
import { Money } from '../../ui/money.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { GroupName } from '../key-parts/group-name.tsx';
import type { OfferedModel } from '../key-parts/offers.ts';
import { lineOf } from './list.ts';

type PriceClass = NonNullable<OfferedModel['price']>['tiers'][number]['lines'][number]['class'];

export function useModelColumns(): readonly Column<OfferedModel>[] {
  const t = useTranslations('models');
  return useMemo(
    () => [
      { id: 'model', header: t('model'), cell: (model) => <ModelName model={model} /> },
      {
        id: 'group',
        header: t('group'),
        className: 'sm:max-w-44',
        cell: (model) => (
          <GroupName vendor={model.vendor_name} group={model.group_name} multiplier={model.multiplier} />
        ),
      },
      { id: 'mode', header: t('mode'), wideOnly: true, cell: ({ mode }) => t(`modes.${mode}`) },
      { id: 'context', header: t('context'), end: true, wideOnly: true, cell: (model) => <Tokens model={model} /> },
      { id: 'input', header: t('input'), end: true, cell: (model) => <BasePrice model={model} of="input" /> },
      {
        id: 'cache',
        header: t('cacheRead'),
        end: true,
        wideOnly: true,
        cell: (model) => <BasePrice model={model} of="cache_read" />,
      },
      { id: 'output', header: t('output'), end: true, cell: (model) => <BasePrice model={model} of="output" /> },
    ],
    [t],
  );
}

function ModelName({ model: { id, display_name, aliases } }: { readonly model: OfferedModel }) {
  const t = useTranslations('models');
  return (
    <span className="grid min-w-0">
      <code className="font-mono text-[0.8125rem] break-all" translate="no">
        {id}
      </code>
      <span className="max-w-64 truncate text-xs font-normal text-soft">
        {aliases.length === 0 ? display_name : t('aliases', { name: display_name, aliases: aliases.join(', ') })}
      </span>
    </span>
  );
}

function Tokens({ model: { max_input_tokens, max_output_tokens } }: { readonly model: OfferedModel }) {
  if (max_input_tokens === null && max_output_tokens === null) return <span className="text-faint">–</span>;
  return (
    <>
      {max_input_tokens === null ? '–' : <Numbers compact value={max_input_tokens} />}
      <span className="text-faint"> / </span>
      {max_output_tokens === null ? '–' : <Numbers compact value={max_output_tokens} />}
    </>
  );
}

/** The price that counts for this organization, over the list price where that is another. */
function BasePrice({ model, of }: { readonly model: OfferedModel; readonly of: PriceClass }) {
  const t = useTranslations('models');
  if (model.price === null) return of === 'input' ? <span className="text-warn">{t('noPrice')}</span> : null;
  const line = lineOf(model, of);
  if (line === null) return <span className="text-faint">–</span>;
  const isDearerLater = model.price.tiers.length > 1;
  return (
    <span className="inline-grid justify-items-end">
      <span>
        <Money amount={line.effective_usd} />
        {isDearerLater && (
          <abbr className="ml-0.5 cursor-help text-soft no-underline" title={t('tiered')}>
            +
          </abbr>
        )}
      </span>
      {line.effective_usd !== line.list_usd && (
        <s className="text-xs text-faint">
          <Money amount={line.list_usd} />
        </s>
      )}
    </span>
  );
}
