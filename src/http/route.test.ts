import { expect, test } from 'vitest';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './paging.ts';
import { InputError, route } from './route.ts';
import { adminContext as context } from './testing.ts';

const rename = route({
  method: 'PUT',
  path: '/admin/v1/things/{id}',
  summary: 'Rename a thing',
  access: 'staff:catalogue.read',
  params: z.object({ id: z.string().min(2) }),
  query: z.object({ times: z.coerce.number().int().max(5).default(1) }),
  body: z.object({ name: z.string().max(4) }),
  responses: { 200: z.object({ id: z.string(), name: z.string() }), 204: null },
  async handle(_context, { params, query, body }) {
    if (query.times === 0) return { status: 204, body: null };
    const thing = { id: params.id, name: body.name.repeat(query.times), secret: 'inner' };
    return { status: 200, body: thing };
  },
});

test('input is parsed, and only declared members leave', async () => {
  const reply = await rename.call(context, { params: { id: 'ab' }, query: { times: '2' }, body: { name: 'x' } });
  expect(reply).toEqual({ status: 200, body: { id: 'ab', name: 'xx' }, headers: {} });
  const empty = await rename.call(context, { params: { id: 'ab' }, query: { times: '0' }, body: { name: 'x' } });
  expect(empty).toEqual({ status: 204, body: null, headers: {} });
});

test('every wrong field is named at once, unknown members too', async () => {
  const refused = await rename
    .call(context, { params: { id: 'a' }, query: { times: '9' }, body: { name: 'toolong', nmae: 1 } })
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(InputError);
  const fields = (refused as InputError).errors.map((error) => error.field);
  expect(fields).toEqual(['params.id', 'query.times', 'body.name', 'body']);
  expect((refused as InputError).message).toContain('nmae');
});

test('a missing body is said in words', async () => {
  const refused = await rename
    .call(context, { params: { id: 'ab' }, query: {}, body: undefined })
    .catch((error: unknown) => error);
  expect((refused as InputError).errors).toEqual([
    { field: 'body', message: 'a JSON body is needed (Content-Type: application/json)' },
  ]);
});

test('a path and its params must name the same placeholders', () => {
  expect(() =>
    route({
      method: 'GET',
      path: '/admin/v1/things/{id}',
      summary: 'Show a thing',
      access: 'staff:catalogue.read',
      responses: { 204: null },
      handle: async () => ({ status: 204, body: null }),
    }),
  ).toThrow('{id}');
});

test('a cursor comes back as it went, and a foreign one is refused', () => {
  const schema = z.tuple([z.string(), z.number()]);
  expect(decodeCursor(encodeCursor(['a', 5]), schema)).toEqual(['a', 5]);
  for (const bad of ['', 'x', encodeCursor(['a'])]) expect(() => decodeCursor(bad, schema)).toThrow('next_cursor');
});
