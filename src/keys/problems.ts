import type { ProblemTable } from '../http/index.ts';

/** Every code that this module throws, with the HTTP status that fits it. Codes are never renamed. */
export const keyProblems = {
  key_not_found: 404,
  key_deleted: 409,
  key_input_invalid: 400,
  key_limit_reached: 409,
  key_disabled_by_other: 403,
  group_not_found: 404,
  model_not_in_group: 404,
  project_not_found: 404,
  project_archived: 409,
  member_not_found: 404,
  organization_not_found: 404,
} as const satisfies ProblemTable;

export function keyProblemsOf(...codes: readonly (keyof typeof keyProblems)[]): ProblemTable {
  return Object.fromEntries(codes.map((code) => [code, keyProblems[code]]));
}
