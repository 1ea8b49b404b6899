import { Ban, Pencil, Play, Plug, ShieldAlert, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useRead } from '../../api/queries.ts';
import type { Key } from '../../api/schema.ts';
import { Link, TextLink, useParam } from '../../navigation.tsx';
import { useCan, useOrganization } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { conditionOf, conditionTones, mayEnable } from '../key-parts/condition.ts';
import { KeyDialogs, type KeyMove } from '../key-parts/key-dialogs.tsx';
import { LeakDialog } from '../key-parts/leak-dialog.tsx';
import { keyPath, useEnableKey } from '../key-parts/use-key-moves.ts';
import { Details } from './details.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { History } from './history.tsx';
import { LimitsUse } from './limits-use.tsx';
import { NewestRequests } from './newest-requests.tsx';
import { Standing } from './standing.tsx';
import { UsageCard } from './usage-card.tsx';

/** Use and spend move while somebody looks. */
const everyMs = 10_000;

/** One key: what it is, what it did, and what can be done with it. */
export function Page() {
  const t = useTranslations('keys');
  const { id: organization } = useOrganization();
  const id = useParam('key');
  const reading = useRead(keyPath, { params: { organization, key: id } }, { everyMs });
  const key = reading.data;
  const condition = key && conditionOf(key);
  return (
    <>
      <PageHeader
        title={key?.name ?? t('key')}
        badge={condition && <Badge tone={conditionTones[condition]}>{t(`conditions.${condition}`)}</Badge>}
        back={<TextLink to="/keys">{t('title')}</TextLink>}
        actions={key && key.state !== 'deleted' && <Actions shown={key} />}
      />
      {reading.error && !key ? (
        <Card>
          <Loaded reading={reading} skeleton={null}>
            {() => null}
          </Loaded>
        </Card>
      ) : (
        <Loaded reading={reading} skeleton={<KeySkeleton />}>
          {(shown) => <KeyPage shown={shown} />}
        </Loaded>
      )}
    </>
  );
}

function KeyPage({ shown }: { readonly shown: Key }) {
  const seesUsage = useCan('usage.read');
  const seesRequests = useCan('requests.read');
  const seesHistory = useCan('audit.read');
  return (
    <div className="grid gap-5">
      <Standing shown={shown} />
      <Details shown={shown} />
      <LimitsUse shown={shown} />
      {seesUsage && <UsageCard shown={shown} />}
      {seesRequests && <NewestRequests shown={shown} />}
      {seesHistory && <History shown={shown} />}
    </div>
  );
}

function Actions({ shown }: { readonly shown: Key }) {
  const t = useTranslations('keys');
  const canWrite = useCan('keys.write');
  const enable = useEnableKey();
  const [move, setMove] = useState<KeyMove | null>(null);
  const [open, setOpen] = useState<'edit' | 'leak' | null>(null);
  const isEnabled = shown.state === 'enabled';
  return (
    <>
      {canWrite && (
        <>
          <Button icon={Pencil} onClick={() => setOpen('edit')}>
            {t('edit')}
          </Button>
          {isEnabled ? (
            <Button icon={Ban} onClick={() => setMove({ kind: 'disable', key: shown })}>
              {t('disable')}
            </Button>
          ) : (
            mayEnable(shown) && (
              <Button icon={Play} onClick={() => void enable(shown)}>
                {t('enable')}
              </Button>
            )
          )}
          <Button icon={ShieldAlert} onClick={() => setOpen('leak')}>
            {t('leaked')}
          </Button>
          <Button icon={Trash2} onClick={() => setMove({ kind: 'delete', key: shown })}>
            {t('delete')}
          </Button>
        </>
      )}
      {isEnabled && (
        <Link to="/connect" search={{ key: shown.id }} className={buttonLook('primary')}>
          <Plug aria-hidden="true" className="size-4" />
          {t('connect')}
        </Link>
      )}
      <KeyDialogs move={move} onClose={() => setMove(null)} />
      {open === 'leak' && <LeakDialog known={shown} onClose={() => setOpen(null)} />}
      {open === 'edit' && <EditDialog shown={shown} onClose={() => setOpen(null)} />}
    </>
  );
}

function KeySkeleton() {
  return (
    <div className="grid gap-5">
      {['h-36', 'h-24', 'h-52', 'h-60'].map((height) => (
        <Card key={height}>
          <Skeleton className={`${height} w-full`} />
        </Card>
      ))}
    </div>
  );
}
