import type { MissingFact } from '../index.ts';

/** A mail of the corpus, and all that is to be read out of it: what is not listed must not be found. */
export interface CorpusMail {
  readonly name: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments?: readonly string[];
  readonly finds: Finds;
}

export interface Finds {
  readonly prefix?: string;
  /** Default: the language of the corpus. */
  readonly language?: 'en' | 'zh';
  readonly ids?: readonly string[];
  readonly mistyped?: readonly string[];
  /** `2026-11-21T14:05 CET`; `?` behind what has no zone, `~` before one that is stated elsewhere. Times are UTC. */
  readonly times?: readonly string[];
  readonly statuses?: readonly number[];
  readonly codes?: readonly string[];
  readonly connection?: readonly string[];
  /** `name: value` */
  readonly headers?: readonly string[];
  /** `code type status` */
  readonly bodies?: readonly string[];
  readonly tools?: readonly string[];
  /** `?` behind one that the site does not have. */
  readonly models?: readonly string[];
  readonly orders?: readonly string[];
  readonly keyPrefixes?: readonly string[];
  readonly zones?: readonly string[];
  readonly impact?: readonly string[];
  /** Which of expectation, incident and charge. */
  readonly says?: readonly string[];
  /** Asked of a mail in its category. */
  readonly missing?: readonly MissingFact[];
}

/** Saturday. */
export const receivedAt = '2026-11-21T15:00:00Z';
export const idA = 'req_01M7Z6SSE004JFBHXCEAAMK2SN14';
export const idB = 'req_01M7YNAYM01RK9ANSMPGVX2TN6DK';
export const idC = 'req_01M7VZGC00KCK3B8WE48N0BQAYZG';
