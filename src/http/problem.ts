import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { accessProblems } from './access.ts';
import { replayProblems } from './replays.ts';
import { InputError, type ProblemTable } from './route.ts';

/** RFC 9457, with what we add: a stable code, the wrong fields, the id that support can look up. */
export const problemSchema = z
  .object({
    type: z.string().describe('Where the code is explained.'),
    title: z.string().describe('The words of the HTTP status.'),
    status: z.int(),
    detail: z.string().describe('What is wrong and what to do.'),
    code: z.string().describe('Stable; decide on this.'),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).describe('The wrong fields; often empty.'),
    request_id: z.string(),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problemSchema>;

/** Codes that any endpoint may answer. */
export const commonProblems: ProblemTable = {
  ...accessProblems,
  ...replayProblems,
  request_malformed: 400,
  input_invalid: 400,
  cursor_invalid: 400,
  json_invalid: 400,
  body_incomplete: 400,
  endpoint_not_found: 404,
  method_not_allowed: 405,
  body_too_large: 413,
  media_type_unsupported: 415,
  too_many_calls: 429,
  internal_error: 500,
  database_unavailable: 503,
};

/** One table of many. A code with two meanings is a mistake of ours, found when the program starts. */
export function mergeProblems(tables: readonly ProblemTable[]): ProblemTable {
  const merged: Record<string, number> = {};
  for (const table of tables) {
    for (const [code, status] of Object.entries(table)) {
      if (merged[code] !== undefined && merged[code] !== status) {
        throw new TypeError(`The code ${code} has two statuses: ${merged[code]} and ${status}.`);
      }
      merged[code] = status;
    }
  }
  return merged;
}

/**
 * The problem that is shown for anything thrown. An AppError whose code no table names, and everything that is no
 * AppError, becomes `internal_error` without its text.
 */
export function problemOf(error: unknown, table: ProblemTable, requestId: string, docsBaseUrl: string): Problem {
  const known = error instanceof AppError && Object.hasOwn(table, error.code) ? error : null;
  const code = known?.code ?? 'internal_error';
  const status = table[code] ?? 500;
  return {
    type: `${docsBaseUrl}/errors#${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: known?.message ?? `Something went wrong on our side. Tell support the request id ${requestId}.`,
    code,
    errors: known instanceof InputError ? known.errors.map((each) => ({ ...each })) : [],
    request_id: requestId,
  };
}
