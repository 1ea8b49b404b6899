import { addSpend, laterSpend, type SpendSpan, type SpendState, spendSpans } from '../base/spend-window.ts';
import type { Key } from './ports.ts';

type Spend = Readonly<Partial<Record<SpendSpan, SpendState>>>;

interface Entry {
  /** The key as it was when the entry was made or last joined with the stored sums. */
  key: Key;
  spend: Spend;
}

/**
 * What keys with spending caps have spent, counted on from the stored sums: those lag behind by what the journal has
 * not handed in yet. Keys without caps cost nothing here.
 */
export class SpendBook {
  readonly #entries = new Map<string, Entry>();

  spend(key: Key): Spend {
    return hasCaps(key) ? this.#entry(key).spend : key.spend;
  }

  add(key: Key, atMs: number, amount: bigint): void {
    if (!hasCaps(key)) return;
    const entry = this.#entry(key);
    entry.spend = eachSpan((span) => addSpend(entry.spend[span], span, atMs, amount));
  }

  /** A key that was read again brings sums that may know of other nodes. */
  #entry(key: Key): Entry {
    const known = this.#entries.get(key.id);
    if (!known) {
      const entry = { key, spend: key.spend };
      this.#entries.set(key.id, entry);
      return entry;
    }
    if (known.key !== key) {
      known.key = key;
      known.spend = eachSpan((span) => laterSpend(key.spend[span], known.spend[span], span));
    }
    return known;
  }
}

function hasCaps(key: Key): boolean {
  for (const _ in key.limits.spend) return true;
  return false;
}

function eachSpan(state: (span: SpendSpan) => SpendState | undefined): Spend {
  const spend: Partial<Record<SpendSpan, SpendState>> = {};
  for (const span of spendSpans) {
    const found = state(span);
    if (found) spend[span] = found;
  }
  return spend;
}
