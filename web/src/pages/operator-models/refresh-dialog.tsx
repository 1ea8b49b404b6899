import { useEffect, useState } from 'react';
import { type Answer, api } from '../../api/client.ts';
import { type ApiProblem, asProblem } from '../../api/problem.ts';
import { useChanged } from '../../api/queries.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { SkeletonText } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { RateList } from '../operator-parts/rate-list.tsx';

type Refresh = Answer<'/admin/v1/prices/refresh', 'post'>;
type Change = Refresh['changes'][number];

const tones: Readonly<Record<Change['kind'], Tone>> = {
  added: 'good',
  withdrawn: 'warn',
  operator_price_kept: 'neutral',
};

const ask = (dry_run: boolean) => api.post('/admin/v1/prices/refresh', { body: { dry_run } });

/** Shows what following the public prices would change, and does it when told to. */
export function RefreshDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('catalogue.prices');
  const tUi = useTranslations('ui');
  const changed = useChanged();
  const [preview, setPreview] = useState<Refresh | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let left = false;
    ask(true).then(
      (answer) => left || setPreview(answer),
      (error: unknown) => left || setProblem(asProblem(error)),
    );
    return () => {
      left = true;
    };
  }, []);
  const changing = preview?.changes.filter(({ kind }) => kind !== 'operator_price_kept').length ?? 0;
  const apply = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await ask(false);
      toast({ text: t('refreshDone', { count: changing }) });
      await changed('/admin/v1/prices');
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="large"
      title={t('refreshTitle')}
      description={t('refreshText')}
      footer={
        <>
          <Button onClick={onClose}>{changing > 0 ? tUi('cancel') : tUi('close')}</Button>
          {changing > 0 && (
            <Button variant="primary" busy={busy} onClick={() => void apply()}>
              {t('refreshApply', { count: changing })}
            </Button>
          )}
        </>
      }
    >
      {preview ? (
        <div className="grid gap-4">
          <p>
            {preview.changes.length === 0
              ? t('refreshNothing', { count: preview.unchanged_models })
              : t('refreshChanges', { count: changing, same: preview.unchanged_models })}
          </p>
          <ul className="grid gap-3">
            {preview.changes.map((change) => (
              <ChangeItem
                key={`${change.vendor}/${change.model} ${change.valid_from} ${change.kind}`}
                change={change}
              />
            ))}
          </ul>
          <ProblemMessage problem={problem} />
        </div>
      ) : problem ? (
        <ErrorState error={problem} />
      ) : (
        <SkeletonText lines={4} />
      )}
    </Dialog>
  );
}

function ChangeItem({ change }: { readonly change: Change }) {
  const t = useTranslations('catalogue.prices');
  const tAudit = useTranslations('operator.audit');
  return (
    <li className="grid gap-3 rounded-xl border border-line px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <code className="font-mono text-[0.8125rem] font-semibold">
          {change.vendor}/{change.model}
        </code>
        <Badge tone={tones[change.kind]}>{t(`changes.${change.kind}`)}</Badge>
        <span className="text-[0.8125rem] text-soft">
          {t('validFrom')} <Time at={change.valid_from} />
        </span>
      </div>
      {change.before && (
        <section aria-label={tAudit('before')}>
          <h3 className="mb-1 text-xs text-faint">{tAudit('before')}</h3>
          <RateList rates={change.before} />
        </section>
      )}
      {change.after && (
        <section aria-label={tAudit('after')}>
          <h3 className="mb-1 text-xs text-faint">{tAudit('after')}</h3>
          <RateList rates={change.after} />
        </section>
      )}
    </li>
  );
}
