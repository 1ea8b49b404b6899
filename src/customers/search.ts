import { findKeys } from '../base/key-format.ts';
import { parseRequestId, requestIdTime } from '../base/request-id.ts';

/** What somebody at the desk has typed or pasted, told apart by its form. */
export type Search =
  | { readonly by: 'request'; readonly id: string; readonly receivedAtMs: number }
  | { readonly by: 'key'; readonly reference: string }
  | { readonly by: 'organization' | 'account' | 'project'; readonly id: string }
  | { readonly by: 'text'; readonly text: string };

const idKinds = { org: 'organization', acc: 'account', prj: 'project' } as const;

/** Pure. A whole key that was pasted is cut to its public prefix at once. */
export function decideSearch(input: string): Search {
  const text = input.trim();
  const requestId = /^req/i.test(text) ? parseRequestId(text) : null;
  if (requestId !== null) return { by: 'request', id: requestId, receivedAtMs: requestIdTime(requestId) };
  const key = findKeys(text)[0];
  if (key !== undefined) return { by: 'key', reference: key.prefix };
  const prefix = /^sk-[a-z0-9]{2,16}-[0-9A-Za-z]{8}/.exec(text)?.[0];
  if (prefix !== undefined) return { by: 'key', reference: prefix };
  if (/^key_[0-9a-f]{24}$/.test(text)) return { by: 'key', reference: text };
  const [, kind] = /^(org|acc|prj)_\w{1,60}$/.exec(text) ?? [];
  if (kind === 'org' || kind === 'acc' || kind === 'prj') return { by: idKinds[kind], id: text };
  return { by: 'text', text };
}

/** A part of a text for `like`, whose own signs mean themselves. */
export function likePart(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
