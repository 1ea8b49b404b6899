import { z } from 'zod';
import { type Route, route } from '../../http/index.ts';
import { alwaysOpen, checkCalendar, checkTargets, due, type priorities } from '../../targets/index.ts';
import { only } from '../problems.ts';
import { time } from '../shapes.ts';
import { calendarFields, targetsShape } from './route-targets.ts';

const dueShape = z.object({
  first_response_at: time.nullable().describe('Null: best effort.'),
  next_response_at: time.nullable().describe('Had the customer written then.'),
  resolution_at: time.nullable(),
});

/** What a calendar and targets would make of a ticket, saved or not. */
export function previewRoute(): Route {
  return route({
    method: 'POST',
    path: '/admin/v1/target-policies/preview',
    summary: 'Say when a ticket would be due that comes at a time',
    access: 'staff:tickets.read',
    body: z.object({
      opened_at: time,
      calendar: z.object(calendarFields).nullable().describe('As it would be; null: around the clock.'),
      targets: targetsShape,
    }),
    responses: { 200: z.object({ low: dueShape, normal: dueShape, high: dueShape, urgent: dueShape }) },
    problems: only('calendar_invalid', 'targets_invalid'),
    async handle(_context, { body }) {
      const calendar = body.calendar === null ? alwaysOpen : checkCalendar({ id: 'preview', ...body.calendar });
      const targets = checkTargets(body.targets);
      const fromMs = Date.parse(body.opened_at);
      const at = (workMs: number | null) =>
        workMs === null ? null : new Date(due(calendar, fromMs, workMs)).toISOString();
      const dueOf = (priority: (typeof priorities)[number]) => ({
        first_response_at: at(targets[priority].firstResponseMs),
        next_response_at: at(targets[priority].nextResponseMs),
        resolution_at: at(targets[priority].resolutionMs),
      });
      return {
        status: 200,
        body: { low: dueOf('low'), normal: dueOf('normal'), high: dueOf('high'), urgent: dueOf('urgent') },
      };
    },
  });
}
