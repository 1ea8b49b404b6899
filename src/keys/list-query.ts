import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { decodeCursor, encodeCursor, pageQuery } from '../http/index.ts';
import { type Audience, keyBody } from './json.ts';
import { fitsSort, type KeyFilter, type KeyPage, type KeySort, keySorts } from './list.ts';

const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^\0]*$/);

/** The query of a list of keys. */
export const keyListQuery = z.object({
  ...pageQuery,
  group: id.optional(),
  vendor: id.optional(),
  project: id.optional(),
  account: id.optional().describe('Whose keys: an account’s id.'),
  state: z.enum(['enabled', 'disabled', 'deleted', 'expired', 'all']).optional().describe('Absent: not deleted.'),
  search: z.string().max(100).optional().describe('Part of a name, note or prefix.'),
  sort: z.enum(keySorts).default('-created').describe('`spend`: all that was ever spent with the key.'),
});

/** `[sort, sort value of the last key, its id]`. */
const positionSchema = z.tuple([z.enum(keySorts), z.string().max(400), id]);

/** @throws AppError `cursor_invalid` */
export function filterOf(query: z.output<typeof keyListQuery>): KeyFilter {
  const { group, vendor, project, account, state, search, sort, limit, cursor } = query;
  const after = cursor === undefined ? undefined : positionOf(cursor, sort);
  return {
    groupId: group,
    vendorId: vendor,
    projectId: project,
    accountId: account,
    state,
    search,
    sort,
    limit,
    after,
  };
}

function positionOf(cursor: string, sort: KeySort) {
  const [sorted, value, keyId] = decodeCursor(cursor, positionSchema);
  const position = { value, id: keyId };
  if (sorted === sort && fitsSort(sort, position)) return position;
  throw new AppError('cursor_invalid', 'The cursor is of a list in another order; start again without a cursor.');
}

export function pageBody({ keys, next }: KeyPage, sort: KeySort, audience: Audience) {
  return {
    data: keys.map((key) => keyBody(key, audience)),
    next_cursor: next === null ? null : encodeCursor([sort, next.value, next.id]),
  };
}
