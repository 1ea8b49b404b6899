import { z } from 'zod';
import { decodeCursor, encodeCursor, pageOf, pageQuery, type Route, route } from '../../http/index.ts';
import type { DeskParts } from '../parts.ts';
import { text } from '../shapes.ts';
import { planName, planShape } from './route-plans.ts';

const placeShape = z.tuple([z.string().max(200), z.string().max(100)]);

interface Row {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly plan: z.output<typeof planName>;
  readonly policy_id: string | null;
  readonly calendar_id: string | null;
  readonly address: string | null;
}

/** Every customer with what it is promised, also those of whom nothing was set. */
export function planListRoute({ pool }: Pick<DeskParts, 'pool'>): Route {
  return route({
    method: 'GET',
    path: '/admin/v1/support-plans',
    summary: 'List what customers are promised of support, by name',
    access: 'staff:tickets.read',
    query: z.object({
      ...pageQuery,
      search: text(200).optional().describe('Part of a name, or an id.'),
      plan: planName.optional(),
    }),
    responses: {
      200: pageOf(z.object({ organization: z.object({ id: z.string(), name: z.string() }), ...planShape.shape })),
    },
    async handle(_context, { query: { cursor, limit, search = null, plan = null } }) {
      const after = cursor === undefined ? [null, null] : decodeCursor(cursor, placeShape);
      const { rows } = await pool.query<Row>(
        `select o.id, o.name, lower(o.name) as place, coalesce(p.plan, 'starter') as plan, p.policy_id, p.calendar_id,
           p.address
           from organizations o left join support_plans p on p.organization_id = o.id
          where o.state <> 'deleted' and ($1::text is null or coalesce(p.plan, 'starter') = $1)
            and ($2::text is null or o.id = $2 or position(lower($2) in lower(o.name)) > 0)
            and ($3::text is null or (lower(o.name), o.id) > ($3, $4))
          order by lower(o.name), o.id limit $5`,
        [plan, search, ...after, limit + 1],
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const next = rows.length > page.length && last !== undefined ? encodeCursor([last.place, last.id]) : null;
      const data = page.map(({ id, name, plan: own, policy_id: policy, calendar_id: calendar, address }) => {
        return { organization: { id, name }, plan: own, policy, calendar, address };
      });
      return { status: 200, body: { data, next_cursor: next } };
    },
  });
}
