import { MailX } from 'lucide-react';
import { useState } from 'react';
import { type Answer, addressOf } from '../../api/client.ts';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useTranslations } from '../../words/use-translations.ts';

/** What a mail says. Its HTML stands in a frame that runs nothing and loads nothing. */
export function MailText({ mail }: { readonly mail: Answer<'/admin/v1/mail/{mail}'> }) {
  const t = useTranslations('siteSettings.mail');
  const [view, setView] = useState<'html' | 'text'>('html');
  if (mail.text === null) {
    return (
      <Card>
        <EmptyState icon={MailX} title={t('gone')} text={t('goneText')} />
      </Card>
    );
  }
  return (
    <Card>
      {mail.links !== 'plain' && (
        <Banner tone={mail.links === 'shown' ? 'warn' : 'info'} className="mb-4">
          {t(mail.links)}
        </Banner>
      )}
      <Tabs
        label={t('views')}
        value={view}
        onChange={setView}
        tabs={[
          {
            id: 'html',
            label: t('asSeen'),
            content: (
              <iframe
                title={mail.subject}
                src={addressOf('/admin/v1/mail/{mail}/html', { mail: mail.id })}
                sandbox="allow-popups allow-popups-to-escape-sandbox"
                className="h-[36rem] w-full rounded-xl border border-line"
              />
            ),
          },
          {
            id: 'text',
            label: t('asText'),
            content: (
              <pre className="font-mono text-[0.8125rem] leading-5 wrap-anywhere whitespace-pre-wrap">{mail.text}</pre>
            ),
          },
        ]}
      />
    </Card>
  );
}
