import { createHash } from 'node:crypto';

/** One piece of a prompt in the order that the vendor reads it. */
export interface PromptBlock {
  readonly text: string;
  readonly tokens: number;
  /** A breakpoint stands after it: what came so far is kept for this long. */
  readonly keep: '5m' | '1h' | null;
}

export interface CacheUse {
  readonly read: number;
  readonly write5m: number;
  readonly write1h: number;
}

export const noCache: CacheUse = { read: 0, write5m: 0, write1h: 0 };

const maxEntries = 50_000;
const keepMs = { '5m': 300_000, '1h': 3_600_000 } as const;
/** Shorter prompts are never cached; so it is with both vendors. */
export const leastCachedTokens = 1024;

/** Remembers which prompt prefixes it has seen: digests only. */
export class PromptCache {
  readonly #expiry = new Map<string, number>();

  /**
   * Reads the longest known prefix that ends at a breakpoint, and writes the rest up to the last breakpoint.
   * `scope` parts callers from each other.
   */
  use(scope: string, blocks: readonly PromptBlock[], nowMs: number): CacheUse {
    const marks = prefixes(scope, blocks).filter((mark) => mark.tokens >= leastCachedTokens);
    let read = 0;
    for (const mark of marks) {
      if ((this.#expiry.get(mark.digest) ?? 0) > nowMs) read = mark.tokens;
    }
    const written = { '5m': 0, '1h': 0 };
    let done = read;
    for (const mark of marks) {
      this.#remember(mark.digest, nowMs + keepMs[mark.keep]);
      if (mark.tokens <= done) continue;
      written[mark.keep] += mark.tokens - done;
      done = mark.tokens;
    }
    return { read, write5m: written['5m'], write1h: written['1h'] };
  }

  #remember(digest: string, expiresAtMs: number): void {
    this.#expiry.delete(digest);
    this.#expiry.set(digest, expiresAtMs);
    if (this.#expiry.size <= maxEntries) return;
    for (const oldest of this.#expiry.keys()) {
      this.#expiry.delete(oldest);
      return;
    }
  }
}

interface Mark {
  readonly digest: string;
  readonly tokens: number;
  readonly keep: '5m' | '1h';
}

function prefixes(scope: string, blocks: readonly PromptBlock[]): Mark[] {
  const marks: Mark[] = [];
  const hash = createHash('sha256').update(scope);
  let tokens = 0;
  for (const block of blocks) {
    hash.update('\0').update(block.text);
    tokens += block.tokens;
    if (block.keep !== null) marks.push({ digest: hash.copy().digest('base64'), tokens, keep: block.keep });
  }
  return marks;
}
