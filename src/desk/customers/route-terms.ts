import { z } from 'zod';
import { type Route, route } from '../../http/index.ts';
import { due } from '../../targets/index.ts';
import type { DeskParts } from '../parts.ts';
import { time, timeText } from '../shapes.ts';
import { freezeTarget, readTermsBook } from '../store/index.ts';
import { categories } from './json.ts';
import { queueOf } from './write.ts';

const termsShape = z
  .object({
    plan: z.enum(['starter', 'pro', 'enterprise']),
    first_response_ms: z.int().nullable().describe('Work time to a person’s first reply; null: best effort.'),
    due_at: time.nullable().describe('What that is for a ticket that is opened now.'),
    calendar: z
      .object({ name: z.string(), time_zone: z.string() })
      .nullable()
      .describe('What work time is; null: around the clock.'),
  })
  .meta({ id: 'SupportTerms' });

/** What an organization is promised, before it writes. */
export function termsRoute({ pool, clock }: Pick<DeskParts, 'pool' | 'clock'>): Route {
  return route({
    method: 'GET',
    path: '/control/v1/organizations/{organization}/support-terms',
    summary: 'Show when support answers a ticket of ordinary priority',
    access: 'organization:organization.read',
    params: z.object({ organization: z.string() }),
    query: z.object({ category: z.enum(categories).default('question') }),
    responses: { 200: termsShape },
    async handle({ organizationId }, { query }) {
      const frozen = await freezeTarget(pool, { organizationId, queue: queueOf[query.category] });
      const book = await readTermsBook(pool);
      const policy = book.policyOf(frozen.policyId, frozen.policyVersion);
      const calendarId = frozen.calendarId ?? policy.calendarId;
      const calendar = book.calendarOf(calendarId);
      const { firstResponseMs } = policy.targets.normal;
      const body = {
        plan: frozen.plan,
        first_response_ms: firstResponseMs,
        due_at: timeText(firstResponseMs === null ? null : due(calendar, clock.now(), firstResponseMs)),
        calendar: calendarId === null ? null : { name: calendar.name, time_zone: calendar.timeZone },
      };
      return { status: 200, body };
    },
  });
}
