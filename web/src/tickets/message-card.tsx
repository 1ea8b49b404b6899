import { Bot, LockKeyhole, ShieldAlert, ShieldCheck } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useMessages } from 'use-intl';
import type { PagePath } from '../navigation.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { cx } from '../ui/cx.ts';
import { Time } from '../ui/time.tsx';
import { Tooltip } from '../ui/tooltip.tsx';

import { useTranslations } from '../words/use-translations.ts';
import { FileList } from './file-list.tsx';
import { MessageText } from './message-text.tsx';
import type { ThreadMessage, TicketFile } from './types.ts';

interface MessageCardProps {
  readonly message: ThreadMessage;
  readonly fileHref: (file: TicketFile) => string;
  readonly imageHref?: (file: TicketFile) => string | null;
  readonly requestPage?: PagePath;
  /** What the author is called in place of "Customer" and "Support". */
  readonly role?: string;
  /** The reader wrote it. */
  readonly isOwn?: boolean;
  /** Beside its time: a menu, a checkbox. */
  readonly actions?: ReactNode;
  /** In the place of the text: the mail as it was sent. */
  readonly body?: ReactNode;
  /** Below it: how its mail fares. */
  readonly footer?: ReactNode;
}

const looks: Readonly<Record<ThreadMessage['kind'], string>> = {
  in: 'border-line bg-card',
  out: 'border-line bg-accent-wash',
  note: 'border-dashed border-warn bg-warn-wash',
  automatic: 'border-line bg-sunk',
};

/** One message of a ticket: who, when, what, and what came with it. */
export function MessageCard(props: MessageCardProps) {
  const { message, fileHref, imageHref = () => null, requestPage, role, isOwn = false, actions, body, footer } = props;
  const t = useTranslations('tickets.message');
  const { author, kind, at, cc = [], attachments } = message;
  const name = author.name || author.address || (kind === 'automatic' ? t('program') : t('nobody'));
  const headId = useId();
  return (
    <article
      id={`message-${message.id}`}
      aria-labelledby={headId}
      tabIndex={-1}
      className={cx('min-w-0 scroll-mt-20 rounded-2xl border px-4 py-3', looks[kind])}
    >
      <header className="mb-2 flex items-start gap-2.5">
        {kind === 'automatic' ? (
          <span className="grid size-7 shrink-0 place-items-center rounded-full bg-card text-soft">
            <Bot aria-hidden="true" className="size-4" />
          </span>
        ) : (
          <Avatar name={name} />
        )}
        <div className="min-w-0 grow">
          <h3 id={headId} className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-sm leading-5">
            <span className="min-w-0 font-semibold wrap-anywhere">{name}</span>
            <span className="text-xs font-normal text-soft">
              {role ?? t(`roles.${kind}`)}
              {isOwn && ` (${t('you')})`}
            </span>
            <Marks message={message} />
          </h3>
          <p className="flex flex-wrap gap-x-2 text-xs text-soft">
            <Time at={at} show="relative" focusable />
            {author.address !== undefined && author.address !== '' && author.address !== name && (
              <span className="wrap-anywhere">{author.address}</span>
            )}
            {cc.length > 0 && <span className="wrap-anywhere">{t('copies', { names: cc.join(', ') })}</span>}
          </p>
        </div>
        {actions && <div className="flex shrink-0 items-center">{actions}</div>}
      </header>
      {body ?? (
        <MessageText
          text={message.text}
          quoted={message.quoted}
          {...(requestPage === undefined ? {} : { requestPage })}
        />
      )}
      <FileList files={attachments} href={fileHref} imageHref={imageHref} />
      {footer}
    </article>
  );
}

/** What has to be known before one believes it. */
function Marks({ message }: { readonly message: ThreadMessage }) {
  const t = useTranslations('tickets.message');
  const { tickets } = useMessages();
  const { kind, verified, automatic = null, redacted = 0 } = message;
  const kinds: Readonly<Record<string, string>> = tickets.message.automaticKinds;
  return (
    <>
      {kind === 'note' && (
        <Badge tone="warn">
          <LockKeyhole aria-hidden="true" className="size-3" />
          {t('noteHint')}
        </Badge>
      )}
      {kind === 'in' && verified !== undefined && (
        <Tooltip text={t(verified ? 'verifiedHint' : 'unverifiedHint')}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its explanation opens on focus. */}
          <span tabIndex={0} className="rounded-md">
            <Badge tone={verified ? 'good' : 'warn'}>
              {verified ? (
                <ShieldCheck aria-hidden="true" className="size-3" />
              ) : (
                <ShieldAlert aria-hidden="true" className="size-3" />
              )}
              {t(verified ? 'verified' : 'unverified')}
            </Badge>
          </span>
        </Tooltip>
      )}
      {automatic !== null && <Badge>{kinds[automatic] ?? t('automatic')}</Badge>}
      {redacted > 0 && <Badge>{t('redacted', { count: redacted })}</Badge>}
    </>
  );
}
