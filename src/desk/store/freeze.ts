import type { Db, FrozenTarget, Queue, SupportPlan } from './ticket.ts';

/** The policy of reports of vulnerabilities: the same for anyone, customer or not. */
export const vulnerabilityPolicyId = 'vulnerability';

/** What an organization is promised today, for a ticket to keep. Without a plan of its own it has the Starter plan's. */
export async function freezeTarget(
  db: Db,
  place: { readonly organizationId: string | null; readonly queue: Queue },
): Promise<FrozenTarget> {
  const { rows } = await db.query<{ plan: SupportPlan; policy_id: string | null; calendar_id: string | null }>(
    'select plan, policy_id, calendar_id from support_plans where organization_id = $1',
    [place.organizationId],
  );
  const { plan, policy_id, calendar_id } = rows[0] ?? { plan: 'starter' as const, policy_id: null, calendar_id: null };
  const restricted = place.queue === 'vulnerability';
  const policyId = restricted ? vulnerabilityPolicyId : (policy_id ?? plan);
  const newest = await db.query<{ version: number }>(
    'select version from target_policies where id = $1 order by version desc limit 1',
    [policyId],
  );
  const policyVersion = newest.rows[0]?.version ?? 1;
  return { plan, policyId, policyVersion, calendarId: restricted ? null : calendar_id };
}
