import type { ReactNode } from 'react';
import type { Reading } from '../../api/queries.ts';
import { TextLink } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import type { Tone } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { Mailroom } from './figures.tsx';

/** By which ways mail comes in: the listener, and the mailboxes that are read by IMAP. */
export function Ways({ mailroom }: { readonly mailroom: Reading<Mailroom> }) {
  const t = useTranslations('deskSettings.mailroom');
  const mayWrite = useStaffCan('desk.write');
  const { data, error } = mailroom;
  if (error && !data) return null;
  const polled = data?.mailboxes.filter(({ imap, enabled }) => imap !== null && enabled) ?? [];
  return (
    <Card
      title={t('ways')}
      actions={
        mayWrite && (
          <TextLink to="/desk/mailboxes" className="text-[0.8125rem]">
            {t('toMailboxes')}
          </TextLink>
        )
      }
    >
      {data ? (
        <ul className="grid gap-2.5">
          <Way
            tone={data.listening ? 'good' : 'neutral'}
            name={t('listener')}
            state={data.listening ? t('listening', { port: String(data.port) }) : t('notListening')}
          >
            {data.last_received_at &&
              t.rich('lastReceived', {
                time: () => <Time at={data.last_received_at ?? ''} show="relative" focusable />,
              })}
          </Way>
          {polled.map(({ id, address, poll }) => (
            <Way
              key={id}
              tone={poll?.error ? 'bad' : poll?.polled_at ? 'good' : 'info'}
              name={address}
              state={poll?.error ? poll.error.message : t(poll?.polled_at ? 'polls' : 'pollsSoon')}
            >
              {poll?.polled_at &&
                t.rich('lastPoll', { time: () => <Time at={poll.polled_at ?? ''} show="relative" focusable /> })}
            </Way>
          ))}
        </ul>
      ) : (
        <Skeleton className="h-5 w-80" />
      )}
    </Card>
  );
}

interface WayProps {
  readonly tone: Tone;
  readonly name: string;
  readonly state: string;
  readonly children?: ReactNode;
}

function Way({ tone, name, state, children }: WayProps) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
      <span className="min-w-48 font-medium">
        <StatusDot tone={tone}>{name}</StatusDot>
      </span>
      <span className="min-w-0 grow text-soft wrap-anywhere">{state}</span>
      {children && <span className="text-[0.8125rem] text-soft">{children}</span>}
    </li>
  );
}
