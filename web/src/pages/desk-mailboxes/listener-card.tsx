import { useRead } from '../../api/queries.ts';
import { useStaffCan } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';

/** Where mail for the site can be delivered, for whoever sets up its mail server. */
export function ListenerCard() {
  const t = useTranslations('deskSettings.mailboxes');
  const mayRead = useStaffCan('mail.read');
  const reading = useRead('/admin/v1/mailroom', {}, { enabled: mayRead });
  if (!mayRead) return null;
  return (
    <Card title={t('listener')} description={t('listenerText')}>
      <Loaded reading={reading} skeleton={<Skeleton className="h-11 w-full" />}>
        {({ port }) => {
          if (port === null) return <Banner>{t('listenerOff')}</Banner>;
          const address = `${window.location.hostname}:${port}`;
          return (
            <div className="grid gap-2">
              <p className="flex flex-wrap items-center gap-2">
                <code className="font-mono">{address}</code>
                <CopyButton small text={address} label={t('copyListener')} />
              </p>
              <p className="text-[0.8125rem] text-soft">
                {t.rich('listenerHow', {
                  code: (chunks) => <code className="font-mono text-xs">{chunks}</code>,
                  port: String(port),
                })}
              </p>
            </div>
          );
        }}
      </Loaded>
    </Card>
  );
}
