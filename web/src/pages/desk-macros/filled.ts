/** The names that the API fills in when a macro is used. */
export const variables = [
  'ticket',
  'subject',
  'customer_name',
  'customer_address',
  'organization',
  'plan',
  'agent_name',
  'site_name',
  'request_id',
] as const;
export type Variable = (typeof variables)[number];

export interface Piece {
  readonly text: string;
  /** filled: in the place of a variable. unknown: in braces, and no variable; it would be sent as it stands. */
  readonly kind: 'plain' | 'filled' | 'unknown';
}

/** A macro's text with its variables filled in, in pieces, as the API does it. Pure. */
export function filled(text: string, values: Readonly<Record<Variable, string>>): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(/\{\s*(\w{1,40})\s*\}/g)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), kind: 'plain' });
    const known = variables.find((name) => name === match[1]);
    pieces.push(known ? { text: values[known], kind: 'filled' } : { text: match[0], kind: 'unknown' });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), kind: 'plain' });
  return pieces;
}
