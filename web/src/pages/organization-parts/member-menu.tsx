import { Ban, Ellipsis, LogOut, Play, ShieldCheck, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { Member } from '../../api/schema.ts';
import { useOrganization, useSession } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { DisableDialog } from './disable-dialog.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { mayManage } from './rank.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { RolesDialog } from './roles-dialog.tsx';
import { useAttempt } from './use-attempt.ts';
import { useMembersChanged } from './use-members-changed.ts';
import { useMyRank, useRolesRead } from './use-roles.ts';

interface MemberMenuProps {
  readonly member: Member;
  /** In a row of a table. */
  readonly small?: boolean;
  /** The member is gone. */
  readonly onGone?: () => void;
}

type Asking = 'roles' | 'disable' | 'remove' | 'leave';

/** What may be done with a membership; nothing where nothing may. */
export function MemberMenu({ member, small = false, onGone }: MemberMenuProps) {
  const t = useTranslations('members');
  const tUi = useTranslations('ui');
  const [asking, setAsking] = useState<Asking | null>(null);
  const enable = useEnable(member);
  const may = useMayDo(member);
  if (!may.any) return null;
  const close = () => setAsking(null);
  const label = t('actionsFor', { name: member.name || member.email });
  return (
    <>
      <Menu
        label={label}
        trigger={(trigger) =>
          small ? (
            <IconButton {...trigger} small icon={Ellipsis} label={label} />
          ) : (
            <Button {...trigger} icon={Ellipsis}>
              {tUi('actions')}
            </Button>
          )
        }
      >
        {may.changeRoles && (
          <MenuItem icon={ShieldCheck} onSelect={() => setAsking('roles')}>
            {t('changeRoles')}
          </MenuItem>
        )}
        {may.manage && member.state === 'active' && (
          <MenuItem icon={Ban} onSelect={() => setAsking('disable')}>
            {t('disable')}
          </MenuItem>
        )}
        {may.manage && member.state === 'disabled' && (
          <MenuItem icon={Play} onSelect={enable}>
            {t('enable')}
          </MenuItem>
        )}
        {may.changeRoles && <MenuSeparator />}
        {may.manage && (
          <MenuItem icon={UserMinus} danger onSelect={() => setAsking('remove')}>
            {t('remove')}
          </MenuItem>
        )}
        {may.leave && (
          <MenuItem icon={LogOut} danger onSelect={() => setAsking('leave')}>
            {t('leave')}
          </MenuItem>
        )}
      </Menu>
      {asking === 'roles' && <RolesDialog member={member} onClose={close} />}
      {asking === 'disable' && <DisableDialog member={member} onClose={close} />}
      {asking === 'remove' && (
        <RemoveDialog member={member} onClose={close} {...(onGone ? { onRemoved: onGone } : {})} />
      )}
      {asking === 'leave' && <LeaveDialog onClose={close} />}
    </>
  );
}

function useMayDo(member: Member) {
  const me = useMyRank();
  const { account } = useSession();
  const { kind } = useOrganization();
  const { data: roles } = useRolesRead();
  const shared = kind === 'shared';
  const self = member.account_id === account.id;
  const manage = shared && !self && mayManage(member, me, roles?.data ?? []);
  const changeRoles = manage || (shared && self && me.held.has('members.write'));
  const leave = shared && self;
  return { manage, changeRoles, leave, any: manage || changeRoles || leave };
}

/** Nothing is lost by it, so nothing is asked. */
function useEnable(member: Member): () => Promise<void> {
  const t = useTranslations('members');
  const { id: organization } = useOrganization();
  const changed = useMembersChanged();
  const attempt = useAttempt();
  const params = { organization, account: member.account_id };
  const path = '/control/v1/organizations/{organization}/members/{account}';
  return () =>
    attempt({
      work: () => api.post(`${path}/enable`, { params }),
      text: t('enabled', { name: member.name || member.email }),
      undo: () => api.post(`${path}/disable`, { params, body: { keys: 'keep' } }),
      renew: changed,
    });
}
