import { BookOpen, ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Site } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { TextLink } from '../../navigation.tsx';
import { useSite } from '../../site.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';

type Contact = Site['contact'][number];

/** Where else the site can be reached, as its operator has set it. */
export function ContactCard() {
  const t = useTranslations('help.contact');
  const { site } = useSite();
  const { id: language } = useLanguage();
  if (site === undefined) {
    return (
      <Card title={t('title')} description={t('text')}>
        <Skeleton className="h-40 w-full" />
      </Card>
    );
  }
  const isListed = site.contact.some(({ value }) => value === site.support_address);
  return (
    <Card title={t('title')} description={t('text')}>
      <dl className="grid gap-3">
        {!isListed && (
          <Row label={t('support')}>
            <Reach kind="email" value={site.support_address} />
          </Row>
        )}
        {site.contact.map((contact) => (
          <Row key={`${contact.kind} ${contact.value}`} label={nameOf(contact, language)}>
            <Reach {...contact} />
            <span className="flex flex-wrap gap-1">
              {contact.topics.map((topic) => (
                <Badge key={topic}>{t(`topics.${topic}`)}</Badge>
              ))}
            </span>
          </Row>
        ))}
        <Row label={t('keyLeak')}>
          <TextLink to="/report-key">{t('report')}</TextLink>
        </Row>
      </dl>
      <p className="mt-3 text-[0.8125rem] text-soft">{t('securityText')}</p>
    </Card>
  );
}

function nameOf({ label }: Contact, language: 'en' | 'zh'): string {
  return label[language] || label.en || label.zh;
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-[0.8125rem] text-soft">{label}</dt>
      <dd className="grid min-w-0 gap-1 break-words">{children}</dd>
    </div>
  );
}

const schemes: Readonly<Record<string, string>> = { email: 'mailto:', phone: 'tel:', link: '' };

/** A name in a chat leads nowhere: it is copied. */
function Reach({ kind, value }: Pick<Contact, 'kind' | 'value'>) {
  const scheme = schemes[kind];
  if (scheme === undefined) {
    return (
      <span className="inline-flex items-center gap-1">
        {value} <CopyButton small text={value} />
      </span>
    );
  }
  return (
    <span>
      <a className="link break-all" href={scheme + value}>
        {value.replace(/^https?:\/\//, '')}
      </a>
    </span>
  );
}

const pages = ['support', 'faq', 'troubleshooting', 'errors'] as const;

/** The documentation's own pages about help. */
export function ReadCard() {
  const t = useTranslations('help.read');
  return (
    <Card title={t('title')}>
      <ul className="grid gap-2.5">
        {pages.map((page) => (
          <li key={page} className="flex gap-2.5">
            <BookOpen aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-soft" />
            <span className="grid min-w-0">
              <a className="link inline-flex items-center gap-1" href={`/docs/${page}`} target="_blank" rel="noopener">
                {t(page)}
                <ExternalLink aria-hidden="true" className="size-3.5" />
              </a>
              <span className="text-[0.8125rem] text-soft">{t(`${page}Text`)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
