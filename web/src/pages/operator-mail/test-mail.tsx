import { Send } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import { useLanguage } from '../../language.tsx';
import { useSession, useStaffCan } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';

/** Sends the reader a mail, to see whether mail gets out. */
export function TestMail() {
  const t = useTranslations('siteSettings.mail');
  const changed = useChanged();
  const { id: locale } = useLanguage();
  const { email } = useSession().account;
  const [asking, setAsking] = useState(false);
  if (!useStaffCan('mail.write')) return null;
  return (
    <>
      <Button icon={Send} onClick={() => setAsking(true)}>
        {t('test')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('testTitle', { email })}
        description={t('testText')}
        action={t('test')}
        onConfirm={async () => {
          await api.post('/admin/v1/mail/test', { body: { locale } });
          toast({ text: t('testSent', { email }) });
          await changed('/admin/v1/mail', '/admin/v1/mail/relay');
        }}
      />
    </>
  );
}
