import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import { appendAudit, changedMembers } from '../../audit/index.ts';
import { AppError } from '../../base/errors.ts';
import { inTransaction } from '../../db/index.ts';
import { type Route, route } from '../../http/index.ts';
import type { DeskParts } from '../parts.ts';
import { only } from '../problems.ts';
import { byTicket, idText, time } from '../shapes.ts';
import { seenTicket } from '../staff/sight.ts';
import { type Db, readFacts } from '../store/index.ts';
import { type MacroTexts, macroFields, renderMacro } from './macros.ts';

const path = '/admin/v1/macros';
const byMacro = z.object({ macro: z.string().max(100) });
const macrosMax = 500;

const macroShape = z
  .object({ id: z.string(), ...macroFields, position: z.int(), updated_at: time })
  .meta({ id: 'Macro' });

interface MacroRow {
  readonly id: string;
  readonly name: string;
  readonly texts: MacroTexts;
  readonly actions: z.output<(typeof macroFields)['actions']>;
  readonly position: number;
  readonly updated_at: Date;
}

/** Texts that staff write often. */
export function macroRoutes(parts: DeskParts): Route[] {
  return [listRoute(parts), createRoute(parts), changeRoute(parts), deleteRoute(parts), renderRoute(parts)];
}

function listRoute({ pool }: DeskParts): Route {
  return route({
    method: 'GET',
    path,
    summary: 'List the macros',
    access: 'staff:tickets.read',
    responses: { 200: z.object({ data: z.array(macroShape) }) },
    async handle() {
      const { rows } = await pool.query<MacroRow>('select * from macros order by position, lower(name), id');
      return { status: 200, body: { data: rows.map(bodyOf) } };
    },
  });
}

function createRoute({ pool }: DeskParts): Route {
  return route({
    method: 'POST',
    path,
    summary: 'Make a macro',
    access: 'staff:desk.write',
    body: z.object({ ...macroFields, position: z.int().min(0).max(10_000).default(0) }),
    responses: { 201: macroShape },
    problems: only('desk_limit_reached'),
    async handle({ actor }, { body }) {
      const id = `mac_${randomBytes(12).toString('hex')}`;
      const row = await inTransaction(pool, async (client) => {
        const { rows } = await client.query<MacroRow>(
          `insert into macros (id, name, texts, actions, position) select $1, $2, $3, $4, $5
            where (select count(*) from macros) < $6 returning *`,
          [id, body.name, JSON.stringify(body.texts), JSON.stringify(body.actions), body.position, macrosMax],
        );
        if (rows[0] === undefined) throw new AppError('desk_limit_reached', `There are ${macrosMax} macros already.`);
        const subject = { kind: 'macro', id, name: body.name };
        await appendAudit(client, actor, { action: 'macro.created', organizationId: null, subject, after: body });
        return rows[0];
      });
      return { status: 201, body: bodyOf(row) };
    },
  });
}

function changeRoute({ pool }: DeskParts): Route {
  return route({
    method: 'PATCH',
    path: `${path}/{macro}`,
    summary: 'Change a macro',
    access: 'staff:desk.write',
    params: byMacro,
    body: z.object({
      name: macroFields.name.optional(),
      texts: macroFields.texts.optional(),
      actions: macroFields.actions.unwrap().optional(),
      position: z.int().min(0).max(10_000).optional(),
    }),
    responses: { 200: macroShape },
    problems: only('macro_not_found'),
    async handle({ actor }, { params, body }) {
      const row = await inTransaction(pool, async (client) => {
        const before = await lockMacro(client, params.macro);
        const { rows } = await client.query<MacroRow>(
          `update macros set name = coalesce($2, name), texts = coalesce($3, texts), actions = coalesce($4, actions),
             position = coalesce($5, position), updated_at = now() where id = $1 returning *`,
          [before.id, body.name, jsonOf(body.texts), jsonOf(body.actions), body.position],
        );
        const after = rows[0] ?? before;
        const subject = { kind: 'macro', id: before.id, name: after.name };
        const change = changedMembers(settingsOf(before), settingsOf(after));
        await appendAudit(client, actor, { action: 'macro.changed', organizationId: null, subject, ...change });
        return after;
      });
      return { status: 200, body: bodyOf(row) };
    },
  });
}

function deleteRoute({ pool }: DeskParts): Route {
  return route({
    method: 'DELETE',
    path: `${path}/{macro}`,
    summary: 'Delete a macro',
    access: 'staff:desk.write',
    params: byMacro,
    responses: { 204: null },
    problems: only('macro_not_found'),
    async handle({ actor }, { params }) {
      await inTransaction(pool, async (client) => {
        const before = await lockMacro(client, params.macro);
        await client.query('delete from macros where id = $1', [before.id]);
        const subject = { kind: 'macro', id: before.id, name: before.name };
        const entry = { action: 'macro.deleted', organizationId: null, subject, before: settingsOf(before) };
        await appendAudit(client, actor, entry);
      });
      return { status: 204, body: null };
    },
  });
}

function renderRoute(parts: DeskParts): Route {
  const { pool, siteName } = parts;
  return route({
    method: 'POST',
    path: `/admin/v1/tickets/{ticket}/macros/{macro}`,
    summary: 'Fill in a macro for a ticket, in the customer’s language',
    access: 'staff:tickets.write',
    params: byTicket.extend({ macro: idText }),
    responses: { 200: z.object({ text: z.string(), actions: macroFields.actions.unwrap() }) },
    problems: only('ticket_not_found', 'macro_not_found'),
    async handle(context, { params }) {
      const ticket = await seenTicket(pool, context, params.ticket);
      const { texts, actions } = await findMacro(pool, params.macro);
      const organization = await nameOf(pool, ticket.organizationId);
      const facts = await readFacts(pool, ticket.number);
      const requestId = facts.find(({ kind }) => kind === 'request')?.value ?? '';
      const agentName = context.caller.kind === 'person' ? context.caller.name : siteName();
      const text = renderMacro(texts, { ticket, organization, agentName, siteName: siteName(), requestId });
      return { status: 200, body: { text, actions } };
    },
  });
}

async function nameOf(db: Db, organizationId: string | null): Promise<string> {
  const { rows } = await db.query<{ name: string }>('select name from organizations where id = $1', [organizationId]);
  return rows[0]?.name ?? '';
}

async function findMacro(db: Db, id: string): Promise<MacroRow> {
  const { rows } = await db.query<MacroRow>('select * from macros where id = $1', [id]);
  if (rows[0] === undefined) throw new AppError('macro_not_found', 'There is no such macro.');
  return rows[0];
}

async function lockMacro(client: pg.ClientBase, id: string): Promise<MacroRow> {
  await client.query('select 1 from macros where id = $1 for update', [id]);
  return findMacro(client, id);
}

function settingsOf({ name, texts, actions, position }: MacroRow) {
  return { name, texts, actions, position };
}

function bodyOf({ id, updated_at, ...row }: MacroRow) {
  return { id, ...settingsOf({ id, updated_at, ...row }), updated_at: updated_at.toISOString() };
}

function jsonOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
