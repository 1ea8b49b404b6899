import type { ProblemTable } from '../http/index.ts';

/** Every code of the desk with its status. A route names those that it may answer. */
const problems = {
  ticket_not_found: 404,
  ticket_message_not_found: 404,
  ticket_attachment_not_found: 404,
  ticket_attachment_infected: 409,
  scanner_away: 503,
  ticket_changed: 409,
  ticket_state_invalid: 409,
  ticket_merged: 409,
  ticket_merge_refused: 409,
  ticket_tags_invalid: 400,
  ticket_link_invalid: 409,
  ticket_link_not_found: 404,
  ticket_split_invalid: 409,
  ticket_closed_long_ago: 409,
  ticket_not_solved: 409,
  ticket_limit_reached: 429,
  ticket_restricted: 403,
  participant_not_found: 404,
  assignee_invalid: 409,
  snooze_invalid: 400,
  reply_left: 409,
  reply_not_found: 404,
  mail_recipient_invalid: 422,
  letter_subject_refused: 422,
  letter_empty: 422,
  letter_too_large: 422,
  upload_not_found: 404,
  upload_incomplete: 409,
  upload_too_large: 413,
  upload_invalid: 400,
  macro_not_found: 404,
  rule_not_found: 404,
  rules_order_invalid: 409,
  calendar_not_found: 404,
  calendar_invalid: 400,
  calendar_in_use: 409,
  policy_not_found: 404,
  targets_invalid: 400,
  customer_not_found: 404,
  support_address_taken: 409,
  desk_limit_reached: 409,
  webhook_not_found: 404,
  webhook_url_refused: 400,
  rating_link_invalid: 404,
} as const satisfies ProblemTable;

export type DeskProblem = keyof typeof problems;

export function only(...codes: readonly DeskProblem[]): ProblemTable {
  return Object.fromEntries(codes.map((code) => [code, problems[code]]));
}
