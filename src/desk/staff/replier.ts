import type { RouteContext } from '../../http/index.ts';
import { eventActorOf } from '../store/index.ts';
import type { Replier } from '../writing/index.ts';

/** Who writes. The admin token is nobody's name: what it writes comes from the site. */
export function replierOf({ caller, actor }: RouteContext, siteName: string): Replier {
  const event = eventActorOf(actor);
  if (caller.kind !== 'person') return { actor: event, accountId: null, email: '', name: siteName };
  return { actor: event, accountId: caller.accountId, email: caller.email, name: caller.name };
}
