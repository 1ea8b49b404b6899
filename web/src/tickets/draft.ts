import { useCallback, useEffect, useRef, useState } from 'react';
import { store, stored } from '../storage.ts';

interface Kept {
  readonly text: string;
  readonly at: string;
}

export interface Draft {
  readonly text: string;
  /** When it was written, where it was found again; null once it has been changed, and when there was none. */
  readonly restoredAt: string | null;
  set(text: string): void;
  /** Sent, or not wanted. */
  clear(): void;
}

const settleMs = 400;
const prefix = 'lodge.draft.';

/** What somebody is writing, kept in this browser until it is sent. Another `name` is another draft. */
export function useDraft(name: string): Draft {
  const [state, setState] = useState(() => open(name));
  if (state.name !== name) setState(open(name));
  const latest = useRef(state);
  latest.current = state;
  const { text, changed } = state;
  useEffect(() => {
    if (!changed) return;
    const timer = setTimeout(() => keep(name, text), settleMs);
    return () => clearTimeout(timer);
  }, [name, text, changed]);
  // Whoever leaves within the moment has written it all the same.
  useEffect(
    () => () => {
      if (latest.current.name === name && latest.current.changed) keep(name, latest.current.text);
    },
    [name],
  );
  const set = useCallback((next: string) => setState({ name, text: next, changed: true, restoredAt: null }), [name]);
  const clear = useCallback(() => {
    store(prefix + name, null);
    setState({ name, text: '', changed: false, restoredAt: null });
  }, [name]);
  return { text, restoredAt: state.restoredAt, set, clear };
}

interface DraftState {
  readonly name: string;
  readonly text: string;
  readonly changed: boolean;
  readonly restoredAt: string | null;
}

function open(name: string): DraftState {
  const kept = readDraft(stored(prefix + name));
  return { name, text: kept?.text ?? '', changed: false, restoredAt: kept?.at ?? null };
}

function keep(name: string, text: string): void {
  const kept: Kept = { text, at: new Date().toISOString() };
  store(prefix + name, text.trim() === '' ? null : JSON.stringify(kept));
}

/** What stands in the browser's storage may be anything. Pure. */
export function readDraft(value: string | null): Kept | null {
  try {
    const kept = JSON.parse(value ?? 'null') as Partial<Kept> | null;
    return typeof kept?.text === 'string' && typeof kept.at === 'string' ? { text: kept.text, at: kept.at } : null;
  } catch {
    return null;
  }
}
