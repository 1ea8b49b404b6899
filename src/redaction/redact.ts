import { applyEdits, type Edit, editsOf } from './edits.ts';
import { findSecrets } from './find.ts';
import { htmlParts } from './html-parts.ts';
import type { Finding, OwnKeyFound, Redacted, RedactionOptions, Spot } from './kinds.ts';
import { type Letters, lettersOfText } from './letters.ts';
import { lastFourOf } from './placeholder.ts';
import type { Range } from './protect.ts';
import { viewOf } from './view.ts';

const mostFindings = 1_000;

/**
 * What is taken out can leave behind what reads differently now, so a text is looked at again until nothing is found.
 * Twice is the rule; whatever needs more than this was made to.
 */
const mostRounds = 8;

/** Takes every secret out of a text. Redacting the result again changes nothing. */
export function redactText(text: string, options: RedactionOptions): Redacted {
  return inRounds(text, options, (source, found) => {
    return applyEdits(source, editsIn(lettersOfText(source), options, found));
  });
}

/** The same for one line: names of files, names of people, subjects. Line breaks in it become spaces. */
export function redactName(name: string, options: RedactionOptions): Redacted {
  const redacted = redactText(name, options);
  return { ...redacted, text: redacted.text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ') };
}

/**
 * The same for HTML, sanitised or not: what is shown, as if there were no tags within words, every attribute's value, and
 * comments. Tags and all that holds no secret stay as they are; what was added needs no sanitising.
 */
export function redactHtml(html: string, options: RedactionOptions): Redacted {
  return inRounds(html, options, (source, found) => {
    const { shown, others, unquoted } = htmlParts(source);
    const edits = editsIn(shown, options, found);
    const inOthers = editsIn(others, options, found);
    return applyEdits(source, [...edits, ...inOthers, ...quotes(source, unquoted, inOthers)]);
  });
}

/** A placeholder holds spaces, which would end a value that has no quotation marks around it. */
function quotes(source: string, values: readonly Range[], edits: readonly Edit[]): Edit[] {
  const added: Edit[] = [];
  let next = 0;
  for (const { start, end } of values) {
    while (next < edits.length && (edits[next]?.start ?? 0) < start) next += 1;
    if ((edits[next]?.start ?? end) >= end) continue;
    added.push({ start, end: start, text: '"' });
    for (let i = start; i < end; i++) {
      while (next < edits.length && (edits[next]?.end ?? 0) <= i) next += 1;
      const isLeft = source.charAt(i) === '"' && i < (edits[next]?.start ?? end);
      if (isLeft) added.push({ start: i, end: i + 1, text: '&quot;' });
    }
    added.push({ start: end, end, text: '"' });
  }
  return added;
}

function editsIn(letters: Letters, options: RedactionOptions, spots: Spot[]): Edit[] {
  const view = viewOf(letters);
  const found = findSecrets(view, options);
  for (const spot of found.spots) spots.push(spot);
  return editsOf(found, view, letters);
}

function inRounds(
  source: string,
  options: RedactionOptions,
  round: (source: string, found: Spot[]) => string,
): Redacted {
  const all: Spot[] = [];
  let text = source;
  for (let i = 0; i < mostRounds; i++) {
    const found: Spot[] = [];
    text = round(text, found);
    if (found.length === 0) break;
    for (const spot of found) all.push(spot);
  }
  return { text, ...told(all, options) };
}

function told(spots: readonly Spot[], options: RedactionOptions): Pick<Redacted, 'findings' | 'ownKeys'> {
  const findings = new Map<string, Finding>();
  const ownKeys = new Map<string, OwnKeyFound>();
  for (const spot of spots) {
    const { kind, issuer, secret, prefix } = spot;
    const name = `${kind} ${secret}`;
    const isOwn = spot.whole === true && ownKeys.size < mostFindings && !ownKeys.has(secret);
    const isNew = findings.size < mostFindings && !findings.has(name);
    if (!isOwn && !isNew) continue;
    const fingerprint = options.fingerprint(secret);
    if (isNew) findings.set(name, { kind, issuer, lastFour: lastFourOf(spot), fingerprint });
    if (isOwn && prefix !== undefined && (kind === 'own_key' || kind === 'own_token'))
      ownKeys.set(secret, { kind, prefix, secret, fingerprint });
  }
  return { findings: [...findings.values()], ownKeys: [...ownKeys.values()] };
}
