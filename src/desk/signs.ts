import { readReport } from './reading/index.ts';
import type { ReadSigns } from './routing/index.ts';

export interface SignsOptions {
  /** The fixed part of the site's keys. */
  readonly site: string;
  /** Codes of the gateway's table of errors. */
  readonly errorCodes: readonly string[];
}

/** What makes an Enterprise mail urgent by its subject: an "urgent invoice" is not. */
const pressing: ReadonlySet<string> = new Set(['production', 'everyone']);

/** What routing needs of a report, from all that reading it gives. */
export function createSigns(options: SignsOptions): ReadSigns {
  return ({ subject, text, attachedTexts, receivedAtMs }) => {
    const input = { subject, text, attachmentsText: attachedTexts };
    const facts = readReport(input, { ...options, receivedAtMs });
    const { requestIds, mistypedIds, statuses, errorCodes, connectionErrors, bodies, impact } = facts;
    return {
      prefix: facts.prefix,
      tools: facts.tools.map(({ tool }) => tool),
      errorCodes: errorCodes.map(({ code }) => code),
      hasFailure:
        requestIds.length > 0 ||
        mistypedIds.length > 0 ||
        errorCodes.length > 0 ||
        connectionErrors.length > 0 ||
        bodies.length > 0 ||
        statuses.some(({ status }) => status >= 400),
      impact: impact.length > 0,
      impactInSubject: impact.some(({ kind, place }) => pressing.has(kind) && place.part === 'subject'),
      requestIds: requestIds.map(({ id }) => id),
      language: facts.language,
    };
  };
}
