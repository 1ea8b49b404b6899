import { Download, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged, useRead } from '../../api/queries.ts';
import { TextLink } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type Fact, Facts, FactsSkeleton } from '../../ui/facts.tsx';
import { IdText } from '../../ui/id-text.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { RawMailDialog } from '../desk-ticket/raw-mail.tsx';
import { type IncomingMail, mailTones } from './mail-state.ts';

const path = '/admin/v1/mailroom/mails/{mail}';

/** How one mail came in and how far it is; nothing of what it says. */
export function MailDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useTranslations('deskSettings.mailroom');
  const reading = useRead(path, { params: { mail: id } });
  const { data } = reading;
  return (
    <Dialog
      open
      onClose={onClose}
      size="medium"
      title={t('mailTitle')}
      footer={data && <Actions mail={data} onClose={onClose} />}
    >
      <Loaded reading={reading} skeleton={<FactsSkeleton count={8} columns={2} />}>
        {(mail) => (
          <div className="grid gap-4">
            {mail.state === 'quarantined' && <Quarantine mail={mail} />}
            <MailFacts mail={mail} />
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}

function Quarantine({ mail }: { readonly mail: IncomingMail }) {
  const t = useTranslations('deskSettings.mailroom');
  return (
    <Banner tone="warn" title={t('quarantineTitle')}>
      <p>{mail.last_error ?? t('noWords')}</p>
      <p className="text-soft">
        {t.rich('quarantineCode', {
          code: () => <code className="font-mono text-[0.8125rem]">{mail.quarantine_code ?? '–'}</code>,
        })}
      </p>
    </Banner>
  );
}

function MailFacts({ mail }: { readonly mail: IncomingMail }) {
  const t = useTranslations('deskSettings.mailroom');
  const { number } = useFormats();
  const facts: Fact[] = [
    {
      id: 'state',
      label: t('state'),
      value: <StatusDot tone={mailTones[mail.state]}>{t(`states.${mail.state}`)}</StatusDot>,
    },
    {
      id: 'ticket',
      label: t('ticket'),
      value: mail.ticket ? (
        <TextLink to="/desk/$ticket" params={{ ticket: mail.ticket }}>
          {mail.ticket}
        </TextLink>
      ) : (
        '–'
      ),
    },
    { id: 'from', label: t('from'), value: mail.from ?? t('unknownSender') },
    { id: 'to', label: t('to'), value: mail.to.join(', ') || '–' },
    { id: 'mailbox', label: t('mailbox'), value: mail.mailbox?.address ?? '–' },
    { id: 'by', label: t('cameBy'), value: t(`ways1.${mail.came_by}`) },
    { id: 'ip', label: t('ip'), value: mail.ip_address ?? '–' },
    { id: 'at', label: t('at'), value: <Time at={mail.received_at} show="second" focusable /> },
    { id: 'size', label: t('size'), value: t('bytes', { size: number(mail.size) }) },
    { id: 'attempts', label: t('attempts'), value: mail.attempts },
    ...(mail.next_attempt_at
      ? [{ id: 'next', label: t('nextAttempt'), value: <Time at={mail.next_attempt_at} show="second" focusable /> }]
      : []),
    { id: 'repeats', label: t('repeats'), value: mail.repeats },
    { id: 'message', label: t('messageId'), value: <IdText id={mail.message_id} label={t('copyMessageId')} /> },
  ];
  return (
    <>
      <Facts facts={facts} columns={2} />
      {mail.state !== 'quarantined' && mail.last_error !== null && <Banner tone="danger">{mail.last_error}</Banner>}
      {!mail.raw_kept && <p className="text-[0.8125rem] text-soft">{t('rawGone')}</p>}
    </>
  );
}

function Actions({ mail, onClose }: { readonly mail: IncomingMail; readonly onClose: () => void }) {
  const t = useTranslations('deskSettings.mailroom');
  const changed = useChanged();
  const mayWrite = useStaffCan('mail.write');
  const mayRaw = useStaffCan('mailroom.raw') && mail.raw_kept;
  const [asking, setAsking] = useState<'again' | 'discard' | 'raw' | null>(null);
  const held = mail.state === 'quarantined' && mayWrite;
  const close = () => setAsking(null);
  const reread = () => changed(path, '/admin/v1/mailroom/mails', '/admin/v1/mailroom');
  if (!mayRaw && !held) return null;
  return (
    <>
      {mayRaw && (
        <Button icon={Download} onClick={() => setAsking('raw')}>
          {t('raw')}
        </Button>
      )}
      {held && <Button onClick={() => setAsking('discard')}>{t('discard')}</Button>}
      {held && (
        <Button variant="primary" icon={RotateCw} disabled={!mail.raw_kept} onClick={() => setAsking('again')}>
          {t('runAgain')}
        </Button>
      )}
      <RawMailDialog mail={mail.id} open={asking === 'raw'} onClose={close} />
      <ConfirmDialog
        open={asking === 'again'}
        onClose={close}
        title={t('runAgainTitle')}
        consequences={[t('runAgainEffects.step'), t('runAgainEffects.back')]}
        action={t('runAgain')}
        onConfirm={async () => {
          await api.post('/admin/v1/mailroom/mails/{mail}/run-again', { params: { mail: mail.id } });
          toast({ text: t('ranAgain') });
          await reread();
        }}
      />
      <ConfirmDialog
        open={asking === 'discard'}
        onClose={close}
        title={t('discardTitle')}
        consequences={[t('discardEffects.never'), t('discardEffects.kept')]}
        action={t('discard')}
        danger
        onConfirm={async () => {
          await api.post('/admin/v1/mailroom/mails/{mail}/discard', { params: { mail: mail.id } });
          toast({ text: t('discarded') });
          await reread();
          onClose();
        }}
      />
    </>
  );
}
