import { z } from 'zod';
import { type Route, route } from '../../http/index.ts';
import type { DeskParts } from '../parts.ts';
import { rolesFor } from '../telling/index.ts';

const assigneesMax = 500;

/** Whom a ticket can be given to. The list of all staff, with their roles, is for others to see. */
export function assigneeRoutes({ pool }: DeskParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/admin/v1/ticket-assignees',
      summary: 'List the staff that tickets can be assigned to',
      access: 'staff:tickets.read',
      responses: {
        200: z.object({
          data: z.array(
            z.object({
              id: z.string(),
              name: z.string(),
              email: z.string(),
              security: z.boolean().describe('Also reports of vulnerabilities.'),
            }),
          ),
        }),
      },
      async handle() {
        const { rows } = await pool.query<{ id: string; name: string; email: string; security: boolean }>(
          `select id, name, email, staff_role = any($2) as security from accounts
            where state = 'active' and staff_role = any($1) order by lower(name), email limit $3`,
          [rolesFor('general'), rolesFor('vulnerability'), assigneesMax],
        );
        return { status: 200, body: { data: rows } };
      },
    }),
  ];
}
