import { type Finding, type Redacted, type RedactionOptions, redactName, redactText } from '../../redaction/index.ts';

/** What somebody wrote in the console, as it may be kept. */
export interface CleanText {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** Takes secrets out before anything is stored. Whoever wrote them is told how many, and of what kind. */
export function cleanText(text: string, options: RedactionOptions): CleanText {
  return kept(redactText(text, options));
}

export function cleanLine(text: string, options: RedactionOptions): CleanText {
  return kept(redactName(text, options));
}

/** Whole keys stay in memory no longer than this. */
function kept({ text, findings }: Redacted): CleanText {
  return { text, findings };
}

/** How a finding is told to whoever wrote it. */
export function findingBody({ kind, issuer, lastFour }: Finding) {
  return { kind, issuer, last_four: lastFour };
}
