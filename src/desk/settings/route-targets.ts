import type pg from 'pg';
import { z } from 'zod';
import { appendAudit } from '../../audit/index.ts';
import { AppError } from '../../base/errors.ts';
import { inTransaction } from '../../db/index.ts';
import { type Route, route } from '../../http/index.ts';
import {
  type Calendar,
  calendarJson,
  checkCalendar,
  checkTargets,
  type Policy,
  targetsJson,
} from '../../targets/index.ts';
import type { DeskParts } from '../parts.ts';
import { only } from '../problems.ts';
import { idText, text } from '../shapes.ts';
import { readCalendars, readPolicies, reckonTargets } from '../store/index.ts';
import { insertPolicy } from './defaults.ts';

const calendarsPath = '/admin/v1/calendars';
const policiesPath = '/admin/v1/target-policies';
const calendarsMax = 100;
const versionsMax = 500;

const slug = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'must be 1 to 64 small letters, digits, "-" or "_"');
const range = z.strictObject({ from: z.string().max(5), to: z.string().max(5) });
const day = z.array(range).max(20).optional();
const week = z.strictObject({
  monday: day,
  tuesday: day,
  wednesday: day,
  thursday: day,
  friday: day,
  saturday: day,
  sunday: day,
});
export const calendarFields = {
  name: text(100),
  time_zone: text(64).describe('Of the IANA database, such as "Europe/Paris".'),
  week: week.describe('Local times; a day that is missing is closed.'),
  exceptions: z
    .array(z.strictObject({ date: z.string().max(10), name: text(100), ranges: z.array(range).max(20) }))
    .max(1_000)
    .default([])
    .describe('Dates on which it is otherwise; without ranges: closed.'),
};
const calendarShape = z.object({ id: z.string(), ...calendarFields }).meta({ id: 'Calendar' });

const duration = z.int().nullable().describe('Milliseconds of work time; null: best effort.');
const targets = z.strictObject({ first_response_ms: duration, next_response_ms: duration, resolution_ms: duration });
export const targetsShape = z.strictObject({ low: targets, normal: targets, high: targets, urgent: targets });
const policyShape = z
  .object({
    id: z.string(),
    version: z.int(),
    name: z.string(),
    calendar: z.string().nullable().describe('Null: around the clock.'),
    targets: targetsShape,
  })
  .meta({ id: 'TargetPolicy' });

/** Calendars, and what is promised. A policy is never changed: a new version takes its place for new tickets. */
export function targetRoutes(parts: DeskParts): Route[] {
  return [listCalendars(parts), putCalendar(parts), deleteCalendar(parts), listPolicies(parts), addVersion(parts)];
}

function listCalendars({ pool }: DeskParts): Route {
  return route({
    method: 'GET',
    path: calendarsPath,
    summary: 'List the calendars',
    access: 'staff:tickets.read',
    responses: { 200: z.object({ data: z.array(calendarShape) }) },
    handle: async () => ({ status: 200, body: { data: (await readCalendars(pool)).map(calendarBody) } }),
  });
}

function putCalendar(parts: DeskParts): Route {
  return route({
    method: 'PUT',
    path: `${calendarsPath}/{calendar}`,
    summary: 'Make or change a calendar; due times of open tickets follow',
    access: 'staff:desk.write',
    params: z.object({ calendar: slug }),
    body: z.object(calendarFields),
    responses: { 200: calendarShape },
    problems: only('calendar_invalid', 'desk_limit_reached'),
    async handle({ actor }, { params, body }) {
      const calendar = checkCalendar({ id: params.calendar, ...body });
      await inTransaction(parts.pool, async (client) => {
        const known = await readCalendars(client);
        const before = known.find(({ id }) => id === calendar.id) ?? null;
        if (before === null && known.length >= calendarsMax) {
          throw new AppError('desk_limit_reached', `There are ${calendarsMax} calendars already.`);
        }
        await saveCalendar(client, calendar);
        await appendAudit(client, actor, {
          action: before === null ? 'calendar.created' : 'calendar.changed',
          organizationId: null,
          subject: { kind: 'calendar', id: calendar.id, name: calendar.name },
          before: before && calendarBody(before),
          after: calendarBody(calendar),
        });
        await reckonOpen(client, parts.clock.now());
      });
      return { status: 200, body: calendarBody(calendar) };
    },
  });
}

async function saveCalendar(client: pg.ClientBase, calendar: Calendar): Promise<void> {
  const { id, name, time_zone, week: days, exceptions } = calendarJson(calendar);
  await client.query(
    `insert into calendars (id, name, time_zone, week, exceptions) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set name = excluded.name, time_zone = excluded.time_zone, week = excluded.week,
       exceptions = excluded.exceptions, updated_at = now()`,
    [id, name, time_zone, JSON.stringify(days), JSON.stringify(exceptions)],
  );
}

