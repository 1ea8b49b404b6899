import type { Answer } from '../../api/client.ts';
import type { RequestDetail } from '../../api/schema.ts';

export type StaffFacts = Answer<'/admin/v1/requests/{id}'>;

export type Attempt = RequestDetail['attempts'][number] & { readonly channelId: string | null };

/** What only staff are told. */
export interface StaffExtras {
  readonly organizationId: string | null;
  /** Of the organization; its id where it has none any more. */
  readonly organizationName: string | null;
  readonly node: string;
  readonly channelId: string | null;
  readonly upstreamStatus: number | null;
  readonly appliedAt: string;
}

/** A call as the page shows it, whoever looks. */
export interface RequestView extends Omit<RequestDetail, 'support_text' | 'attempts'> {
  /** Null where the viewer is not the owner. */
  readonly support_text: string | null;
  readonly attempts: readonly Attempt[];
  readonly staff: StaffExtras | null;
  /** Seen as staff, from outside of the organization. */
  readonly isForeign: boolean;
}

/** For its owner; with what staff know besides, where the viewer is both. Pure. */
export function ownView(detail: RequestDetail, facts: StaffFacts | null): RequestView {
  const attempts = facts?.attempts.map(staffAttempt) ?? detail.attempts.map((one) => ({ ...one, channelId: null }));
  return { ...detail, attempts, staff: facts && extrasOf(facts), isForeign: false };
}

/** For staff, of somebody else's call. Pure. */
export function foreignView(facts: StaffFacts): RequestView {
  return {
    ...facts,
    fault: facts.fault === 'you' || facts.fault === 'us' || facts.fault === 'vendor' ? facts.fault : null,
    actual_cost_usd: facts.charge.actual_cost_usd,
    project_name: null,
    key_name: null,
    group_name: null,
    support_text: null,
    attempts: facts.attempts.map(staffAttempt),
    staff: extrasOf(facts),
    isForeign: true,
  };
}

function staffAttempt({ channel_id, ...attempt }: StaffFacts['attempts'][number]): Attempt {
  return { ...attempt, channelId: channel_id };
}

function extrasOf(facts: StaffFacts): StaffExtras {
  return {
    organizationId: facts.organization_id,
    organizationName: facts.organization_name ?? facts.organization_id,
    node: facts.node,
    channelId: facts.channel_id,
    upstreamStatus: facts.upstream_status,
    appliedAt: facts.applied_at,
  };
}

export function isRunning({ outcome }: Pick<RequestDetail, 'outcome'>): boolean {
  return outcome === 'open';
}
