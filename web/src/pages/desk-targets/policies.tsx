import { CopyPlus, History, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Calendar, TargetPolicy } from '../../api/schema.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { DuePreview } from './due-preview.tsx';
import { PolicyDialog } from './policy-dialog.tsx';
import { calendarOf, type PolicyVersions, useCalendars, usePolicies } from './reads.ts';
import { TargetTable } from './target-table.tsx';

/** What is promised: by policy, by priority. */
export function Policies() {
  const t = useTranslations('deskSettings.targets');
  const { reading, policies } = usePolicies();
  const { calendars } = useCalendars();
  const [editing, setEditing] = useState<TargetPolicy | 'new' | null>(null);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-[72ch] text-soft">{t('policiesText')}</p>
        <Button icon={Plus} onClick={() => setEditing('new')}>
          {t('addPolicy')}
        </Button>
      </div>
      <Loaded reading={reading} skeleton={<Outline />}>
        {() =>
          policies?.map((versions) => (
            <PolicyCard
              key={versions.newest.id}
              versions={versions}
              calendars={calendars}
              onEdit={() => setEditing(versions.newest)}
            />
          ))
        }
      </Loaded>
      {editing && policies && (
        <PolicyDialog
          policy={editing === 'new' ? null : editing}
          taken={policies.map(({ newest }) => newest.id)}
          calendars={calendars ?? []}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  );
}

interface PolicyCardProps {
  readonly versions: PolicyVersions;
  readonly calendars: readonly Calendar[] | null;
  readonly onEdit: () => void;
}

function PolicyCard({ versions: { newest, older }, calendars, onEdit }: PolicyCardProps) {
  const t = useTranslations('deskSettings.targets');
  const [open, setOpen] = useState(false);
  const [trying, setTrying] = useState(false);
  const calendar = calendarOf(calendars, newest.calendar);
  const promises = Object.values(newest.targets).some((each) => Object.values(each).some((ms) => ms !== null));
  return (
    <Card
      title={
        <span className="inline-flex flex-wrap items-center gap-2">
          {newest.name}
          <Badge>{t('version', { version: newest.version })}</Badge>
        </span>
      }
      description={
        <>
          {usedFor(newest.id) && <>{t(`usedFor.${usedFor(newest.id) ?? 'pro'}`)} · </>}
          {newest.calendar === null ? t('aroundTheClock') : (calendar?.name ?? newest.calendar)}
        </>
      }
      actions={
        <>
          {older.length > 0 && (
            <Button small variant="ghost" icon={History} onClick={() => setOpen(true)}>
              {t('olderVersions')}
            </Button>
          )}
          <Button small icon={CopyPlus} onClick={onEdit}>
            {t('newVersion')}
          </Button>
        </>
      }
    >
      {promises ? <TargetTable label={newest.name} targets={newest.targets} /> : <p>{t('promisesNothing')}</p>}
      {promises && calendar !== undefined && (
        <div className="mt-4 border-t border-line pt-4">
          {trying ? (
            <DuePreview calendar={calendar} targets={newest.targets} />
          ) : (
            <Button small onClick={() => setTrying(true)}>
              {t('previewOpen')}
            </Button>
          )}
        </div>
      )}
      {open && (
        <Dialog open onClose={() => setOpen(false)} size="medium" title={t('olderTitle', { name: newest.name })}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
          <section tabIndex={0} aria-label={t('olderVersions')} className="grid gap-6">
            <p className="text-soft">{t('olderText')}</p>
            {older.map((policy) => (
              <section
                key={policy.version}
                aria-label={t('version', { version: policy.version })}
                className="grid gap-2"
              >
                <p className="font-medium">
                  {t('version', { version: policy.version })} · {policy.name} ·{' '}
                  {calendarOf(calendars, policy.calendar)?.name ?? policy.calendar ?? t('aroundTheClock')}
                </p>
                <TargetTable label={policy.name} targets={policy.targets} />
              </section>
            ))}
          </section>
        </Dialog>
      )}
    </Card>
  );
}

const own = ['starter', 'pro', 'enterprise', 'vulnerability'] as const;

function usedFor(id: string): (typeof own)[number] | undefined {
  return own.find((each) => each === id);
}

function Outline() {
  return (
    <>
      {own.map((id) => (
        <Skeleton key={id} className="h-64 w-full" />
      ))}
    </>
  );
}