/** Tickets with a running clock: those that are not done with, a few thousand at most. */
async function reckonOpen(client: pg.ClientBase, nowMs: number): Promise<void> {
  const { rows } = await client.query<{ number: bigint }>(
    `select number from tickets where state in ('open', 'waiting') and merged_into is null
       and target->>'policyId' <> 'starter' order by number limit 5000`,
  );
  for (const { number } of rows) await reckonTargets(client, number, nowMs);
}

function deleteCalendar({ pool }: DeskParts): Route {
  return route({
    method: 'DELETE',
    path: `${calendarsPath}/{calendar}`,
    summary: 'Delete a calendar that nothing is counted by',
    access: 'staff:desk.write',
    params: z.object({ calendar: idText }),
    responses: { 204: null },
    problems: only('calendar_not_found', 'calendar_in_use'),
    async handle({ actor }, { params: { calendar: id } }) {
      await inTransaction(pool, async (client) => {
        const before = (await readCalendars(client)).find((each) => each.id === id);
        if (before === undefined) throw new AppError('calendar_not_found', 'There is no such calendar.');
        const { rows } = await client.query<{ used: boolean }>(
          `select exists (select 1 from target_policies where calendar_id = $1)
             or exists (select 1 from support_plans where calendar_id = $1)
             or exists (select 1 from tickets where target->>'calendarId' = $1) as used`,
          [id],
        );
        if (rows[0]?.used) {
          const message = 'Policies, plans or tickets are counted by this calendar; change it instead.';
          throw new AppError('calendar_in_use', message);
        }
        await client.query('delete from calendars where id = $1', [id]);
        const subject = { kind: 'calendar', id, name: before.name };
        const entry = { action: 'calendar.deleted', organizationId: null, subject, before: calendarBody(before) };
        await appendAudit(client, actor, entry);
      });
      return { status: 204, body: null };
    },
  });
}

function listPolicies({ pool }: DeskParts): Route {
  return route({
    method: 'GET',
    path: policiesPath,
    summary: 'List the policies of response targets with all versions, the newest first',
    access: 'staff:tickets.read',
    responses: { 200: z.object({ data: z.array(policyShape) }) },
    handle: async () => ({ status: 200, body: { data: (await readPolicies(pool)).map(policyBody) } }),
  });
}

function addVersion({ pool }: DeskParts): Route {
  return route({
    method: 'POST',
    path: `${policiesPath}/{policy}/versions`,
    summary: 'Add a version of a policy, for tickets that begin from now on',
    access: 'staff:desk.write',
    params: z.object({ policy: slug }),
    body: z.object({ name: text(100), calendar: idText.nullable(), targets: targetsShape }),
    responses: { 201: policyShape },
    problems: only('targets_invalid', 'calendar_not_found', 'desk_limit_reached'),
    async handle({ actor }, { params, body }) {
      const policy = await inTransaction(pool, async (client) => {
        await client.query('lock table target_policies in share row exclusive mode');
        const versions = await readPolicies(client);
        if (versions.length >= versionsMax) {
          throw new AppError('desk_limit_reached', `There are ${versionsMax} versions of policies already.`);
        }
        const calendars = await readCalendars(client);
        if (body.calendar !== null && !calendars.some(({ id }) => id === body.calendar)) {
          throw new AppError('calendar_not_found', 'There is no such calendar.');
        }
        const before = versions.find(({ id }) => id === params.policy) ?? null;
        const added: Policy = {
          id: params.policy,
          version: (before?.version ?? 0) + 1,
          name: body.name,
          calendarId: body.calendar,
          targets: checkTargets(body.targets),
        };
        await insertPolicy(client, added);
        await appendAudit(client, actor, {
          action: 'target_policy.version_added',
          organizationId: null,
          subject: { kind: 'target_policy', id: added.id, name: added.name },
          before: before && policyBody(before),
          after: policyBody(added),
        });
        return added;
      });
      return { status: 201, body: policyBody(policy) };
    },
  });
}

function calendarBody(calendar: Calendar): z.input<typeof calendarShape> {
  const { week: days, exceptions, ...rest } = calendarJson(calendar);
  const ranges = (list: readonly { readonly from: string; readonly to: string }[]) => list.map((each) => ({ ...each }));
  return {
    ...rest,
    week: Object.fromEntries(Object.entries(days).map(([name, list]) => [name, ranges(list)])),
    exceptions: exceptions.map((each) => ({ ...each, ranges: ranges(each.ranges) })),
  };
}

function policyBody({ id, version, name, calendarId, targets: by }: Policy): z.input<typeof policyShape> {
  return { id, version, name, calendar: calendarId, targets: targetsJson(by) };
}
