import { addressOf } from '../../api/client.ts';
import { useLanguage } from '../../language.tsx';
import { useTranslations } from '../../words/use-translations.ts';

/** The mail as it was sent, in a frame that runs nothing and loads nothing from elsewhere. */
export function MessageHtml({ ticket, message }: { readonly ticket: string; readonly message: string }) {
  const t = useTranslations('tickets.message');
  const { id: lang } = useLanguage();
  return (
    <iframe
      title={t('htmlFrame')}
      src={addressOf('/admin/v1/tickets/{ticket}/messages/{message}/html', { ticket, message }, { lang })}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      className="h-96 w-full resize-y overflow-auto rounded-xl border border-line bg-card"
    />
  );
}
