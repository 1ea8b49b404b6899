import { ShieldAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { addressOf } from '../../api/client.ts';
import { useLanguage } from '../../language.tsx';
import { Link } from '../../navigation.tsx';
import { useCan, useSession } from '../../session.tsx';
import { MessageCard } from '../../tickets/message-card.tsx';
import type { TicketFile } from '../../tickets/types.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import type { en } from '../../words/en/index.ts';
import { useTranslations } from '../../words/use-translations.ts';
import {
  attachmentPath,
  type CustomerMessage,
  type CustomerTicketPage,
  type Door,
  htmlPath,
} from '../ticket-parts/door.ts';
import { entriesOf } from './entries.ts';

interface ThreadProps {
  readonly ticket: CustomerTicketPage;
  readonly door: Door;
}

type Told = keyof typeof en.myTickets.ticket.history;

/** All that was said, and between it what became of the ticket. */
export function Thread({ ticket, door }: ThreadProps) {
  const t = useTranslations('myTickets.ticket');
  const id = useId();
  const history = useTranslations('myTickets.ticket.history');
  return (
    <section aria-labelledby={id} className="grid min-w-0 gap-3">
      <h2 id={id} className="sr-only">
        {t('thread')}
      </h2>
      {entriesOf(ticket).map((entry) =>
        entry.is === 'message' ? (
          <Message key={entry.message.id} message={entry.message} ticket={ticket.id} door={door} />
        ) : (
          history.has(entry.kind) && (
            <p key={`${entry.kind} ${entry.at}`} className="text-center text-xs text-soft">
              {history(entry.kind as Told)} · <Time at={entry.at} show="relative" />
            </p>
          )
        ),
      )}
    </section>
  );
}

interface MessageProps {
  readonly message: CustomerMessage;
  readonly ticket: string;
  readonly door: Door;
}

function Message({ message, ticket, door }: MessageProps) {
  const t = useTranslations('myTickets.ticket');
  const tMessage = useTranslations('tickets.message');
  const { account } = useSession();
  const { id: lang } = useLanguage();
  const [asSent, setAsSent] = useState(false);
  const { role, address } = message.author;
  const isOwn = role === 'customer' && address.toLowerCase() === account.email.toLowerCase();
  const href = (file: TicketFile, inline: boolean) =>
    addressOf(
      attachmentPath(door),
      { organization: door ?? '-', ticket, attachment: file.id },
      inline ? { inline: '1' } : {},
    );
  const roles = { customer: t('customer'), support: t('support'), program: t('program') } as const;
  return (
    <MessageCard
      message={message}
      isOwn={isOwn}
      role={roles[role]}
      requestPage="/requests/$id"
      fileHref={(file) => href(file, false)}
      imageHref={(file) => href(file, true)}
      actions={
        message.has_html && (
          <Button small variant="ghost" onClick={() => setAsSent(!asSent)}>
            {tMessage(asSent ? 'htmlHide' : 'html')}
          </Button>
        )
      }
      body={
        asSent ? (
          <iframe
            title={tMessage('htmlFrame')}
            src={addressOf(htmlPath(door), { organization: door ?? '-', ticket, message: message.id }, { lang })}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            className="h-96 w-full resize-y overflow-auto rounded-xl border border-line bg-card"
          />
        ) : undefined
      }
      footer={isOwn && message.redacted > 0 && <Redacted count={message.redacted} />}
    />
  );
}

/** What was taken out of one's own words may be known to others by now. */
function Redacted({ count }: { readonly count: number }) {
  const t = useTranslations('myTickets.ticket');
  const mayReplace = useCan('keys.write');
  return (
    <Banner
      tone="warn"
      className="mt-3"
      actions={
        mayReplace && (
          <Link to="/keys" className={buttonLook('secondary', true)}>
            <ShieldAlert aria-hidden="true" className="size-4" />
            {t('replaceKey')}
          </Link>
        )
      }
    >
      {t('redacted', { count })}
    </Banner>
  );
}
