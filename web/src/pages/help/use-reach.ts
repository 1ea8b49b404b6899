import { useCallback, useEffect, useState } from 'react';
import { useSite } from '../../site.ts';

export interface Reach {
  /** elsewhere: the policy of this page lets it call its own address only. */
  readonly is: 'running' | 'reached' | 'failed' | 'elsewhere';
  readonly url: string;
  readonly region: string;
  readonly ms: number;
}

const timeoutMs = 10_000;

/** Whether the base URL of this region answers this browser as a gateway does. */
export function useReach(): { readonly reach: Reach; again(): void } {
  const { site } = useSite();
  const url = site?.api_base_url ?? '';
  const [attempt, setAttempt] = useState(0);
  const [reach, setReach] = useState<Reach>({ is: 'running', url: '', region: '', ms: 0 });
  useEffect(() => {
    if (url === '') return;
    const here = { url, region: '', ms: 0 };
    if (new URL(url).origin !== window.location.origin) return setReach({ ...here, is: 'elsewhere' });
    setReach((last) => (attempt === 0 ? { ...here, is: 'running' } : { ...last, is: 'running' }));
    const leaving = new AbortController();
    probe(url, leaving.signal).then(
      (found) => !leaving.signal.aborted && setReach({ ...here, ...found, is: found ? 'reached' : 'failed' }),
    );
    return () => leaving.abort();
  }, [url, attempt]);
  return { reach, again: useCallback(() => setAttempt((count) => count + 1), []) };
}

/** Null: nothing answered, or something that is no gateway. */
async function probe(url: string, leaving: AbortSignal): Promise<{ region: string; ms: number } | null> {
  const startedMs = performance.now();
  const signal = AbortSignal.any([leaving, AbortSignal.timeout(timeoutMs)]);
  try {
    // Without the cookie of the session, as a tool calls.
    const response = await fetch(`${url}/`, {
      headers: { accept: 'application/json' },
      signal,
      credentials: 'omit',
      cache: 'no-store',
    });
    const answer: unknown = await response.json();
    const region = typeof answer === 'object' && answer !== null && 'region' in answer ? String(answer.region) : null;
    return response.ok && region !== null ? { region, ms: Math.round(performance.now() - startedMs) } : null;
  } catch {
    return null;
  }
}
