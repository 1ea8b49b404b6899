import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged, useRead } from '../../api/queries.ts';
import type { Model } from '../../api/schema.ts';
import { useGo, useParam } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Facts, FactsSkeleton } from '../../ui/facts.tsx';
import { IdText } from '../../ui/id-text.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ModelDialog } from '../operator-models/model-dialog.tsx';
import { modalities } from '../operator-models/modes.ts';
import { BackLink } from '../operator-parts/back-link.tsx';
import { Versions } from './versions.tsx';

/** One model, and every version of its price. */
export function Page() {
  const t = useTranslations('catalogue.models');
  const params = { vendor: useParam('vendor'), model: useParam('model') };
  const reading = useRead('/admin/v1/models/{vendor}/{model}', { params });
  const { data, error } = reading;
  return (
    <>
      <PageHeader
        title={data?.display_name ?? params.model}
        back={<BackLink to="/operator/models">{t('back')}</BackLink>}
        badge={data && <Badge>{t(`modes.${data.mode}`)}</Badge>}
        actions={data && <ModelActions model={data} />}
      />
      {error && !data ? (
        <Card>
          <ErrorState error={error} onRetry={reading.retry} />
        </Card>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <Card>{data ? <ModelFacts model={data} /> : <FactsSkeleton count={7} />}</Card>
          <Versions vendor={params.vendor} model={params.model} />
        </div>
      )}
    </>
  );
}

function ModelFacts({ model }: { readonly model: Model }) {
  const t = useTranslations('catalogue.models');
  const tShared = useTranslations('catalogue');
  const tokens = (count: number | null) => (count === null ? '–' : <Numbers value={count} />);
  const words = (list: readonly string[]) =>
    list
      .map((each) => {
        const known = oneOf(modalities, each);
        return known === undefined ? each : t(`modalities.${known}`);
      })
      .join(', ') || '–';
  const facts = [
    { id: 'id', label: tShared('id'), value: <IdText id={model.id} /> },
    { id: 'vendor', label: tShared('vendor'), value: model.vendor },
    { id: 'input', label: t('maxInput'), value: tokens(model.max_input_tokens) },
    { id: 'output', label: t('maxOutput'), value: tokens(model.max_output_tokens) },
    { id: 'inputs', label: t('inputs'), value: words(model.inputs) },
    { id: 'outputs', label: t('outputs'), value: words(model.outputs) },
    { id: 'released', label: t('released'), value: <Time at={model.released_at} show="date" focusable /> },
  ];
  return <Facts facts={facts} />;
}

function ModelActions({ model }: { readonly model: Model }) {
  const t = useTranslations('catalogue.models');
  const tShared = useTranslations('catalogue');
  const go = useGo();
  const changed = useChanged();
  const [asked, setAsked] = useState<'edit' | 'remove' | null>(null);
  const close = () => setAsked(null);
  const { id, vendor } = model;
  if (!useStaffCan('catalogue.write')) return null;
  return (
    <>
      <Button icon={Pencil} onClick={() => setAsked('edit')}>
        {tShared('edit')}
      </Button>
      <Button icon={Trash2} onClick={() => setAsked('remove')}>
        {tShared('remove')}
      </Button>
      {asked === 'edit' && <ModelDialog model={model} onClose={close} />}
      <ConfirmDialog
        open={asked === 'remove'}
        onClose={close}
        title={t('removeTitle', { name: id })}
        consequences={[t('removeEffects.gone'), t('removeEffects.used')]}
        action={tShared('remove')}
        danger
        typed={id}
        onConfirm={async () => {
          await api.delete('/admin/v1/models/{vendor}/{model}', { params: { vendor, model: id } });
          toast({ text: t('removed', { name: id }) });
          await go({ to: '/operator/models', replace: true });
          await changed('/admin/v1/models');
        }}
      />
    </>
  );
}
