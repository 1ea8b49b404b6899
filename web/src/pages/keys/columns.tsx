import { useMemo } from 'react';
import type { Key } from '../../api/schema.ts';
import { useSession } from '../../session.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { Money } from '../../ui/money.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { GroupName } from '../key-parts/group-name.tsx';
import { KeyName } from '../key-parts/key-name.tsx';
import { KeyState } from '../key-parts/key-state.tsx';
import { LimitBars } from '../key-parts/limit-bars.tsx';
import { OwnerName } from '../key-parts/owner-name.tsx';

/** Several keys are being chosen: each row has a box instead of a link. */
export interface Choosing {
  readonly chosen: ReadonlyMap<string, Key>;
  choose(key: Key, chosen: boolean): void;
}

export function useKeyColumns(choosing: Choosing | null): readonly Column<Key>[] {
  const t = useTranslations('keys');
  const { account } = useSession();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('name'),
        className: 'sm:max-w-56',
        cell: (key) => (choosing ? <ChosenName shown={key} choosing={choosing} /> : <KeyName shown={key} />),
      },
      {
        id: 'group',
        header: t('group'),
        className: 'sm:max-w-48',
        cell: (key) => <GroupName vendor={key.vendor_name} group={key.group_name} multiplier={key.multiplier} />,
      },
      {
        id: 'owner',
        header: t('owner'),
        className: 'sm:min-w-28 sm:max-w-40',
        wideOnly: true,
        cell: (key) => <OwnerName shown={key} self={account.id} />,
      },
      { id: 'state', header: t('state'), cell: (key) => <KeyState shown={key} /> },
      {
        id: 'last_used',
        header: t('lastUsed'),
        cell: (key) =>
          key.last_used_at === null ? (
            <span className="text-faint">{t('never')}</span>
          ) : (
            <Time at={key.last_used_at} show="relative" />
          ),
      },
      { id: 'spent', header: t('days30'), end: true, cell: (key) => <Spent shown={key} /> },
    ],
    [t, account.id, choosing],
  );
}

/** Of thirty days, over what of it is today's, over how far limits are used. */
function Spent({ shown }: { readonly shown: Key }) {
  const t = useTranslations('keys');
  return (
    <span className="inline-grid justify-items-end">
      <Money amount={shown.spent_30d_usd} />
      <span className="text-xs text-soft">
        {t.rich('today', { spent: () => <Money amount={shown.spent_today_usd} /> })}
      </span>
      <LimitBars shown={shown} />
    </span>
  );
}

function ChosenName({ shown, choosing }: { readonly shown: Key; readonly choosing: Choosing }) {
  const t = useTranslations('keys');
  return (
    <label className="flex cursor-pointer items-center gap-3 after:absolute after:inset-0 after:content-['']">
      <input
        type="checkbox"
        className="relative z-[1] size-4 shrink-0 accent-accent"
        aria-label={t('choose', { name: shown.name })}
        checked={choosing.chosen.has(shown.id)}
        disabled={shown.state !== 'enabled'}
        onChange={(event) => choosing.choose(shown, event.target.checked)}
      />
      <KeyName shown={shown} />
    </label>
  );
}
