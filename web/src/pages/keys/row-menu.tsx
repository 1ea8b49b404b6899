import { Ban, EllipsisVertical, Eye, Play, Plug, ShieldAlert, Trash2 } from 'lucide-react';
import type { Key } from '../../api/schema.ts';
import { useGo } from '../../navigation.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '../../ui/menu.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { mayEnable } from '../key-parts/condition.ts';
import type { KeyMove } from '../key-parts/key-dialogs.tsx';
import { useEnableKey } from '../key-parts/use-key-moves.ts';

interface RowMenuProps {
  readonly shown: Key;
  readonly onMove: (move: KeyMove) => void;
  readonly onLeak: () => void;
}

export function RowMenu({ shown, onMove, onLeak }: RowMenuProps) {
  const t = useTranslations('keys');
  const go = useGo();
  const enable = useEnableKey();
  const { id, name, state } = shown;
  return (
    <Menu
      label={t('actionsOf', { name })}
      trigger={(attributes) => (
        <IconButton small icon={EllipsisVertical} label={t('actionsOf', { name })} {...attributes} />
      )}
    >
      <MenuLink icon={Eye} to="/keys/$key" params={{ key: id }}>
        {t('open')}
      </MenuLink>
      {state === 'enabled' && (
        <MenuItem icon={Plug} onSelect={() => void go({ to: '/connect', search: { key: id } })}>
          {t('connect')}
        </MenuItem>
      )}
      {state !== 'deleted' && (
        <>
          <MenuSeparator />
          {state === 'enabled' ? (
            <MenuItem icon={Ban} onSelect={() => onMove({ kind: 'disable', key: shown })}>
              {t('disable')}
            </MenuItem>
          ) : (
            mayEnable(shown) && (
              <MenuItem icon={Play} onSelect={() => void enable(shown)}>
                {t('enable')}
              </MenuItem>
            )
          )}
          <MenuItem icon={ShieldAlert} onSelect={onLeak}>
            {t('leaked')}
          </MenuItem>
          <MenuItem icon={Trash2} danger onSelect={() => onMove({ kind: 'delete', key: shown })}>
            {t('delete')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
