import { Bell, BellRing, CircleCheck, Ellipsis, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { Change } from '../desk/change-ticket.ts';
import { LinkDialog, MergeDialog } from './join-dialogs.tsx';
import { useDo } from './people-cards.tsx';
import { SnoozeMenu } from './snooze.tsx';
import type { TicketPage } from './types.ts';

interface TicketActionsProps {
  readonly ticket: TicketPage;
  readonly mayWrite: boolean;
  readonly onChange: (change: Change, said: string) => Promise<unknown>;
  readonly onSplit: () => void;
}

/** What is done to a ticket as a whole. */
export function TicketActions({ ticket, mayWrite, onChange, onSplit }: TicketActionsProps) {
  const t = useTranslations('desk.actions');
  const tDesk = useTranslations('desk');
  const tTickets = useTranslations('tickets');
  const [dialog, setDialog] = useState<'merge' | 'link' | 'close' | null>(null);
  const { id, state, merged_into, messages } = ticket;
  const close = () => setDialog(null);
  const isDone = state === 'solved' || state === 'closed';
  if (!mayWrite || merged_into !== null) return <FollowButton ticket={ticket} />;
  return (
    <>
      <FollowButton ticket={ticket} />
      {!isDone && <SnoozeMenu ticket={id} />}
      {isDone ? (
        <Button
          icon={RotateCcw}
          onClick={() => void onChange({ state: 'open' }, tDesk('done.state', { id, state: tTickets('states.open') }))}
        >
          {t('reopen')}
        </Button>
      ) : (
        <Button icon={CircleCheck} onClick={() => void onChange({ state: 'solved' }, tDesk('done.solved', { id }))}>
          {t('solve')}
        </Button>
      )}
      <Menu label={t('more')} trigger={(trigger) => <IconButton icon={Ellipsis} label={t('more')} {...trigger} />}>
        <MenuItem onSelect={() => void onChange({ unread: true }, tDesk('done.unread', { id }))}>
          {t('unread')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => setDialog('link')}>{t('link')}</MenuItem>
        <MenuItem onSelect={() => setDialog('merge')}>{t('merge')}</MenuItem>
        <MenuItem disabled={messages.length < 2} onSelect={onSplit}>
          {t('split')}
        </MenuItem>
        <MenuSeparator />
        {ticket.queue !== 'spam' && ticket.queue !== 'vulnerability' && (
          <MenuItem
            onSelect={() =>
              void onChange({ queue: 'spam' }, tDesk('done.queue', { id, queue: tTickets('queues.spam') }))
            }
          >
            {t('spam')}
          </MenuItem>
        )}
        {state !== 'closed' && (
          <MenuItem danger onSelect={() => setDialog('close')}>
            {t('close')}
          </MenuItem>
        )}
      </Menu>
      <LinkDialog ticket={ticket} open={dialog === 'link'} onClose={close} />
      <MergeDialog ticket={ticket} open={dialog === 'merge'} onClose={close} />
      <ConfirmDialog
        open={dialog === 'close'}
        onClose={close}
        title={tDesk('closing.title', { id })}
        description={tDesk('closing.text')}
        action={tDesk('closing.action')}
        danger
        onConfirm={() => onChange({ state: 'closed' }, tDesk('done.state', { id, state: tTickets('states.closed') }))}
      />
    </>
  );
}

function FollowButton({ ticket: { id, following } }: { readonly ticket: TicketPage }) {
  const t = useTranslations('desk');
  const run = useDo();
  const set = (on: boolean) =>
    api.put('/admin/v1/tickets/{ticket}/following', { params: { ticket: id }, body: { following: on } });
  return (
    <Button
      variant="ghost"
      icon={following ? BellRing : Bell}
      aria-pressed={following}
      onClick={() =>
        void run(
          () => set(!following),
          t(following ? 'done.unfollowed' : 'done.following', { id }),
          () => set(following),
        )
      }
    >
      {t(following ? 'actions.following' : 'actions.follow')}
    </Button>
  );
}
