import { z } from 'zod';
import type { StaffRole } from '../base/permissions.ts';
import { type Route, route } from '../http/index.ts';
import { resetByStaff, setAccountState } from './accounts-admin.ts';
import { actingProblems, startActing } from './acting.ts';
import type { Core } from './core.ts';
import { emailField, idField } from './shapes.ts';
import { listStaff, setStaffRole, staffProblems } from './staff.ts';

const roleField = z.enum(['admin', 'support', 'sales', 'read-only'] satisfies [StaffRole, ...StaffRole[]]);
const reasonField = z
  .string()
  .trim()
  .min(3, 'say why; it stands in the audit log')
  .max(500, 'must have at most 500 characters');
const accountParams = z.object({ account: idField });
const staffSchema = z.object({
  account: z.object({ id: z.string(), email: z.string(), name: z.string() }),
  role: roleField,
  state: z.enum(['active', 'disabled']),
  two_factor: z.boolean(),
  last_sign_in_at: z.iso.datetime().nullable(),
});

export function staffRoutes(core: Core): readonly Route[] {
  return [...roleRoutes(core), ...accountRoutes(core)];
}

function roleRoutes(core: Core): Route[] {
  const { account_not_found, last_admin } = staffProblems;
  return [
    route({
      method: 'GET',
      path: '/admin/v1/staff',
      summary: 'List the staff',
      access: 'staff:staff.write',
      responses: { 200: z.object({ data: z.array(staffSchema) }) },
      async handle() {
        const data = (await listStaff(core)).map(({ id, email, name, role, state, twoFactor, lastSignInAt }) => ({
          account: { id, email, name },
          role,
          state,
          two_factor: twoFactor,
          last_sign_in_at: lastSignInAt?.toISOString() ?? null,
        }));
        return { status: 200, body: { data } };
      },
    }),
    route({
      method: 'POST',
      path: '/admin/v1/staff',
      summary: 'Make an account one of staff',
      access: 'staff:staff.write',
      body: z.object({ email: emailField, role: roleField }),
      responses: { 204: null },
      problems: staffProblems,
      async handle({ actor }, { body }) {
        await setStaffRole(core, actor, { email: body.email }, body.role);
        return { status: 204, body: null };
      },
    }),
    route({
      method: 'PATCH',
      path: '/admin/v1/staff/{account}',
      summary: 'Change the role of one of staff',
      access: 'staff:staff.write',
      params: accountParams,
      body: z.object({ role: roleField }),
      responses: { 204: null },
      problems: staffProblems,
      async handle({ actor }, { params, body }) {
        await setStaffRole(core, actor, { id: params.account }, body.role);
        return { status: 204, body: null };
      },
    }),
    route({
      method: 'DELETE',
      path: '/admin/v1/staff/{account}',
      summary: 'Make one of staff a customer again',
      access: 'staff:staff.write',
      params: accountParams,
      responses: { 204: null },
      problems: { account_not_found, last_admin },
      async handle({ actor }, { params }) {
        await setStaffRole(core, actor, { id: params.account }, null);
        return { status: 204, body: null };
      },
    }),
  ];
}

function accountRoutes(core: Core): Route[] {
  const { account_not_found, last_admin } = staffProblems;
  const move = (verb: 'disable' | 'enable', summary: string): Route =>
    route({
      method: 'POST',
      path: `/admin/v1/accounts/{account}/${verb}`,
      summary,
      access: 'staff:customers.write',
      params: accountParams,
      body: z.object({ reason: reasonField }),
      responses: { 204: null },
      problems: { account_not_found, last_admin },
      async handle(context, { params, body }) {
        const state = verb === 'disable' ? 'disabled' : 'active';
        await setAccountState(core, context, params.account, state, body.reason);
        return { status: 204, body: null };
      },
    });
  return [
    move('disable', 'Disable an account; its sessions end at once'),
    move('enable', 'Enable an account again'),
    route({
      method: 'POST',
      path: '/admin/v1/accounts/{account}/reset-password',
      summary: 'Send an account the mail to set a new password',
      access: 'staff:customers.write',
      params: accountParams,
      body: z.object({
        one_time: z.boolean().default(false).describe('Set a one-time password instead; with the admin token only.'),
      }),
      responses: { 200: z.object({ password: z.string().nullable().describe('Null: a mail was sent.') }) },
      problems: { account_not_found, admin_token_needed: 403 },
      handle: async (context, { params, body }) => ({
        status: 200,
        body: { password: await resetByStaff(core, context, params.account, body.one_time) },
      }),
    }),
    route({
      method: 'POST',
      path: '/admin/v1/accounts/{account}/act',
      summary: 'Look at the console with a customer’s eyes, for an hour, without changing anything',
      access: 'staff:customers.act',
      params: accountParams,
      body: z.object({ reason: reasonField }),
      responses: { 200: z.object({ until: z.iso.datetime() }) },
      problems: actingProblems,
      async handle(context, { params, body }) {
        const until = await startActing(core, context, params.account, body.reason);
        return { status: 200, body: { until: until.toISOString() } };
      },
    }),
  ];
}
