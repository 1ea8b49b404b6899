import { Send } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from 'use-intl';
import { type Answer, api } from '../../api/client.ts';
import { useChanged, useRead } from '../../api/queries.ts';
import { TextLink, useParam } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { type Fact, Facts, FactsSkeleton } from '../../ui/facts.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { mailTones } from '../operator-mail/index.tsx';
import { BackLink } from '../operator-parts/back-link.tsx';
import { MailText } from './mail-text.tsx';

type Content = Answer<'/admin/v1/mail/{mail}'>;

/** One mail: how it fared, and what it says. */
export function Page() {
  const t = useTranslations('siteSettings.mail');
  const mail = useParam('mail');
  const reading = useRead('/admin/v1/mail/{mail}', { params: { mail } });
  const { data, error } = reading;
  return (
    <>
      <PageHeader
        title={data?.subject ?? mail}
        back={<BackLink to="/operator/mail">{t('back')}</BackLink>}
        badge={data && <Badge tone={mailTones[data.state]}>{t(`states.${data.state}`)}</Badge>}
        actions={data && <Retry mail={data} />}
      />
      {error && !data ? (
        <Card>
          <ErrorState error={error} onRetry={reading.retry} />
        </Card>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          {data?.last_error && data.state !== 'sent' && (
            <Banner tone="danger" title={t('lastError')}>
              <p>{data.last_error.message}</p>
              <p className="text-soft">
                <Time at={data.last_error.at} focusable />
              </p>
            </Banner>
          )}
          <Card>{data ? <MailFacts mail={data} /> : <FactsSkeleton count={8} />}</Card>
          {data ? <MailText mail={data} /> : <Skeleton className="h-96 w-full" />}
        </div>
      )}
    </>
  );
}

function MailFacts({ mail }: { readonly mail: Content }) {
  const t = useTranslations('siteSettings.mail');
  const tLocales = useTranslations('customers.locales');
  const { siteSettings } = useMessages();
  const words: Readonly<Record<string, string>> = siteSettings.mail.kinds;
  const time = (id: string, label: string, at: string | null): Fact[] =>
    at === null ? [] : [{ id, label, value: <Time at={at} show="second" focusable /> }];
  const facts: Fact[] = [
    {
      id: 'recipient',
      label: t('recipientColumn'),
      value:
        mail.account_id === null ? (
          mail.recipient
        ) : (
          <TextLink to="/operator/accounts/$account" params={{ account: mail.account_id }}>
            {mail.recipient}
          </TextLink>
        ),
    },
    { id: 'kind', label: t('kind'), value: words[mail.kind] ?? mail.kind },
    { id: 'language', label: t('language'), value: tLocales(mail.locale) },
    { id: 'attempts', label: t('attempts'), value: mail.attempts },
    ...time('created', t('createdAt'), mail.created_at),
    ...time('sent', t('sentAt'), mail.sent_at),
    ...time('next', t('nextAt'), mail.next_attempt_at),
    ...time('expires', t('expiresAt'), mail.expires_at),
    {
      id: 'message',
      label: t('messageId'),
      value: <code className="font-mono text-[0.8125rem] break-all">{mail.message_id}</code>,
    },
  ];
  return <Facts facts={facts} />;
}

function Retry({ mail }: { readonly mail: Content }) {
  const t = useTranslations('siteSettings.mail');
  const changed = useChanged();
  const mayWrite = useStaffCan('mail.write');
  const relay = useRead('/admin/v1/mail/relay', {}).data;
  const [asking, setAsking] = useState(false);
  const email = mail.recipient;
  const expired = mail.expires_at !== null && Date.parse(mail.expires_at) <= Date.now();
  // One that is on its way, has no text any more, or a link that is worth nothing, cannot be sent again.
  if (!mayWrite || !relay?.configured || mail.text === null || mail.state === 'sending' || expired) return null;
  return (
    <>
      <Button icon={Send} onClick={() => setAsking(true)}>
        {t('retry')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('retryTitle', { email })}
        description={t('retryText')}
        action={t('retry')}
        onConfirm={async () => {
          await api.post('/admin/v1/mail/{mail}/retry', { params: { mail: mail.id } });
          toast({ text: t('retried', { email }) });
          await changed('/admin/v1/mail', '/admin/v1/mail/{mail}', '/admin/v1/mail/relay');
        }}
      />
    </>
  );
}
