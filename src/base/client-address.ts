import ipaddr from 'ipaddr.js';

/** Networks of proxies whose `X-Forwarded-For` is believed, as `parseNetworks` makes them. */
export type Networks = readonly (readonly [ipaddr.IPv4 | ipaddr.IPv6, number])[];

/** `10.0.0.0/8, 127.0.0.1`. @throws Error whose message completes "must be …" */
export function parseNetworks(text: string): Networks {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      try {
        return part.includes('/') ? ipaddr.parseCIDR(part) : ([ipaddr.process(part), hostBits(part)] as const);
      } catch {
        throw new Error(`addresses or networks such as 10.0.0.0/8, separated by commas, not "${part}"`);
      }
    });
}

/**
 * Where a call comes from: the socket's address, or, behind a trusted proxy, the last address in `X-Forwarded-For` that
 * is no trusted proxy itself. Whatever stands further left was written by the client.
 */
export function clientAddress(remote: string | undefined, forwardedFor: string | undefined, trusted: Networks): string {
  const socket = plain(remote ?? '');
  if (forwardedFor === undefined || !isIn(socket, trusted)) return socket;
  let nearest = socket;
  for (const hop of forwardedFor.split(',').reverse()) {
    const address = plain(hop.trim());
    if (!ipaddr.isValid(address)) return nearest;
    nearest = address;
    if (!isIn(address, trusted)) return address;
  }
  return nearest;
}

/** `::ffff:127.0.0.1` is 127.0.0.1. */
function plain(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
}

function hostBits(address: string): number {
  return ipaddr.process(address).kind() === 'ipv4' ? 32 : 128;
}

function isIn(address: string, networks: Networks): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return networks.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
}
