import { CircleCheck, CircleMinus, CircleX, FileText } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from 'use-intl';
import type { Reading } from '../../api/queries.ts';
import { TextLink } from '../../navigation.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Money } from '../../ui/money.tsx';
import { SkeletonText } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { OutcomeBadge } from '../requests/outcome.tsx';
import { AnswerDialog } from './answer-dialog.tsx';
import { type SideFact, SideFacts } from './side-facts.tsx';
import type { Beside } from './types.ts';

interface BesideProps {
  readonly ticket: string;
  /** Null: the viewer may not see requests. */
  readonly beside: Reading<Beside> | null;
  /** Goes on with a text in the reply; null: the viewer may not write. */
  readonly onUse: ((text: string) => void) | null;
}

type Named = Beside['requests'][number];

/** The calls that the ticket names: what happened to each, and whether the sender may be told. */
export function RequestsCard({ ticket, beside, onUse }: BesideProps) {
  const t = useTranslations('desk.side');
  const [answering, setAnswering] = useState(false);
  if (beside === null) {
    return (
      <Card title={t('requests')}>
        <p className="text-soft">{t('mayNotSee')}</p>
      </Card>
    );
  }
  const { data, error, retry } = beside;
  if (data === undefined) {
    return (
      <Card title={t('requests')}>
        {error === null ? <SkeletonText lines={10} /> : <ErrorState error={error} onRetry={retry} />}
      </Card>
    );
  }
  const { requests, mistyped } = data;
  return (
    <Card title={t('requests')}>
      {requests.length === 0 && <p className="text-soft">{t('noRequests')}</p>}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {requests.map((one) => (
          <li key={one.id}>
            <NamedRequest one={one} />
          </li>
        ))}
      </ul>
      {requests.length > 0 && onUse && (
        <>
          <Button small icon={FileText} onClick={() => setAnswering(true)} className="mt-4">
            {t('answer.make')}
          </Button>
          <AnswerDialog ticket={ticket} open={answering} onClose={() => setAnswering(false)} onUse={onUse} />
        </>
      )}
      {mistyped.length > 0 && (
        <div className="mt-4">
          <h3 className="text-[0.8125rem] font-medium">{t('mistyped')}</h3>
          <p className="text-xs text-soft">{t('mistypedText')}</p>
          <ul className="mt-1">
            {mistyped.map((id) => (
              <li key={id} className="font-mono text-xs break-all">
                {id}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  );
}

function NamedRequest({ one }: { readonly one: Named }) {
  const t = useTranslations('desk.side');
  const { id, request } = one;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <div className="-my-1 flex items-center gap-1">
        <code className="min-w-0 font-mono text-xs break-all">{id}</code>
        <CopyButton small text={id} />
      </div>
      {request === null ? (
        <p className="text-soft">{t('noRecord')}</p>
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-2">
            <OutcomeBadge outcome={request.outcome} status={request.status} />
            <span className="text-xs text-soft">
              <Time at={request.received_at} show="relative" focusable />
            </span>
          </div>
          <RequestFacts request={request} />
          {request.explanation.length > 0 && (
            <p className="text-[0.8125rem]">{request.explanation[1] ?? request.explanation[0]}</p>
          )}
        </>
      )}
      <Telling one={one} />
      <TextLink to="/operator/requests/$id" params={{ id }} className="justify-self-start text-[0.8125rem]">
        {t('explain')}
      </TextLink>
    </div>
  );
}

function RequestFacts({ request }: { readonly request: NonNullable<Named['request']> }) {
  const t = useTranslations('desk.side');
  const { request: words } = useMessages();
  const limitKinds: Readonly<Record<string, string>> = words.limit.kinds;
  const modes: Readonly<Record<string, string>> = words.facts.modes;
  const { limit, error_code: code, attempts, charge, upstream_status: upstream } = request;
  const isLimited = limit !== null && limit.used >= limit.limit && /limit/.test(code ?? '');
  const facts: readonly SideFact[] = [
    [t('model'), request.model_asked ?? request.model_routed ?? request.endpoint],
    [t('mode'), modes[request.mode] ?? request.mode],
    ...(code === null
      ? []
      : [
          [
            t('kinds.error_code'),
            <code key="code" className="font-mono text-xs">
              {code}
            </code>,
          ] as const,
        ]),
    [t('limitState'), isLimited ? t('limitHit', { limit: limitKinds[limit.kind] ?? limit.kind }) : t('limitOk')],
    [t('vendorStatus'), upstream ?? '–'],
    [t('attempts'), attempts.length],
    [t('charged'), <Money key="money" amount={charge.actual_cost_usd} />],
    ...(request.organization_name === null ? [] : [[t('of'), request.organization_name] as const]),
  ];
  return <SideFacts facts={facts} />;
}

/** Whether the sender may be told, and why not. */
function Telling({ one: { told, withheld } }: { readonly one: Named }) {
  const t = useTranslations('desk.side');
  const { desk } = useMessages();
  const reasons: Readonly<Record<string, string>> = desk.side.why;
  const Icon = told ? CircleCheck : withheld === null ? CircleMinus : CircleX;
  return (
    <Badge
      tone={told ? 'good' : withheld === null ? 'neutral' : 'warn'}
      className="justify-self-start whitespace-normal!"
    >
      <Icon aria-hidden="true" className="size-3 shrink-0" />
      <span>
        {told
          ? t('told')
          : withheld === null
            ? t('notDecided')
            : t('mayNotTell', { why: reasons[withheld] ?? withheld })}
      </span>
    </Badge>
  );
}
