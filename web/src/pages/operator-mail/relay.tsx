import type { Answer } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { TextLink } from '../../navigation.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts, FactsSkeleton } from '../../ui/facts.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';

const everyMs = 10_000;

/** How mail fares: where it goes, what waits, what went wrong last. */
export function Relay() {
  const t = useTranslations('siteSettings.mail');
  const relay = useRead('/admin/v1/mail/relay', {}, { everyMs });
  return (
    <Card title={t('relay')}>
      <Loaded reading={relay} skeleton={<FactsSkeleton count={4} />}>
        {(data) => <RelayState relay={data} />}
      </Loaded>
    </Card>
  );
}

function RelayState({ relay }: { readonly relay: Answer<'/admin/v1/mail/relay'> }) {
  const t = useTranslations('siteSettings.mail');
  const tShared = useTranslations('operator');
  const { last_sent_at: sent, last_error: error } = relay;
  const facts = [
    { id: 'waiting', label: t('waiting'), value: <Numbers value={relay.waiting} /> },
    { id: 'failed', label: t('failedDay'), value: <Numbers value={relay.failed_last_day} /> },
    {
      id: 'sent',
      label: t('lastSent'),
      value: sent === null ? tShared('never') : <Time at={sent} show="relative" focusable />,
    },
    {
      id: 'error',
      label: t('lastError'),
      value: error === null ? tShared('none') : <Time at={error.at} show="relative" focusable />,
    },
  ];
  return (
    <div className="grid gap-4">
      {relay.configured ? (
        <p>
          {t('relayTo', { address: relay.address ?? '', from: relay.from })}{' '}
          {relay.tls !== null && <span className="text-soft">{t(`relayTls.${relay.tls}`)}</span>}
        </p>
      ) : (
        <Banner
          tone="warn"
          actions={
            <a className="link" href="/docs/operate/mail">
              {t('relayGuide')}
            </a>
          }
        >
          <p>{t('relayMissing')}</p>
          <p className="text-soft">{t('relayMissingDo')}</p>
        </Banner>
      )}
      <Facts facts={facts} />
      {error !== null && (
        <Banner
          tone="danger"
          actions={
            <TextLink to="/operator/mail/$mail" params={{ mail: error.mail }}>
              {t('showMail')}
            </TextLink>
          }
        >
          {error.message}
        </Banner>
      )}
    </div>
  );
}
