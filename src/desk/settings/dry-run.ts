import type { DeskParts } from '../parts.ts';
import { decideRoute, type Route, type RoutingFacts, type RoutingRule, readRules } from '../routing/index.ts';
import { ticketName } from '../store/index.ts';

interface OpeningRow {
  readonly number: bigint;
  readonly ticket_subject: string;
  readonly subject: string;
  readonly body: string;
  readonly address: string;
  readonly verified: boolean;
  readonly automatic: string | null;
  readonly organization_id: string | null;
  readonly plan: RoutingFacts['plan'];
  readonly mailbox: RoutingFacts['mailbox'];
  readonly opened_at: Date;
}

/**
 * What rules would have made of the last tickets that came from outside, beside what the rules of today make of them.
 * Nothing is changed.
 */
export async function dryRun(
  { pool, readSigns }: DeskParts,
  rules: readonly RoutingRule[],
  { count, security }: { readonly count: number; readonly security: boolean },
) {
  const today = (await readRules(pool)).filter(({ enabled }) => enabled);
  const { rows } = await pool.query<OpeningRow>(
    `select t.number, t.subject as ticket_subject, m.subject, m.body, t.requester_address as address, t.verified,
       m.automatic, t.organization_id, b.purpose as mailbox, t.opened_at,
       case when t.organization_id is null then null else coalesce(p.plan, 'starter') end as plan
       from (select * from tickets where came_by in ('mail', 'console', 'api') and ($2 or queue <> 'vulnerability')
              order by number desc limit $1) t
       join lateral (select subject, body, automatic from ticket_messages where ticket_number = t.number and kind = 'in'
              order by at, id limit 1) m on true
       left join mailboxes b on b.id = t.mailbox_id
       left join support_plans p on p.organization_id = t.organization_id
      order by t.number desc`,
    [count, security],
  );
  return rows.map((row) => {
    const report = { subject: row.subject, text: row.body, attachedTexts: [], receivedAtMs: row.opened_at.getTime() };
    const facts: RoutingFacts = {
      ...readSigns(report),
      subject: row.subject,
      text: row.body,
      address: row.address,
      organizationId: row.organization_id,
      plan: row.plan,
      mailbox: row.mailbox,
      verified: row.verified,
      automatic: row.automatic !== null,
    };
    const [before, after] = [outcomeOf(decideRoute(facts, today)), outcomeOf(decideRoute(facts, rules))];
    const differs = JSON.stringify(before) !== JSON.stringify(after);
    return { ticket: ticketName(row.number), subject: row.ticket_subject, before, after, differs };
  });
}

function outcomeOf({ queue, priority, tags, ruleId }: Route) {
  return { queue, priority, tags: [...tags], rule: ruleId };
}
