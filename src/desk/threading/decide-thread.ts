import type { ReadMail } from '../../mailroom/index.ts';
import type { Ticket } from '../store/index.ts';

/** A ticket that a mail may belong to, and what its sender has to do with it. */
export interface ThreadCandidate {
  /** Merges are followed already. */
  readonly ticket: Ticket;
  /** The address in `From` takes part as a customer: it wrote, or somebody who takes part put it in copy. */
  readonly takesPart: boolean;
  /** The proven address is that of an account that may open the ticket: its own, or of its organization. */
  readonly belongs: boolean;
}

/** What a mail names, in the order in which it is believed. */
export interface ThreadFacts {
  readonly automatic: ReadMail['automatic'];
  readonly sender: Pick<ReadMail['sender'], 'verified' | 'dmarc'>;
  /** Marks of ours whose MAC fits: they name the ticket, never the writer. */
  readonly byToken: ThreadCandidate | null;
  /** In-Reply-To and References, the latest first. */
  readonly byReference: ThreadCandidate | null;
  /** `[T-123]` in the subject. */
  readonly bySubject: ThreadCandidate | null;
  readonly receivedAtMs: number;
}

export type ThreadDecision =
  | { readonly kind: 'ignore' }
  /** `follows`: the ticket that it goes on from, which was closed too long ago. */
  | { readonly kind: 'open'; readonly follows: bigint | null }
  | {
      readonly kind: 'add';
      readonly ticket: Ticket;
      /**
       * party: it speaks for the customer, and does what their messages do. stranger: staff see it, it changes nothing.
       * automatic: stored, and nothing else.
       */
      readonly as: 'party' | 'stranger' | 'automatic';
    };

const dayMs = 24 * 3_600_000;
/** A closed ticket takes what comes for so long; later mail begins a new one that is linked. */
export const reopenableMs = 30 * dayMs;

/** Pure. Never by the text of a subject alone; whoever knows a mark is not yet whom they say they are. */
export function decideThread(facts: ThreadFacts): ThreadDecision {
  if (facts.automatic === 'loop' || facts.automatic === 'bounce') return { kind: 'ignore' };
  const { byToken, byReference, bySubject } = facts;
  const named = byToken ?? [byReference, bySubject].find((each) => each !== null && isParty(each, facts)) ?? null;
  if (named === null) return { kind: 'open', follows: null };
  const { ticket } = named;
  if (ticket.state === 'closed' && facts.receivedAtMs - (ticket.closedAtMs ?? 0) > reopenableMs) {
    return { kind: 'open', follows: ticket.number };
  }
  if (facts.automatic !== null) return { kind: 'add', ticket, as: 'automatic' };
  return { kind: 'add', ticket, as: isParty(named, facts) ? 'party' : 'stranger' };
}

/**
 * A ticket that a proven address began is spoken for by proven addresses alone. One that an unproven address began is no
 * safer than that, so the same address may go on, unless its domain says that the mail is forged.
 */
function isParty({ ticket, takesPart, belongs }: ThreadCandidate, { sender }: ThreadFacts): boolean {
  if (sender.verified) return takesPart || belongs;
  return takesPart && !ticket.verified && sender.dmarc !== 'fail';
}
