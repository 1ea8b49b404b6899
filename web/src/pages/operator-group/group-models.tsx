import { ArrowDown, ArrowUp, Boxes, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { type ApiProblem, asProblem } from '../../api/problem.ts';
import { type Reading, useChanged } from '../../api/queries.ts';
import type { Group, GroupModels as Models } from '../../api/schema.ts';
import { TextLink } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { SkeletonText } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { AddModels } from './add-models.tsx';
import { moved } from './moved.ts';

interface GroupModelsProps {
  readonly group: Group;
  readonly models: Reading<Models>;
}

/** The list of a group. It is changed here first, and saved as a whole. */
export function GroupModels({ group, models }: GroupModelsProps) {
  const t = useTranslations('catalogue.groups');
  return (
    <Card title={t('modelList')} description={t('modelListText')}>
      <Loaded reading={models} skeleton={<SkeletonText lines={8} />}>
        {(data) => <Editor key={data.models.join('\n')} group={group} saved={data.models} />}
      </Loaded>
    </Card>
  );
}

function Editor({ group, saved }: { readonly group: Group; readonly saved: readonly string[] }) {
  const t = useTranslations('catalogue.groups');
  const tShared = useTranslations('catalogue');
  const changed = useChanged();
  const mayWrite = useStaffCan('catalogue.write');
  const [draft, setDraft] = useState(saved);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const gone = saved.filter((id) => !draft.includes(id));
  const isChanged = draft.join('\n') !== saved.join('\n');
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await api.put('/admin/v1/groups/{group}/models', { params: { group: group.id }, body: { models: [...draft] } });
      toast({ text: tShared('saved') });
      await changed('/admin/v1/groups/{group}/models', '/admin/v1/groups/{group}/aliases');
    } catch (error) {
      setProblem(asProblem(error));
    }
    setBusy(false);
  };
  return (
    <div className="grid gap-4">
      {mayWrite && <AddModels group={group} taken={draft} onAdd={(ids) => setDraft([...draft, ...ids])} />}
      {draft.length === 0 ? (
        <EmptyState icon={Boxes} title={t('noModels')} text={t('noModelsText')} />
      ) : (
        <ol className="grid max-h-[28rem] overflow-y-auto rounded-xl border border-line">
          {draft.map((id, index) => (
            <li key={id} className="flex min-h-9 items-center gap-1 border-b border-line pr-1 pl-3 last:border-b-0">
              <TextLink
                to="/operator/models/$vendor/$model"
                params={{ vendor: group.vendor, model: id }}
                className="min-w-0 grow truncate font-mono text-[0.8125rem] text-ink no-underline"
              >
                {id}
              </TextLink>
              {mayWrite && (
                <>
                  <IconButton
                    small
                    icon={ArrowUp}
                    label={t('moveUp', { name: id })}
                    disabled={index === 0}
                    onClick={() => setDraft(moved(draft, index, -1))}
                  />
                  <IconButton
                    small
                    icon={ArrowDown}
                    label={t('moveDown', { name: id })}
                    disabled={index === draft.length - 1}
                    onClick={() => setDraft(moved(draft, index, 1))}
                  />
                  <IconButton
                    small
                    icon={X}
                    label={t('takeOff', { name: id })}
                    onClick={() => setDraft(draft.filter((each) => each !== id))}
                  />
                </>
              )}
            </li>
          ))}
        </ol>
      )}
      <ProblemMessage problem={problem} />
      {isChanged && (
        <Banner
          tone={gone.length > 0 ? 'warn' : 'info'}
          role="status"
          actions={
            <>
              <Button small disabled={busy} onClick={() => setDraft(saved)}>
                {t('discard')}
              </Button>
              <Button small variant="primary" busy={busy} onClick={() => void save()}>
                {t('saveModels')}
              </Button>
            </>
          }
        >
          <p>{t('unsaved')}</p>
          {gone.length > 0 && <p>{t('unsavedGone', { names: gone.join(', ') })}</p>}
        </Banner>
      )}
    </div>
  );
}
