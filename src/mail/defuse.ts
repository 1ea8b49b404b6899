import { isMailAddress } from './address.ts';
import type { MailFacts, MailKind } from './kinds.ts';

/** Longer names are cut: they are somebody's input, and a mail is not their page. */
const nameMax = 80;
const reasonMax = 300;

/** Members of facts that are addresses of our own pages. */
const linkMembers: ReadonlySet<string> = new Set(['link', 'signInLink', 'resetLink']);

/**
 * A name as a mail may show it. Mail programs make a link of whatever looks like one, so a person, organization or key
 * that is called "win at evil.example" would put a link under our letterhead: its dots and slashes are set apart,
 * visibly. Control characters, line breaks and those that turn the direction of the text go.
 */
export function defuse(text: string, max: number = nameMax): string {
  const line = text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(/\p{C}/gu, '')
    .trim();
  const letters = [...line];
  const cut = letters.length > max ? `${letters.slice(0, max - 1).join('')}…` : line;
  if (isMailAddress(cut)) return cut;
  return cut
    .replaceAll(/:\/\//g, '[:]//')
    .replaceAll(/(?<=[\p{L}\p{N}-])[.。．｡](?=[\p{L}\p{N}-]*\p{L}[\p{L}\p{N}-])/gu, '[.]');
}

/**
 * Facts whose texts can be put into a mail: names defused, links checked. One place, so that no template can forget it.
 *
 * @throws TypeError when a link is none of http or https
 */
export function safeFacts<Kind extends MailKind>(facts: MailFacts[Kind]): MailFacts[Kind] {
  const safe: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(facts)) safe[member] = safeValue(member, value);
  // The same members with values of the same types; the compiler cannot follow a loop over them.
  return safe as unknown as MailFacts[Kind];
}

function safeValue(member: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 20).map((one) => safeValue(member, one));
  if (typeof value !== 'string') return value;
  if (linkMembers.has(member)) return checkedLink(member, value);
  return defuse(value, member === 'reason' ? reasonMax : nameMax);
}

function checkedLink(member: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && !/[\s<>"']/.test(text)) return text;
  throw new TypeError(`${member} of a mail must be a whole http or https address`);
}
