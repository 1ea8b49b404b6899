import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Site } from '../api/schema.ts';
import { useLanguage } from '../language.tsx';
import { useSite } from '../site.ts';
import { usePageTitle } from '../ui/page-title.ts';
import { StatusDot } from '../ui/status-dot.tsx';
import { useTranslations } from '../words/use-translations.ts';
import { Brand } from './brand.tsx';
import { LanguageMenu, ThemeMenu } from './preferences.tsx';

/** The frame for people who are not signed in: a card in the middle, mostly a FrontCard. */
export function Front() {
  const t = useTranslations('shell');
  const { site } = useSite();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between gap-4 px-4 py-3 sm:px-6">
        <Brand />
        <div className="flex items-center">
          <LanguageMenu />
          <ThemeMenu />
        </div>
      </header>
      <main className="grid grow place-items-center px-4 py-6">
        <Outlet />
      </main>
      <footer className="flex flex-wrap items-center justify-center gap-x-6 gap-y-1 px-4 py-5 text-[0.8125rem] text-soft">
        <Reachable />
        {site?.contact.map((contact) => (
          <Contact key={`${contact.kind} ${contact.value}`} contact={contact} />
        ))}
        {site?.legal.terms_url && <FooterLink href={site.legal.terms_url}>{t('terms')}</FooterLink>}
        {site?.legal.privacy_url && <FooterLink href={site.legal.privacy_url}>{t('privacy')}</FooterLink>}
      </footer>
    </div>
  );
}

interface FrontCardProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** Below the card: another way in. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** What a page of the front frame consists of. */
export function FrontCard({ title, description, footer, children }: FrontCardProps) {
  const heading = usePageTitle(title);
  return (
    <div className="w-full max-w-104">
      <div className="rounded-2xl border border-line bg-card px-6 py-7 shadow-lift sm:px-8">
        <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold">
          {title}
        </h1>
        {description && <div className="mt-1.5 text-soft">{description}</div>}
        <div className="mt-6">{children}</div>
      </div>
      {footer && <div className="mt-4 text-center text-soft">{footer}</div>}
    </div>
  );
}

const schemes: Readonly<Record<string, string>> = { email: 'mailto:', phone: 'tel:', link: '' };

function Contact({ contact: { kind, label, value } }: { readonly contact: Site['contact'][number] }) {
  const { id } = useLanguage();
  const scheme = schemes[kind];
  return (
    <span>
      {label[id] || label.en || label.zh}:{' '}
      {scheme === undefined ? (
        value
      ) : (
        <FooterLink href={scheme + value}>{value.replace(/^https?:\/\//, '')}</FooterLink>
      )}
    </span>
  );
}

function FooterLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a className="link" href={href}>
      {children}
    </a>
  );
}

/** The site's own answer is the proof: it comes from the process that runs the gateway. */
function Reachable() {
  const t = useTranslations('shell');
  const { site, error } = useSite();
  if (site) return <StatusDot tone="good">{t('gatewayReachable', { region: site.region })}</StatusDot>;
  return error ? <StatusDot tone="bad">{t('gatewayUnreachable')}</StatusDot> : <span className="h-5" />;
}
