import { useSession } from '../session.tsx';

/** False while staff look with a customer's eyes: then the API takes no change, and none is offered. */
export function useMayChange(): boolean {
  return useSession().acting_as === null;
}
