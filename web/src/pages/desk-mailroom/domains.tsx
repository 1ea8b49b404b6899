import { Globe, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { type Answer, api } from '../../api/client.ts';
import { type ApiProblem, asProblem } from '../../api/problem.ts';
import { useRead } from '../../api/queries.ts';
import type { Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useTranslations } from '../../words/use-translations.ts';

type Domain = Answer<'/admin/v1/mail/domains'>['data'][number];
type Finding = Answer<'/admin/v1/mail/domains/{domain}/check', 'post'>['records'][number];
type Published = Domain['records'][number];

const tones: Readonly<Record<Finding['state'], Tone>> = {
  right: 'good',
  missing: 'bad',
  different: 'warn',
  several: 'bad',
  unanswered: 'neutral',
};

/** The DNS records that prove the site's mail, to copy, and whether they are published. */
export function Domains() {
  const t = useTranslations('deskSettings.mailroom');
  const reading = useRead('/admin/v1/mail/domains', {});
  return (
    <Loaded reading={reading} skeleton={<Skeleton className="h-80 w-full" />}>
      {({ data }) =>
        data.length === 0 ? (
          <Card>
            <EmptyState icon={Globe} title={t('noDomains')} text={t('noDomainsText')} />
          </Card>
        ) : (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
            {data.map((domain) => (
              <DomainCard key={domain.domain} domain={domain} />
            ))}
          </div>
        )
      }
    </Loaded>
  );
}

function DomainCard({ domain: { domain, records } }: { readonly domain: Domain }) {
  const t = useTranslations('deskSettings.mailroom');
  const [findings, setFindings] = useState<readonly Finding[] | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const check = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await api.post('/admin/v1/mail/domains/{domain}/check', { params: { domain } });
      setFindings(answer.records);
    } catch (error) {
      setProblem(asProblem(error));
    }
    setBusy(false);
  };
  return (
    <Card
      title={domain}
      description={t('domainText')}
      actions={
        <Button small icon={RefreshCw} busy={busy} onClick={() => void check()}>
          {t('check')}
        </Button>
      }
    >
      <div className="grid gap-5" aria-live="polite">
        <ProblemMessage problem={problem} />
        {(findings ?? records).map((record) => (
          <RecordView key={`${record.purpose} ${record.name}`} record={record} />
        ))}
      </div>
    </Card>
  );
}

function RecordView({ record }: { readonly record: Published | Finding }) {
  const t = useTranslations('deskSettings.mailroom');
  const { purpose, name, value } = record;
  const finding = 'state' in record ? record : null;
  return (
    <section aria-label={t(`records.${purpose}`)} className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h3 className="font-medium">{t(`records.${purpose}`)}</h3>
        {finding && <StatusDot tone={tones[finding.state]}>{t(`dns.${finding.state}`)}</StatusDot>}
      </div>
      <p className="text-[0.8125rem] text-soft">{t(`recordTexts.${purpose}`)}</p>
      <dl className="grid gap-px overflow-hidden rounded-xl border border-line bg-line text-[0.8125rem]">
        <Line label={t('recordName')} text={name} copy={t('copyName')} />
        <Line label="TXT" text={value} copy={t('copyValue')} />
      </dl>
      {finding && finding.state !== 'right' && finding.found.length > 0 && (
        <div className="grid gap-1 text-[0.8125rem]">
          <p className="text-soft">{t('found')}</p>
          {finding.found.map((found) => (
            <code key={found} className="font-mono text-xs break-all text-warn">
              {found}
            </code>
          ))}
        </div>
      )}
    </section>
  );
}

function Line({ label, text, copy }: { readonly label: string; readonly text: string; readonly copy: string }) {
  return (
    <div className="flex items-center gap-3 bg-sunk py-1 pr-1 pl-3.5">
      <dt className="w-12 shrink-0 text-soft">{label}</dt>
      <dd className="flex min-w-0 grow items-center justify-between gap-2">
        <code className="min-w-0 font-mono text-xs break-all">{text}</code>
        <CopyButton small text={text} label={copy} />
      </dd>
    </div>
  );
}
