import type { IncomingMessage } from 'node:http';
import { clientAddress, type Networks } from '../base/client-address.ts';

/** Where a call comes from, as audit log and limits name it. */
export function addressOf(incoming: IncomingMessage, trustedProxies: Networks): string {
  const forwarded = incoming.headers['x-forwarded-for'];
  const text = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
  return clientAddress(incoming.socket.remoteAddress, text, trustedProxies);
}
