import { ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, TextLink } from '../../navigation.tsx';
import { useCan, useStaffCan } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Duration } from '../../ui/duration.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Time } from '../../ui/time.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ChannelName } from './channel-name.tsx';
import type { RequestView } from './view.ts';

/** Everything that is kept of the call; what is not known is left out. */
export function FactsCard({ view }: { readonly view: RequestView }) {
  const t = useTranslations('request.facts');
  const tool = [view.client_tool, view.client_version].filter(Boolean).join(' ');
  const { mode } = view;
  const isMode = mode === 'sync' || mode === 'stream' || mode === 'async';
  return (
    <Card title={t('title')}>
      <dl className="grid gap-x-6 gap-y-4 sm:grid-cols-[repeat(auto-fill,minmax(12rem,1fr))]">
        <Fact name={t('received')}>
          <Time at={view.received_at} show="second" focusable />
        </Fact>
        <Fact name={t('endpoint')}>
          <code className="font-mono text-[0.8125rem]">
            {view.method} {view.endpoint}
          </code>
        </Fact>
        <Fact name={t('key')}>{view.key_prefix && <KeyFact view={view} />}</Fact>
        <Fact name={t('project')}>
          {view.project_id && (
            <Narrowed view={view} filter="project" value={view.project_id} what={t('project')}>
              {view.project_name ?? view.project_id}
            </Narrowed>
          )}
        </Fact>
        <Fact name={t('group')}>{view.group_name ?? view.group_id}</Fact>
        <Fact name={t('vendor')}>{view.vendor}</Fact>
        <Fact name={t('modelAsked')}>
          {view.model_asked && (
            <Narrowed view={view} filter="model" value={view.model_asked} what={t('modelAsked')}>
              <code className="font-mono text-[0.8125rem]">{view.model_asked}</code>
            </Narrowed>
          )}
        </Fact>
        <Fact name={t('modelRouted')}>{view.model_routed !== view.model_asked && view.model_routed}</Fact>
        <Fact name={t('modelServed')}>{view.model_served}</Fact>
        <Fact name={t('tool')}>
          {view.client_tool && (
            <Narrowed view={view} filter="tool" value={view.client_tool} what={t('tool')}>
              {tool}
            </Narrowed>
          )}
        </Fact>
        <Fact name={t('wire')}>{view.wire}</Fact>
        <Fact name={t('mode')}>{isMode ? t(`modes.${mode}`) : mode}</Fact>
        <Fact name={t('status')}>{view.status}</Fact>
        <Fact name={t('upstreamStatus')}>{view.staff?.upstreamStatus ?? view.upstream_status}</Fact>
        <Fact name={t('firstToken')}>
          {mode === 'stream' && view.first_token_ms !== null && <Duration ms={view.first_token_ms} />}
        </Fact>
        <Fact name={t('duration')}>{view.duration_ms !== null && <Duration ms={view.duration_ms} />}</Fact>
        <Fact name={t('size')}>
          {t.rich('bytes', {
            sent: () => <Numbers value={view.bytes_in} />,
            received: () => <Numbers value={view.bytes_out} />,
          })}
        </Fact>
        <Fact name={t('region')}>{view.region}</Fact>
        <Fact name={t('responseId')}>
          {view.vendor_response_id && <code className="font-mono text-xs break-all">{view.vendor_response_id}</code>}
        </Fact>
      </dl>
    </Card>
  );
}

/** What staff know besides. */
export function StaffCard({ view }: { readonly view: RequestView }) {
  const t = useTranslations('request');
  const mayCustomers = useStaffCan('customers.read');
  const { staff } = view;
  if (staff === null) return null;
  const { organizationId, organizationName } = staff;
  return (
    <Card title={t('staff.title')}>
      <dl className="grid gap-x-6 gap-y-4 sm:grid-cols-[repeat(auto-fill,minmax(12rem,1fr))]">
        <Fact name={t('facts.organization')}>
          {organizationId === null ? (
            t('staff.unowned')
          ) : mayCustomers ? (
            <TextLink to="/operator/customers/$organization" params={{ organization: organizationId }}>
              {organizationName}
            </TextLink>
          ) : (
            organizationName
          )}
        </Fact>
        <Fact name={t('facts.channel')}>{staff.channelId && <ChannelName id={staff.channelId} />}</Fact>
        <Fact name={t('facts.node')}>{staff.node}</Fact>
        <Fact name={t('facts.applied')}>
          <Time at={staff.appliedAt} show="second" focusable />
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (children === null || children === undefined || children === false || children === '') return null;
  return (
    <div className="min-w-0">
      <dt className="text-xs text-soft">{name}</dt>
      <dd className="mt-0.5 break-words">{children}</dd>
    </div>
  );
}

function KeyFact({ view }: { readonly view: RequestView }) {
  const t = useTranslations('request.facts');
  const mayKeys = useCan('keys.read');
  const prefix = <code className="font-mono text-[0.8125rem] whitespace-nowrap">{view.key_prefix}…</code>;
  const { key_id: key, key_name: name } = view;
  if (key === null || view.isForeign) return prefix;
  return (
    <Narrowed view={view} filter="key" value={key} what={t('key')}>
      {mayKeys ? (
        <TextLink to="/keys/$key" params={{ key }}>
          {name ?? view.key_prefix}
        </TextLink>
      ) : (
        name
      )}{' '}
      {name !== null && <span className="text-soft">{prefix}</span>}
    </Narrowed>
  );
}

interface NarrowedProps {
  readonly view: RequestView;
  readonly filter: 'key' | 'project' | 'model' | 'tool';
  readonly value: string;
  readonly what: string;
  readonly children: ReactNode;
}

/** A fact with a way to the other calls that share it. */
function Narrowed({ view, filter, value, what, children }: NarrowedProps) {
  const t = useTranslations('request.facts');
  if (view.isForeign) return children;
  const label = t('showAll', { what });
  return (
    <>
      {children}{' '}
      <Tooltip text={label} describes={false}>
        <Link
          to="/requests"
          search={{ [filter]: value }}
          aria-label={label}
          className="inline-grid size-6 place-items-center rounded-md align-middle text-soft hover:bg-sunk hover:text-ink"
        >
          <ListFilter aria-hidden="true" className="size-3.5" />
        </Link>
      </Tooltip>
    </>
  );
}
