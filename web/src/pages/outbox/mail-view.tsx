import { ArrowLeft, ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { useRead } from '../../api/queries.ts';
import { TextLink } from '../../navigation.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { consoleLink, pieces } from './links.ts';
import type { OutboxMail } from './mail-list.tsx';

export function MailView({ mail: { id, subject, recipient, created_at } }: { readonly mail: OutboxMail }) {
  const t = useTranslations('outbox');
  const reading = useRead('/control/v1/outbox/{mail}', { params: { mail: id } });
  const [view, setView] = useState<'html' | 'text'>('html');
  const link = consoleLink(reading.data?.text ?? '');
  return (
    <article className="grid gap-4 px-5 py-4">
      <p className="md:hidden">
        <TextLink to="/outbox" className="inline-flex items-center gap-1.5">
          <ArrowLeft aria-hidden="true" className="size-3.5" />
          {t('back')}
        </TextLink>
      </p>
      <header>
        <h2 className="text-base font-semibold">{subject}</h2>
        <p className="flex flex-wrap gap-x-4 text-[0.8125rem] text-soft">
          <span className="break-all">{t('from', { recipient })}</span>
          <Time at={created_at} />
        </p>
      </header>
      {link !== null && (
        <p>
          <a href={link} className={buttonLook('primary')}>
            <ExternalLink aria-hidden="true" className="size-4" />
            {t('open')}
          </a>
        </p>
      )}
      <Tabs
        label={t('views.label')}
        value={view}
        onChange={setView}
        tabs={[
          {
            id: 'html',
            label: t('views.html'),
            content: (
              // What the site itself sends runs nothing and loads nothing; its answer says so again.
              <iframe
                title={t('frame')}
                src={`/control/v1/outbox/${encodeURIComponent(id)}/html`}
                sandbox="allow-popups allow-popups-to-escape-sandbox"
                className="h-120 w-full rounded-xl border border-line bg-white"
              />
            ),
          },
          {
            id: 'text',
            label: t('views.text'),
            content: (
              <Loaded reading={reading} skeleton={<Skeleton className="h-120 w-full rounded-xl" />}>
                {({ text }) => <PlainText text={text} />}
              </Loaded>
            ),
          },
        ]}
      />
    </article>
  );
}

function PlainText({ text }: { readonly text: string }) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="h-120 overflow-y-auto rounded-xl border border-line bg-sunk px-4 py-3 font-mono text-[0.8125rem] whitespace-pre-wrap break-words"
    >
      {pieces(text).map(({ at, text: piece, href }) =>
        href === null ? (
          piece
        ) : (
          <a key={at} href={href} className="link break-all" target="_blank" rel="noreferrer">
            {piece}
          </a>
        ),
      )}
    </pre>
  );
}
