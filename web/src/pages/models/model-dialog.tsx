import { Plug, Plus } from 'lucide-react';
import { useRead } from '../../api/queries.ts';
import { Link, TextLink } from '../../navigation.tsx';
import { useCan, useOrganization } from '../../session.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { SkeletonText } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { Multiplier } from '../key-parts/group-name.tsx';
import { KeyName } from '../key-parts/key-name.tsx';
import type { OfferedModel } from '../key-parts/offers.ts';
import { listPath } from '../key-parts/use-key-moves.ts';
import { PriceTable } from './price-table.tsx';

interface ModelDialogProps {
  readonly model: OfferedModel;
  readonly onClose: () => void;
}

/** All that is known of one model in one group, and the keys that can use it. */
export function ModelDialog({ model, onClose }: ModelDialogProps) {
  const t = useTranslations('models');
  const { id, display_name, aliases, mode, released_at, max_input_tokens, max_output_tokens } = model;
  const facts: readonly Fact[] = [
    {
      id: 'group',
      label: t('group'),
      value: (
        <span className="inline-flex flex-wrap items-center gap-1.5">
          {model.vendor_name} → {model.group_name} <Multiplier value={model.multiplier} />
        </span>
      ),
    },
    { id: 'mode', label: t('mode'), value: t(`modes.${mode}`) },
    {
      id: 'input',
      label: t('maxInput'),
      value: max_input_tokens === null ? '–' : <Numbers value={max_input_tokens} />,
    },
    {
      id: 'output',
      label: t('maxOutput'),
      value: max_output_tokens === null ? '–' : <Numbers value={max_output_tokens} />,
    },
    {
      id: 'takes',
      label: t('takes'),
      value: model.inputs.map((each) => t(`modalities.${modalityOf(each)}`)).join(', '),
    },
    {
      id: 'gives',
      label: t('gives'),
      value: model.outputs.map((each) => t(`modalities.${modalityOf(each)}`)).join(', '),
    },
    { id: 'released', label: t('released'), value: <Time at={released_at} show="date" focusable /> },
  ];
  return (
    <Dialog open size="large" onClose={onClose} title={display_name}>
      <div className="grid gap-5">
        <div className="flex items-center gap-2 rounded-xl bg-sunk py-1 pr-1 pl-3.5">
          <code className="min-w-0 grow font-mono text-[0.8125rem] break-all" translate="no">
            {id}
          </code>
          <CopyButton small text={id} label={t('copyName', { model: id })} />
        </div>
        {aliases.length > 0 && (
          <p className="text-soft">
            {t.rich('alsoCalled', {
              names: () => <span className="font-mono text-[0.8125rem] text-ink">{aliases.join(', ')}</span>,
            })}
          </p>
        )}
        <Facts facts={facts} />
        <PriceTable model={model} />
        <UsableKeys model={model} />
      </div>
    </Dialog>
  );
}

const modalities = ['text', 'image', 'audio', 'video', 'file', 'embedding'] as const;

function modalityOf(name: string): (typeof modalities)[number] | 'other' {
  return modalities.find((each) => each === name) ?? 'other';
}

const most = 200;

function UsableKeys({ model }: { readonly model: OfferedModel }) {
  const t = useTranslations('models');
  const { id: organization } = useOrganization();
  const canWrite = useCan('keys.write');
  const enabled = useCan('keys.read') || canWrite;
  const query = { group: model.group, state: 'enabled', limit: most, sort: '-last_used' } as const;
  const { data, error, retry } = useRead(listPath, { params: { organization }, query }, { enabled });
  if (!enabled) return null;
  const usable = data?.data.filter(
    ({ expired, allowed_models }) => !expired && (allowed_models?.includes(model.id) ?? true),
  );
  return (
    <section className="grid gap-2" aria-label={t('keys')}>
      <h3 className="font-medium">{t('keys')}</h3>
      {error && !data && <ErrorState error={error} onRetry={retry} />}
      {!error && !usable && <SkeletonText lines={2} />}
      {usable && usable.length > 0 && (
        <ul className="max-h-56 divide-y divide-line overflow-y-auto rounded-xl border border-line">
          {usable.map((key) => (
            <li key={key.id} className="flex items-center gap-3 px-3.5 py-2">
              <TextLink
                to="/keys/$key"
                params={{ key: key.id }}
                className="min-w-0 grow text-ink no-underline hover:underline"
              >
                <KeyName shown={key} />
              </TextLink>
              <Link to="/connect" search={{ key: key.id, model: model.id }} className={buttonLook('secondary', true)}>
                <Plug aria-hidden="true" className="size-4" />
                {t('connect')}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {usable?.length === 0 && <p className="text-soft">{t('noKeys')}</p>}
      {canWrite && (
        <div>
          <Link to="/keys/new" search={{ group: model.group }} className={buttonLook('secondary', true)}>
            <Plus aria-hidden="true" className="size-4" />
            {t('createKey', { group: model.group_name })}
          </Link>
        </div>
      )}
    </section>
  );
}
