import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { addressOf } from '../../api/client.ts';
import { useStaffCan } from '../../session.tsx';
import { MessageCard } from '../../tickets/message-card.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { DeliveryLine } from './delivery.tsx';
import { MessageHtml } from './message-html.tsx';
import { RawMailDialog } from './raw-mail.tsx';
import type { Message } from './types.ts';

export interface MessageDoings {
  /** Null: the viewer may not write. */
  readonly onQuote: ((text: string) => void) | null;
  readonly onUndo: ((message: string) => Promise<unknown>) | null;
  /** Null: nothing is being chosen. */
  readonly choosing: { readonly chosen: ReadonlySet<string>; readonly toggle: (id: string) => void } | null;
}

interface ThreadMessageProps extends MessageDoings {
  readonly ticket: string;
  readonly message: Message;
  readonly viewerId: string;
}

/** A message with all that staff can do with it. */
export function ThreadMessage({ ticket, message, viewerId, onQuote, onUndo, choosing }: ThreadMessageProps) {
  const t = useTranslations('tickets.message');
  const tSplit = useTranslations('desk.split');
  const { time } = useFormats();
  const mayRequests = useStaffCan('requests.read');
  const [asSent, setAsSent] = useState(false);
  const { id, author, delivery, has_html } = message;
  const file = (attachment: string, inline: boolean) =>
    addressOf(
      '/admin/v1/tickets/{ticket}/attachments/{attachment}',
      { ticket, attachment },
      inline ? { inline: '1' } : {},
    );
  const name = author.name || author.address;
  return (
    <MessageCard
      message={message}
      isOwn={author.id === viewerId}
      fileHref={(one) => file(one.id, false)}
      imageHref={(one) => file(one.id, true)}
      {...(mayRequests ? { requestPage: '/operator/requests/$id' as const } : {})}
      actions={
        choosing === null ? (
          <MessageMenu message={message} onQuote={onQuote} />
        ) : (
          <input
            type="checkbox"
            aria-label={tSplit('choose', { name, time: time(new Date(message.at)) })}
            checked={choosing.chosen.has(id)}
            onChange={() => choosing.toggle(id)}
            className="size-5 accent-accent"
          />
        )
      }
      body={asSent ? <MessageHtml ticket={ticket} message={id} /> : undefined}
      footer={
        <>
          {has_html && (
            <Button
              small
              variant="ghost"
              aria-expanded={asSent}
              onClick={() => setAsSent(!asSent)}
              className="mt-1 -ml-2.5"
            >
              {t(asSent ? 'htmlHide' : 'html')}
            </Button>
          )}
          {delivery && <DeliveryLine delivery={delivery} onUndo={onUndo && (() => onUndo(id))} />}
        </>
      }
    />
  );
}

interface MessageMenuProps {
  readonly message: Message;
  readonly onQuote: ((text: string) => void) | null;
}

function MessageMenu({ message, onQuote }: MessageMenuProps) {
  const t = useTranslations('desk.thread');
  const mayRaw = useStaffCan('mailroom.raw');
  const [raw, setRaw] = useState(false);
  const { text, mail } = message;
  const copy = async (copied: string, said: string) => {
    try {
      await navigator.clipboard.writeText(copied);
      toast({ text: said });
    } catch {
      // Without a clipboard the text can be selected.
    }
  };
  return (
    <>
      <Menu
        label={t('actions')}
        trigger={(trigger) => <IconButton small icon={Ellipsis} label={t('actions')} {...trigger} />}
      >
        {onQuote && <MenuItem onSelect={() => onQuote(text)}>{t('quote')}</MenuItem>}
        <MenuItem onSelect={() => void copy(text, t('copied'))}>{t('copyText')}</MenuItem>
        <MenuItem
          onSelect={() => void copy(`${location.origin}${location.pathname}#message-${message.id}`, t('copied'))}
        >
          {t('copyLink')}
        </MenuItem>
        {mail !== null && mayRaw && <MenuItem onSelect={() => setRaw(true)}>{t('raw')}</MenuItem>}
      </Menu>
      {mail !== null && <RawMailDialog mail={mail} open={raw} onClose={() => setRaw(false)} />}
    </>
  );
}
