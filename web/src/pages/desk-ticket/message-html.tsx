import { ImageDown } from 'lucide-react';
import { useState } from 'react';
import { addressOf } from '../../api/client.ts';
import { useLanguage } from '../../language.tsx';
import { Button } from '../../ui/button.tsx';
import { useTranslations } from '../../words/use-translations.ts';

/** The mail as it was sent, in a frame that runs nothing. What lies elsewhere is loaded when it is asked for. */
export function MessageHtml({ ticket, message }: { readonly ticket: string; readonly message: string }) {
  const t = useTranslations('tickets.message');
  const { id: lang } = useLanguage();
  const [images, setImages] = useState(false);
  const query = { lang, ...(images ? { images: '1' } : {}) };
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-xs text-soft">
        <p className="min-w-0 grow basis-60">{t(images ? 'imagesLoaded' : 'imagesHint')}</p>
        {!images && (
          <Button small icon={ImageDown} onClick={() => setImages(true)}>
            {t('images')}
          </Button>
        )}
      </div>
      <iframe
        title={t('htmlFrame')}
        src={addressOf('/admin/v1/tickets/{ticket}/messages/{message}/html', { ticket, message }, query)}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        className="h-96 w-full resize-y overflow-auto rounded-xl border border-line bg-card"
      />
    </>
  );
}
