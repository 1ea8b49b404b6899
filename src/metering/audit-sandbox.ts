import type { Usage } from '../vendors/index.ts';
import type { Findings } from './audit-findings.ts';
import { type RequestRow, usageOf } from './rows.ts';

/** One call as the sandbox vendor counted it, independently. A line of its `GET /sandbox/counts`. */
export interface SandboxCall {
  /** As the sandbox sent it to its caller. */
  readonly requestId: string;
  readonly atMs: number;
  readonly vendor: string;
  readonly path: string;
  /** Null when the caller left before a head was sent. */
  readonly status: number | null;
  /** `finished`, `aborted` by its caller, or `cut` by a fault. */
  readonly outcome: string;
  /** Tokens that its answer told. */
  readonly reported: Usage | null;
}

/** Where a call may belong whose id never reached the journal: the caller or the process was gone before its head. */
interface Home {
  readonly vendor: string | null;
  readonly fromMs: number;
}

/** Clocks of sandbox and gateway are one machine's; this allows for the time between two readings of it. */
const slackMs = 2_000;
/** No request lasts longer. */
const longestMs = 25 * 3_600_000;

/**
 * Joins the sandbox's count with the records, request by request: every call must belong to an attempt, and of every
 * completed request the tokens must be the same on both sides.
 */
export class SandboxJoin {
  readonly #calls = new Map<string, SandboxCall>();
  readonly #findings: Findings;
  /** Of channels that lead to the sandbox: their attempts must have been counted there. */
  readonly #channels: ReadonlySet<string>;
  readonly #homes: Home[] = [];
  #firstMs = Number.POSITIVE_INFINITY;
  matched = 0;

  constructor(channels: ReadonlySet<string>, findings: Findings) {
    this.#channels = channels;
    this.#findings = findings;
  }

  count(call: SandboxCall): void {
    this.#calls.set(call.requestId, call);
    this.#firstMs = Math.min(this.#firstMs, call.atMs);
  }

  /** When the first counted call arrived; infinite when there is none. */
  get firstMs(): number {
    return this.#firstMs;
  }

  /** Ids of calls that no attempt has claimed so far. */
  get unclaimed(): readonly string[] {
    return [...this.#calls.keys()];
  }

  record(row: RequestRow): void {
    const fromMs = row.received_at.getTime();
    for (const attempt of row.attempts) {
      const id = attempt.vendorRequestId;
      if (id === null) {
        this.#homes.push({ vendor: row.vendor, fromMs });
        continue;
      }
      const call = this.#calls.get(id);
      if (call !== undefined) {
        this.#calls.delete(id);
        this.matched++;
        if (attempt.failure === null) this.#compareTokens(row, call);
      } else if (counts(row) && this.#channels.has(attempt.channelId) && fromMs > this.#firstMs + slackMs) {
        this.#findings.add('sandbox', row.id, `The sandbox has not counted the attempt with its id ${id}.`);
      }
    }
    // The process may have died between the head of a call and its entry in the journal.
    if (row.outcome === 'interrupted') this.#homes.push({ vendor: row.vendor, fromMs });
  }

  /** A record that was read again: only the calls it still claims count. */
  claimLate(row: RequestRow): void {
    for (const { vendorRequestId: id, failure } of row.attempts) {
      const call = id === null ? undefined : this.#calls.get(id);
      if (call === undefined) continue;
      this.#calls.delete(call.requestId);
      this.matched++;
      if (failure === null) this.#compareTokens(row, call);
    }
  }

  /** Reports every call that belongs nowhere. */
  finish(): void {
    const homes = this.#homes.toSorted((a, b) => a.fromMs - b.fromMs);
    for (const call of [...this.#calls.values()].sort((a, b) => a.atMs - b.atMs)) {
      // Tests of channels ask for the list of models on nobody's account.
      if (call.path.endsWith('/models')) continue;
      const home = homes.findIndex(
        ({ vendor, fromMs }) =>
          (vendor === null || vendor === call.vendor) &&
          fromMs <= call.atMs + slackMs &&
          call.atMs <= fromMs + longestMs,
      );
      if (home >= 0) homes.splice(home, 1);
      else this.#findings.add('sandbox', call.requestId, `No request has made this call (${call.path}).`);
    }
  }

  #compareTokens(row: RequestRow, call: SandboxCall): void {
    if (row.outcome !== 'completed' || call.outcome !== 'finished' || row.charge_rule === 'free_endpoint') return;
    const usage = row.usage_source === 'vendor' ? usageOf(row) : null;
    const ours = usage === null ? 'none' : classesText(usage);
    const theirs = call.reported === null ? 'none' : classesText(call.reported);
    if (ours !== theirs)
      this.#findings.add(
        'sandbox',
        row.id,
        `Tokens by the record: ${ours}; by the sandbox (${call.requestId}): ${theirs}.`,
      );
  }
}

/**
 * Whether the sandbox must have counted the calls of a request. It counts a call when that ends; one that runs, or that
 * ended with the process that both run in, is in no count.
 */
function counts(row: RequestRow): boolean {
  return row.outcome === 'completed' || row.actual_cost > 0n;
}

function classesText(usage: Usage): string {
  const used = (Object.entries(usage) as [string, number][]).filter(([, count]) => count !== 0).sort();
  return used.map(([name, count]) => `${name} ${count}`).join(', ') || 'none';
}
