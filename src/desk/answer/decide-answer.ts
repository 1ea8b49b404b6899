import type { Queue } from '../store/index.ts';

/** What an automatic answer hangs on. */
export interface AnswerCase {
  /** DMARC passes, aligned: the answer reaches whoever wrote. */
  readonly verified: boolean;
  readonly automatic: boolean;
  readonly queue: Queue;
  /** The ticket began with this mail. */
  readonly opened: boolean;
  /** A rule of routing wants no automatic answer. */
  readonly dropped: boolean;
  /** Calls whose facts may be told to the writer, and were not before. */
  readonly told: number;
  /** Older ones, to whoever has an account. */
  readonly expired: number;
}

/** acknowledgement: at most once per ticket. diagnosis: of calls that were not explained on it before. */
export type AnswerPurpose = 'acknowledgement' | 'diagnosis';

export type AnswerDecision =
  | {
      readonly answer: 'explanation' | 'acknowledgement' | 'vulnerability';
      readonly purpose: AnswerPurpose;
    }
  | { readonly answer: 'none'; readonly why: 'unverified' | 'automatic' | 'spam' | 'dropped' | 'nothing_new' };

/**
 * Pure: whether a mail is answered by the program, and how. A ticket is acknowledged once, when it begins; whoever sends
 * the id of another call later, as they may have been asked to, gets it explained. So two programs that answer each other
 * stop at once. Whatever else is said is for people.
 */
export function decideAnswer(facts: AnswerCase): AnswerDecision {
  const { verified, automatic, queue, opened, dropped, told, expired } = facts;
  if (automatic) return { answer: 'none', why: 'automatic' };
  if (!verified) return { answer: 'none', why: 'unverified' };
  if (queue === 'spam') return { answer: 'none', why: 'spam' };
  if (dropped) return { answer: 'none', why: 'dropped' };
  if (queue === 'vulnerability')
    return opened ? { answer: 'vulnerability', purpose: 'acknowledgement' } : { answer: 'none', why: 'nothing_new' };
  if (told > 0) return { answer: 'explanation', purpose: 'diagnosis' };
  if (!opened) return { answer: 'none', why: 'nothing_new' };
  return { answer: expired > 0 ? 'explanation' : 'acknowledgement', purpose: 'acknowledgement' };
}
