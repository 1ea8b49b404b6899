import { z } from 'zod';
import { appendAudit, changedMembers } from '../../audit/index.ts';
import { AppError } from '../../base/errors.ts';
import { inTransaction } from '../../db/index.ts';
import { type Route, route } from '../../http/index.ts';
import { isMailAddress } from '../../mail/index.ts';
import type { DeskParts } from '../parts.ts';
import { only } from '../problems.ts';
import { idText, text } from '../shapes.ts';
import { type Db, readCalendars, readPolicies } from '../store/index.ts';

const path = '/admin/v1/customers/{organization}/support-plan';
const byCustomer = z.object({ organization: z.string().max(100) });
export const planName = z.enum(['starter', 'pro', 'enterprise']);

export const planShape = z
  .object({
    plan: planName,
    policy: z.string().nullable().describe('Null: that of the plan.'),
    calendar: z.string().nullable().describe('In place of the policy’s own.'),
    address: z.string().nullable().describe('Its own address for mail.'),
  })
  .meta({ id: 'SupportPlan' });

interface PlanRow {
  readonly plan: z.output<typeof planName>;
  readonly policy_id: string | null;
  readonly calendar_id: string | null;
  readonly address: string | null;
}

const starter: PlanRow = { plan: 'starter', policy_id: null, calendar_id: null, address: null };

/** What customers are promised. Tickets that have begun keep what they have. */
export function planRoutes({ pool }: DeskParts): Route[] {
  return [
    route({
      method: 'GET',
      path,
      summary: 'Show what a customer is promised of support',
      access: 'staff:tickets.read',
      params: byCustomer,
      responses: { 200: planShape },
      problems: only('customer_not_found'),
      handle: async (_context, { params }) => ({
        status: 200,
        body: bodyOf(await readPlan(pool, params.organization)),
      }),
    }),
    route({
      method: 'PUT',
      path,
      summary: 'Set what a customer is promised of support, from its next ticket on',
      access: 'staff:desk.write',
      params: byCustomer,
      body: z.object({
        plan: planName,
        policy: idText.nullable().default(null),
        calendar: idText.nullable().default(null),
        address: text(254).nullable().default(null),
      }),
      responses: { 200: planShape },
      problems: only(
        'customer_not_found',
        'policy_not_found',
        'calendar_not_found',
        'mail_recipient_invalid',
        'support_address_taken',
      ),
      async handle({ actor }, { params: { organization: id }, body }) {
        const address = body.address?.toLowerCase() ?? null;
        const after: PlanRow = { plan: body.plan, policy_id: body.policy, calendar_id: body.calendar, address };
        await inTransaction(pool, async (client) => {
          const before = await readPlan(client, id);
          await refuseUnknown(client, id, after);
          await client.query(
            `insert into support_plans (organization_id, plan, policy_id, calendar_id, address)
               values ($1, $2, $3, $4, $5)
             on conflict (organization_id) do update set plan = excluded.plan, policy_id = excluded.policy_id,
               calendar_id = excluded.calendar_id, address = excluded.address, updated_at = now()`,
            [id, after.plan, after.policy_id, after.calendar_id, after.address],
          );
          await appendAudit(client, actor, {
            action: 'customer.support_plan_changed',
            organizationId: id,
            subject: { kind: 'organization', id },
            ...changedMembers({ ...before }, { ...after }),
          });
        });
        return { status: 200, body: bodyOf(after) };
      },
    }),
  ];
}

async function readPlan(db: Db, organizationId: string): Promise<PlanRow> {
  const found = await db.query('select 1 from organizations where id = $1', [organizationId]);
  if (found.rowCount === 0) throw new AppError('customer_not_found', 'There is no such customer.');
  const { rows } = await db.query<PlanRow>(
    'select plan, policy_id, calendar_id, address from support_plans where organization_id = $1',
    [organizationId],
  );
  return rows[0] ?? starter;
}

async function refuseUnknown(db: Db, organizationId: string, plan: PlanRow): Promise<void> {
  const { policy_id: policyId, calendar_id: calendarId, address } = plan;
  if (policyId !== null && !(await readPolicies(db)).some(({ id }) => id === policyId)) {
    throw new AppError('policy_not_found', 'There is no such policy.');
  }
  if (calendarId !== null && !(await readCalendars(db)).some(({ id }) => id === calendarId)) {
    throw new AppError('calendar_not_found', 'There is no such calendar.');
  }
  if (address === null) return;
  if (!isMailAddress(address)) throw new AppError('mail_recipient_invalid', `${address} is no mail address.`);
  const { rowCount } = await db.query('select 1 from support_plans where address = $1 and organization_id <> $2', [
    address,
    organizationId,
  ]);
  if (rowCount !== 0) throw new AppError('support_address_taken', 'Another customer has this address.');
}

function bodyOf({ plan, policy_id: policy, calendar_id: calendar, address }: PlanRow) {
  return { plan, policy, calendar, address };
}
