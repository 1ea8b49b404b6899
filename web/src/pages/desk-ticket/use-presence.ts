import { useEffect, useState } from 'react';
import { type Answer, api } from '../../api/client.ts';

type Others = Answer<'/admin/v1/tickets/{ticket}/presence', 'put'>['others'];

const everyMs = 15_000;
const none: Others = [];

/** Who else has the ticket open, and whether they write; the others see the same of the viewer. */
export function usePresence(ticket: string, typing: boolean): Others {
  const [others, setOthers] = useState(none);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const say = async () => {
      if (document.hidden) return;
      try {
        const body = { typing };
        const answer = await api.put('/admin/v1/tickets/{ticket}/presence', { params: { ticket }, body, signal });
        if (!signal.aborted) setOthers(answer.others);
      } catch {
        // It is a courtesy: the version of the ticket is what counts.
      }
    };
    void say();
    const timer = window.setInterval(() => void say(), everyMs);
    return () => {
      leaving.abort();
      window.clearInterval(timer);
    };
  }, [ticket, typing]);
  return others;
}
