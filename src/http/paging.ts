import { z } from 'zod';
import { AppError } from '../base/errors.ts';

/** Query members of a route that lists: spread them into its `query`. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** `next_cursor` of the page before. */
  cursor: z.string().max(1_000).optional(),
};

/** The body of a page. `next_cursor` is null on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), next_cursor: z.string().nullable() });
}

/** A place in a sorted list as opaque text: the sort values of the last item that was sent. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * The sort values in a cursor, checked with the list's own schema.
 *
 * @throws AppError `cursor_invalid` (400)
 */
export function decodeCursor<Values>(cursor: string, schema: z.ZodType<Values>): Values {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    values = undefined;
  }
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  throw new AppError(
    'cursor_invalid',
    'The cursor is not one that this list gave out; start again without a cursor and follow next_cursor.',
  );
}
