import {
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { arrivals, plainSearch } from './navigation.tsx';
import { type Page, pages } from './routes.tsx';
import { Front } from './shell/front.tsx';
import { PageFailed } from './shell/page-failed.tsx';
import { PagePending } from './shell/page-pending.tsx';
import { Shell } from './shell/shell.tsx';
import { Toasts } from './ui/toasts.tsx';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** The line of `routes.tsx` that a route is made of. */
    readonly page?: Page;
  }
}

/** Turns the table of pages into routes below two frames. */
export function createConsoleRouter() {
  const root = createRootRoute({
    component: () => (
      <>
        <Outlet />
        <Toasts />
      </>
    ),
    errorComponent: Failed,
  });
  const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
  const front = createRoute({ getParentRoute: () => root, id: 'front', component: Front });
  const below = (parent: typeof shell | typeof front, frame: 'shell' | 'front') =>
    pages
      .filter((page) => (page.frame ?? 'shell') === frame)
      .map((page) =>
        createRoute({
          getParentRoute: () => parent,
          path: page.path,
          component: lazyRouteComponent(page.load, 'Page'),
          staticData: { page },
          // `/keys/a` and `/keys/b` are two arrivals, with nothing left over from the first.
          remountDeps: ({ params }) => params,
        }),
      );
  const router = createRouter({
    routeTree: root.addChildren([shell.addChildren(below(shell, 'shell')), front.addChildren(below(front, 'front'))]),
    basepath: '/console',
    parseSearch: plainSearch.parse,
    stringifySearch: plainSearch.stringify,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultErrorComponent: Failed,
    defaultPendingComponent: PagePending,
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
  });
  arrivals.watch(router);
  return router;
}

function Failed({ error, reset }: ErrorComponentProps) {
  return <PageFailed error={error} onRetry={reset} />;
}
