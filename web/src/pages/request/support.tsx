import { LifeBuoy, Mail } from 'lucide-react';
import { Link } from '../../navigation.tsx';
import { useSite } from '../../site.ts';
import { buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { RequestView } from './view.ts';

/** Mail programs cut longer addresses, and some open none at all. */
const maxBodyCharacters = 1_200;

export function SupportCard({ view }: { readonly view: RequestView }) {
  const t = useTranslations('request.support');
  const address = useSupportAddress();
  const { support_text: text } = view;
  if (text === null) return null;
  const body = text.length > maxBodyCharacters ? view.id : text;
  const subject = t('subject', { id: view.id });
  const href = `mailto:${address}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(`\n\n${body}`)}`;
  return (
    <Card title={t('title')}>
      <div className="flex flex-wrap items-center gap-x-8 gap-y-3">
        <p className="min-w-0 grow basis-80 text-soft">{t('text')}</p>
        <div className="flex flex-wrap gap-2">
          <Link to="/help/tickets/new" search={{ request: view.id }} className={buttonLook('primary')}>
            <LifeBuoy aria-hidden="true" className="size-4" />
            {t('ask')}
          </Link>
          <CopyButton wide text={text} label={t('copy')} onCopied={() => toast({ text: t('copied') })} />
          {address && (
            <a href={href} className={buttonLook()}>
              <Mail aria-hidden="true" className="size-4" />
              {t('write')}
            </a>
          )}
        </div>
      </div>
    </Card>
  );
}

/** Where technical questions go; empty while it is not known. */
function useSupportAddress(): string {
  const { site } = useSite();
  if (!site) return '';
  const addresses = site.contact.filter(({ kind }) => kind === 'email');
  const technical = addresses.find(({ topics }) => topics.includes('technical'));
  return (technical ?? addresses[0])?.value ?? site.support_address;
}
