import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Group } from '../../api/schema.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useModels, usePrices } from '../operator-parts/catalogue-reads.ts';

interface AddModelsProps {
  readonly group: Group;
  /** Ids that are on the list already. */
  readonly taken: readonly string[];
  readonly onAdd: (ids: readonly string[]) => void;
}

/** Models of the vendor that can still be added: only those with a price. */
export function AddModels({ group, taken, onAdd }: AddModelsProps) {
  const t = useTranslations('catalogue.groups');
  const tModels = useTranslations('catalogue.models');
  const models = useModels(group.vendor).rows ?? [];
  const prices = usePrices(group.vendor).rows ?? [];
  const [chosen, setChosen] = useState('');
  const priced = new Set(prices.map(({ model }) => model));
  const open = models.filter(({ id }) => !taken.includes(id));
  const ready = open.filter(({ id }) => priced.has(id));
  const options = open.map(({ id }) => ({
    value: id,
    label: priced.has(id) ? id : `${id} · ${tModels('noPrice')}`,
    disabled: !priced.has(id),
  }));
  const isChosen = ready.some(({ id }) => id === chosen);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        aria-label={t('addModel')}
        className="min-w-48 grow"
        value={isChosen ? chosen : ''}
        onChange={(event) => setChosen(event.target.value)}
        options={[{ value: '', label: t('chooseModel', { vendor: group.vendor }) }, ...options]}
      />
      <Button
        icon={Plus}
        disabled={!isChosen}
        onClick={() => {
          onAdd([chosen]);
          setChosen('');
        }}
      >
        {t('addModel')}
      </Button>
      {taken.length === 0 && ready.length > 0 && (
        <Button onClick={() => onAdd(ready.map(({ id }) => id))}>{t('addAll')}</Button>
      )}
    </div>
  );
}
