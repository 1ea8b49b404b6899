import { safeNext } from '../api/next-path.ts';
import { useSession } from '../session.tsx';
import { store, stored } from '../storage.ts';

/** False while staff look with a customer's eyes: then the API takes no change, and none is offered. */
export function useMayChange(): boolean {
  return useSession().acting_as === null;
}

/** Where the look with a customer's eyes was begun: it may be ended in another window. */
const storageName = 'lodge.acting-from';

/** Shows the console as the customer sees it. Loaded anew: everything in memory is what staff see. */
export function showAsCustomer(): void {
  const { pathname, search } = window.location;
  store(storageName, pathname + search);
  window.location.assign('/console/');
}

/** Shows the page that the look was begun from. Loaded anew: everything in memory is the customer's. */
export function showAsStaff(): void {
  const from = safeNext(stored(storageName));
  store(storageName, null);
  window.location.assign(from);
}
