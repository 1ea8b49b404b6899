import { FlaskConical, Plus, Split } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useChanged, useRead } from '../../api/queries.ts';
import type { RoutingRule } from '../../api/schema.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { bodyOf } from './draft.ts';
import { DryRun } from './dry-run.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { RuleRow } from './rule-row.tsx';

/** By which rules mail is sorted: in order, the first that matches. */
export function Page() {
  const t = useTranslations('deskSettings.rules');
  const tShell = useTranslations('shell.pages');
  const reading = useRead('/admin/v1/routing-rules', {});
  const { rules, reorder, toggle, reread } = useRules(reading.data?.data ?? null);
  const [editing, setEditing] = useState<RoutingRule | 'new' | null>(null);
  const [removing, setRemoving] = useState<RoutingRule | null>(null);
  const [trying, setTrying] = useState(false);
  const add = (
    <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>
      {t('add')}
    </Button>
  );
  const tryOut = (
    <Button icon={FlaskConical} onClick={() => setTrying(true)} disabled={rules === null}>
      {t('try')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={tShell('deskRules')}
        description={t('description')}
        actions={
          <>
            {tryOut}
            {add}
          </>
        }
      />
      <Card flush>
        <Loaded reading={reading} skeleton={<Outline />}>
          {() =>
            rules === null || rules.length === 0 ? (
              <EmptyState icon={Split} title={t('emptyTitle')} text={t('emptyText')} action={add} />
            ) : (
              <ol aria-label={t('list')} className="divide-y divide-line">
                {rules.map((rule, index) => (
                  <RuleRow
                    key={rule.id}
                    rule={rule}
                    index={index}
                    count={rules.length}
                    onMove={(to) => void reorder(index, to)}
                    onTake={(from) => void reorder(from, index)}
                    onToggle={(enabled) => void toggle(rule, enabled)}
                    onEdit={() => setEditing(rule)}
                    onRemove={() => setRemoving(rule)}
                  />
                ))}
              </ol>
            )
          }
        </Loaded>
      </Card>
      <p className="mt-3 text-[0.8125rem] text-soft">{t('afterRules')}</p>
      {editing && rules && (
        <RuleDialog
          rule={editing === 'new' ? null : editing}
          rules={rules}
          onClose={() => setEditing(null)}
          onSaved={reread}
        />
      )}
      {trying && rules && (
        <Dialog open onClose={() => setTrying(false)} size="large" title={t('try')} description={t('tryText')}>
          <DryRun rules={rules} atOnce />
        </Dialog>
      )}
      <ConfirmDialog
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('removeTitle', { name: removing?.name ?? '' })}
        consequences={[t('removeEffects.next'), t('removeEffects.tickets')]}
        action={t('remove')}
        danger
        onConfirm={async () => {
          if (removing === null) return;
          await api.delete('/admin/v1/routing-rules/{rule}', { params: { rule: removing.id } });
          toast({ text: t('removed', { name: removing.name }) });
          await reread();
        }}
      />
    </>
  );
}

/** The rules as the reader has just put them, before the API has said so. */
function useRules(read: readonly RoutingRule[] | null) {
  const t = useTranslations('deskSettings.rules');
  const problemWords = useProblemWords();
  const changed = useChanged();
  const [shown, setShown] = useState<readonly RoutingRule[] | null>(null);
  const rules = shown ?? read;
  const reread = () => changed('/admin/v1/routing-rules');
  /** Shows it at once, then asks; what was refused goes back. */
  const attempt = async (next: readonly RoutingRule[], ask: () => Promise<unknown>) => {
    setShown(next);
    try {
      await ask();
      await reread();
      return true;
    } catch (error) {
      toast({ tone: 'danger', text: problemWords(asProblem(error)) });
      return false;
    } finally {
      setShown(null);
    }
  };
  const put = (next: readonly RoutingRule[]) =>
    attempt(next, () => api.put('/admin/v1/routing-rules/order', { body: { rules: next.map(({ id }) => id) } }));
  const reorder = async (from: number, to: number) => {
    const rule = rules?.[from];
    if (!rules || !rule || to === from || to < 0 || to >= rules.length) return;
    const others = rules.filter(({ id }) => id !== rule.id);
    if (await put(others.toSpliced(to, 0, rule)))
      toast({ text: t('moved', { name: rule.name, place: to + 1 }), undo: () => void put(rules) });
  };
  const toggle = (rule: RoutingRule, enabled: boolean) =>
    attempt(rules?.map((each) => (each.id === rule.id ? { ...each, enabled } : each)) ?? [], () =>
      api.put('/admin/v1/routing-rules/{rule}', { params: { rule: rule.id }, body: bodyOf({ ...rule, enabled }) }),
    );
  return { rules, reorder, toggle, reread };
}

function Outline() {
  return (
    <div className="divide-y divide-line">
      {['a', 'b', 'c'].map((key) => (
        <div key={key} className="grid gap-2 px-5 py-4">
          <Skeleton className="h-4 w-48" />
          <Skeleton className="h-3.5 w-96" />
        </div>
      ))}
    </div>
  );
}
