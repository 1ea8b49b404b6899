import { promises as dns } from 'node:dns';

/** Records as `node:dns` gives them; rejects with its codes. `timeoutMs`: 0 is too late already. */
export type Resolver = (name: string, type: string, timeoutMs: number) => Promise<string[][] | string[]>;

const kept = 2_000;
const keptMs = 60_000;
const tries = 2;

/** Real DNS, with answers kept for a minute: a flood from one domain asks once. */
export function systemResolver(): Resolver {
  const answers = new Map<string, { readonly untilMs: number; readonly answer: Promise<string[][] | string[]> }>();
  return async (name, type, timeoutMs) => {
    if (timeoutMs <= 0) throw dnsError('ETIMEOUT', name);
    const key = `${type} ${name.toLowerCase()}`;
    const known = answers.get(key);
    if (known !== undefined && known.untilMs > performance.now()) return known.answer;
    if (answers.size >= kept) answers.clear();
    const answer = ask(name, type, timeoutMs);
    answers.set(key, { untilMs: performance.now() + keptMs, answer });
    // That DNS is away is asked about again.
    answer.catch((error: unknown) => {
      if (!isAnswer(error)) answers.delete(key);
    });
    return answer;
  };
}

/**
 * What the embedded default answers for `.localhost`, which no real DNS has (RFC 6761): every domain there publishes the
 * site's own key, so that what the site signs is proven and nothing else is. Without a key, these domains have no records.
 */
export function withLocalhost(
  resolver: Resolver,
  key: { readonly selector: string; readonly record: string } | null,
): Resolver {
  return async (name, type, timeoutMs) => {
    const wanted = name.toLowerCase().replace(/\.$/, '');
    if (!/(?:^|\.)localhost$/.test(wanted)) return resolver(name, type, timeoutMs);
    if (key !== null && type === 'TXT') {
      if (wanted.startsWith(`${key.selector}._domainkey.`)) return [[key.record]];
      // Strictly aligned: by the tree walk of RFC 9989 all of them would be parts of one organization, `localhost`.
      if (wanted.startsWith('_dmarc.')) return [['v=DMARC1; p=reject; adkim=s; aspf=s']];
    }
    throw dnsError('ENOTFOUND', name);
  };
}

async function ask(name: string, type: string, timeoutMs: number): Promise<string[][] | string[]> {
  const resolver = new dns.Resolver({ timeout: Math.ceil(timeoutMs / tries), tries });
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    resolver.cancel();
    late.reject(dnsError('ETIMEOUT', name));
  }, timeoutMs);
  try {
    return (await Promise.race([resolver.resolve(name, type), late.promise])) as string[][] | string[];
  } finally {
    clearTimeout(timer);
  }
}

function isAnswer(error: unknown): boolean {
  return ['ENOTFOUND', 'ENODATA'].includes(String((error as { code?: unknown }).code));
}

function dnsError(code: string, name: string): Error {
  return Object.assign(new Error(`${code} ${name}`), { code });
}
