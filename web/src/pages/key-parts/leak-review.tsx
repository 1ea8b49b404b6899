import { LifeBuoy, Mail } from 'lucide-react';
import type { KeyLeak } from '../../api/schema.ts';
import { TextLink, useGo } from '../../navigation.tsx';
import { useSite } from '../../site.ts';
import { Banner } from '../../ui/banner.tsx';
import { BarList } from '../../ui/bar-list.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Money } from '../../ui/money.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { handText } from '../ticket-parts/handed-text.ts';

type Newest = NonNullable<KeyLeak['usage']['newest']>[number];

/** What was done with a leaked key lately, and the text that support needs to look into it. */
export function LeakReview({ report, onDone }: { readonly report: KeyLeak; readonly onDone: () => void }) {
  const t = useTranslations('keys.leak');
  const go = useGo();
  const { usage, key, support_text } = report;
  const ask = () => {
    handText(support_text);
    onDone();
    void go({ to: '/help/tickets/new', search: { topic: 'leak', key: key.prefix } });
  };
  return (
    <div className="grid gap-5">
      {usage.requests === null || usage.spent_usd === null ? (
        <Banner>{t('hidden')}</Banner>
      ) : (
        <p>
          {t.rich('sums', {
            requests: usage.requests,
            since: () => <Time at={usage.since} show="date" />,
            spent: () => <Money amount={usage.spent_usd ?? '0'} className="font-semibold" />,
          })}
        </p>
      )}
      {usage.models && usage.models.length > 0 && (
        <BarList
          label={t('models')}
          items={usage.models.map(({ model, requests, spent_usd }) => ({
            id: model,
            label: <code className="font-mono text-xs">{model}</code>,
            size: Number(spent_usd),
            value: (
              <>
                <Numbers value={requests} /> · <Money amount={spent_usd} />
              </>
            ),
          }))}
        />
      )}
      {usage.newest && usage.newest.length > 0 && <NewestRequests newest={usage.newest} prefix={key.prefix} />}
      <div className="grid gap-2">
        <p className="font-medium">{t('support')}</p>
        <p className="text-soft">{t('supportText')}</p>
        <CodeBlock title={t('supportTitle')} code={support_text} wrap className="[&_pre]:max-h-48" />
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <SupportLink prefix={key.prefix} text={support_text} />
        <Button icon={LifeBuoy} onClick={ask}>
          {t('ask')}
        </Button>
        <Button variant="primary" onClick={onDone}>
          {t('done')}
        </Button>
      </div>
    </div>
  );
}

function NewestRequests({ newest, prefix }: { readonly newest: readonly Newest[]; readonly prefix: string }) {
  const t = useTranslations('keys.leak');
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <p className="font-medium">{t('newest')}</p>
        <TextLink to="/requests" search={{ key: prefix }} className="text-[0.8125rem]">
          {t('allRequests')}
        </TextLink>
      </div>
      <div className="max-h-72 overflow-y-auto rounded-xl border border-line">
        <DataTable
          label={t('newest')}
          rows={newest}
          rowKey={({ request_id }) => request_id}
          rowLink={({ request_id }) => ({ to: '/requests/$id', params: { id: request_id } })}
          columns={[
            { id: 'at', header: t('at'), cell: ({ received_at }) => <Time at={received_at} show="second" /> },
            {
              id: 'model',
              header: t('model'),
              cell: ({ model }) => <code className="font-mono text-xs">{model || '–'}</code>,
            },
            { id: 'tool', header: t('tool'), cell: ({ tool }) => tool ?? '–' },
            { id: 'status', header: t('status'), cell: ({ status, code }) => code ?? status ?? '–' },
            { id: 'spent', header: t('spent'), end: true, cell: ({ spent_usd }) => <Money amount={spent_usd} /> },
          ]}
        />
      </div>
    </div>
  );
}

function SupportLink({ prefix, text }: { readonly prefix: string; readonly text: string }) {
  const t = useTranslations('keys.leak');
  const { site } = useSite();
  const address = site?.key_leak_address;
  if (!address) return null;
  const subject = `vulnerability: key ${prefix}… leaked`;
  return (
    <a
      className={buttonLook()}
      href={`mailto:${address}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`}
    >
      <Mail aria-hidden="true" className="size-4" />
      {t('write', { address })}
    </a>
  );
}
