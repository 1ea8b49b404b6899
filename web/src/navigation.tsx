import {
  type AnyRouter,
  Link as RouterLink,
  useLocation,
  useNavigate,
  useParams,
  useSearch,
} from '@tanstack/react-router';
import { type AnchorHTMLAttributes, type ReactNode, type Ref, useCallback, useMemo } from 'react';

/** The one door to the router: pages take links, parameters and filters from here. */

/** A page's path as `routes.tsx` has it, without `/console`: `/keys/$key`. */
export type PagePath = `/${string}`;

export interface Target {
  readonly to: PagePath;
  /** For the `$names` of the path. */
  readonly params?: Readonly<Record<string, string>>;
  readonly search?: Readonly<Record<string, string | undefined>>;
}

interface LinkProps extends Target, Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'target'> {
  readonly ref?: Ref<HTMLAnchorElement>;
  readonly children: ReactNode;
}

/** The router would call every link to a page above the present one "current" too: `/operator` on `/operator/staff`. */
const samePage = { exact: true } as const;

/** A link to a page of the console. Its code is fetched when the pointer comes near. */
export function Link({ to, params = {}, search = {}, ...rest }: LinkProps) {
  return <RouterLink {...rest} to={to} params={params} search={search} activeOptions={samePage} />;
}

/** The look of a link in text. */
export function TextLink({ className = '', ...rest }: LinkProps) {
  return <Link {...rest} className={`link ${className}`} />;
}

/** Goes to a page. `replace`: Back does not lead here again. */
export function useGo(): (target: Target & { readonly replace?: boolean }) => Promise<void> {
  const navigate = useNavigate();
  return useCallback(
    ({ to, params = {}, search = {}, replace = false }) => navigate({ to, params, search, replace }),
    [navigate],
  );
}

/** Goes to an address of the console with `/console`, as `safeNext` gives it; Back does not lead here again. */
export function useGoTo(): (href: string) => Promise<void> {
  const navigate = useNavigate();
  return useCallback((href) => navigate({ href, replace: true }), [navigate]);
}

/** A `$name` of the page's path. */
export function useParam(name: string): string {
  const params: Readonly<Record<string, unknown>> = useParams({ strict: false });
  const value = params[name];
  if (typeof value !== 'string') throw new Error(`The page's path has no $${name}.`);
  return value;
}

/** One value of the address's query; null when it is not there. */
export function useQueryValue(name: string): string | null {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const value = search[name];
  return typeof value === 'string' ? value : null;
}

/** The path without `/console`. */
export function usePath(): string {
  return useLocation().pathname;
}

export interface Filters<Name extends string> {
  readonly values: Readonly<Partial<Record<Name, string>>>;
  /** Whether any is set. */
  readonly isSet: boolean;
  /** Changes some; undefined takes one out. */
  set(changes: Readonly<Partial<Record<Name, string | undefined>>>): void;
  clear(): void;
}

/** What a list is narrowed by, kept in the address, so that it can be shared and survives a reload. */
export function useFilters<Name extends string>(names: readonly Name[]): Filters<Name> {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const list = names.join();
  const change = useCallback(
    (changes: Readonly<Record<string, string | undefined>>) => {
      const next = (before: Readonly<Record<string, unknown>>) => ({ ...before, ...changes });
      navigate({ to: '.', search: next as never, replace: true, resetScroll: false });
    },
    [navigate],
  );
  return useMemo(() => {
    const own = list === '' ? [] : (list.split(',') as Name[]);
    const values: Partial<Record<Name, string>> = {};
    for (const name of own) {
      const value = search[name];
      if (typeof value === 'string' && value !== '') values[name] = value;
    }
    return {
      values,
      isSet: Object.keys(values).length > 0,
      set: (changes) => change(changes as Readonly<Record<string, string | undefined>>),
      clear: () => change(Object.fromEntries(own.map((name) => [name, undefined]))),
    };
  }, [list, search, change]);
}

/** Query strings as people write them, `?status=failed&model=gpt-5`: every value is a string, none is JSON. */
export const plainSearch = {
  parse: (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text)),
  stringify: (search: Readonly<Record<string, unknown>>): string => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '');
    const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
    return text === '' ? '' : `?${text}`;
  },
};

/** Whether the reader has come to a page by a link, and its heading has not taken the focus yet. */
export const arrivals = {
  pending: false,
  watch(router: AnyRouter): void {
    router.subscribe('onBeforeNavigate', ({ fromLocation, pathChanged }) => {
      if (fromLocation && pathChanged) this.pending = true;
    });
  },
  claim(): boolean {
    const { pending } = this;
    this.pending = false;
    return pending;
  },
};
