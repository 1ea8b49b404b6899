import { useEffect, useState } from 'react';
import { Duration } from '../../ui/duration.tsx';

/** Milliseconds since a time, and counting. A clock that is a little behind the server's counts from 0. */
export function useElapsedMs(since: string, running: boolean, everyMs = 1_000): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    if (!running) return;
    setNowMs(Date.now());
    const timer = window.setInterval(() => setNowMs(Date.now()), everyMs);
    return () => window.clearInterval(timer);
  }, [running, everyMs]);
  return Math.max(0, nowMs - Date.parse(since));
}

/** How long a call has been running. */
export function Elapsed({ since }: { readonly since: string }) {
  const ms = useElapsedMs(since, true);
  // Whole seconds: what moves by itself should not flicker.
  return <Duration ms={Math.floor(ms / 1_000) * 1_000} />;
}
