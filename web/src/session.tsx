import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';
import { useRead } from './api/queries.ts';
import type { Session } from './api/schema.ts';
import { store, stored } from './storage.ts';

const storageName = 'lodge.organization';
const everyMs = 300_000;

export type SessionOrganization = Session['organizations'][number];

interface SessionState {
  readonly session: Session;
  readonly organization: SessionOrganization | null;
  chooseOrganization(id: string): void;
}

const SessionContext = createContext<SessionState | null>(null);

/** The session as it comes from the API; for the frame, and for pages that are seen signed out as well. */
export function useSessionRead() {
  return useRead('/control/v1/session', {}, { everyMs });
}

interface SessionProviderProps {
  readonly session: Session;
  readonly children: ReactNode;
}

export function SessionProvider({ session, children }: SessionProviderProps) {
  const [chosen, setChosen] = useState(() => stored(storageName));
  const { organizations } = session;
  const organization = organizations.find(({ id }) => id === chosen) ?? organizations[0] ?? null;
  const chooseOrganization = useCallback((id: string) => {
    keepOrganization(id);
    setChosen(id);
  }, []);
  const state = useMemo(
    () => ({ session, organization, chooseOrganization }),
    [session, organization, chooseOrganization],
  );
  return <SessionContext value={state}>{children}</SessionContext>;
}

function useSessionState(): SessionState {
  const state = use(SessionContext);
  if (state === null) throw new Error('Only pages of the signed-in frame have a session.');
  return state;
}

/** For the next time that the console opens with an account: what it shows then, when the account belongs to it. */
export function keepOrganization(id: string): void {
  store(storageName, id);
}

/** Who is signed in. Only in pages of the signed-in frame. */
export function useSession(): Session {
  return useSessionState().session;
}

/** The organization that the console shows. A page that works on one names a permission in `routes.tsx`, and has one. */
export function useOrganization(): SessionOrganization {
  const { organization } = useSessionState();
  if (organization === null) throw new Error('The account belongs to no organization.');
  return organization;
}

/** For the frame: null for an account without any, as staff may be. */
export function useOrganizationChoice(): Omit<SessionState, 'session'> {
  return useSessionState();
}

/** Whether the account may do something in the chosen organization. What it says is a courtesy: the API decides. */
export function useCan(permission: string): boolean {
  return useSessionState().organization?.permissions.includes(permission) ?? false;
}

/** Whether the account may do something as staff of the site. */
export function useStaffCan(permission: string): boolean {
  return useSession().staff?.permissions.includes(permission) ?? false;
}
