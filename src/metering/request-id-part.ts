import { requestIdTime } from '../base/request-id.ts';

/** Requests whose id has a part in it, as people remember or read out one. */
export interface IdPart {
  /** For `like`. */
  readonly pattern: string;
  /** When such requests were received, where the part is the beginning, which tells the time. */
  readonly sinceMs: number | null;
  readonly untilMs: number | null;
}

const wholeLength = 28;
const timeLength = 10;
/** Fewer characters stand in every second id. */
const leastLength = 4;

/** Null: what was typed is no part of an id, but one that is whole, or none. Pure. */
export function idPartOf(text: string): IdPart | null {
  const match = /^(req[_-])?([0-9a-z]+)$/i.exec(text.trim());
  const part = (match?.[2] ?? '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  if (part.length < leastLength || part.length >= wholeLength || part.includes('U')) return null;
  if (match?.[1] === undefined) return { pattern: `%${part}%`, sinceMs: null, untilMs: null };
  const time = part.slice(0, timeLength);
  return {
    pattern: `req_${part}%`,
    sinceMs: requestIdTime(`req_${time.padEnd(timeLength, '0')}`),
    untilMs: requestIdTime(`req_${time.padEnd(timeLength, 'Z')}`) + 1,
  };
}
