import { useCallback, useEffect } from 'react';
import { safeNext } from '../api/next-path.ts';
import { useForget, useRead } from '../api/queries.ts';
import type { Session } from '../api/schema.ts';
import { useGoTo } from '../navigation.tsx';

/** After a sign-in: on to where the person wanted to go, with nothing left of whoever was here before. */
export function useArrive(): (next: string | null) => Promise<void> {
  const forget = useForget();
  const goTo = useGoTo();
  return useCallback(
    (next) => {
      forget();
      return goTo(safeNext(next));
    },
    [forget, goTo],
  );
}

/** Who is signed in, for pages that are seen signed out as well; null: nobody, undefined: not known yet. */
export function useVisitor(): Session | null | undefined {
  const { data, error } = useRead('/control/v1/session', {});
  return data ?? (error === null ? undefined : null);
}

/** Whoever is signed in already, here or in another tab, goes on. @returns whether that is so */
export function useOnward(next: string | null): boolean {
  const visitor = useVisitor();
  const goTo = useGoTo();
  useEffect(() => {
    if (visitor) void goTo(safeNext(next));
  }, [visitor, goTo, next]);
  return Boolean(visitor);
}
