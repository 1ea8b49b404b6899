import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { decodeCursor, encodeCursor, pageOf, pageQuery, type Route, route } from '../http/index.ts';
import { listAccounts, readAccount } from './account-list.ts';
import type { Customers } from './customers.ts';
import { accountBody, accountPageShape, accountPartsBody, accountShape } from './json.ts';

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/);

/** `[created_at in microseconds, id]`. */
const placeShape = z.tuple([z.int().min(0), text(100)]);
const yesNo = z.enum(['true', 'false']).transform((value) => value === 'true');

export function accountRoutes({ pool, deviceWords }: Customers): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/admin/v1/accounts',
      summary: 'List the accounts, newest first',
      access: 'staff:customers.read',
      query: z.object({
        ...pageQuery,
        search: text(200).optional().describe('An id, or part of a name or mail address.'),
        state: z.enum(['active', 'disabled']).optional(),
        verified: yesNo.optional(),
        staff: yesNo.optional(),
      }),
      responses: { 200: pageOf(accountShape) },
      async handle(_context, { query }) {
        const { search, state, verified, staff } = query;
        const place = query.cursor === undefined ? null : decodeCursor(query.cursor, placeShape);
        const after = place && { createdAtUs: place[0], id: place[1] };
        const { rows, next } = await listAccounts(pool, { search, state, verified, staff }, query.limit, after);
        const cursor = next === null ? null : encodeCursor([next.createdAtUs, next.id]);
        return { status: 200, body: { data: rows.map(accountBody), next_cursor: cursor } };
      },
    }),
    route({
      method: 'GET',
      path: '/admin/v1/accounts/{account}',
      summary: 'Show an account: sign-ins, sessions, organizations',
      access: 'staff:customers.read',
      params: z.object({ account: text(100) }),
      responses: { 200: accountPageShape },
      problems: { account_not_found: 404 },
      async handle(_context, { params }) {
        const parts = await readAccount(pool, params.account);
        if (parts === null) throw new AppError('account_not_found', `There is no account "${params.account}".`);
        return { status: 200, body: accountPartsBody(parts, deviceWords) };
      },
    }),
  ];
}
