import { BlockList, isIP, isIPv4 } from 'node:net';

// Everything in IANA's special-purpose registries that does not lead to the public internet, and multicast.
const reserved4 = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier-grade NAT; one cloud's metadata service is 100.100.100.200
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local; most clouds' metadata service is 169.254.169.254
  ['172.16.0.0', 12],
  ['192.0.0.0', 24], // protocol assignments; one cloud's metadata service is 192.0.0.192
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['168.63.129.16', 32], // one cloud's internal services, on a public number
] as const)
  reserved4.addSubnet(network, bits, 'ipv4');

// Inside 2000::/3, the only global unicast range.
const reserved6 = new BlockList();
for (const [network, bits] of [
  ['2001::', 23], // protocol assignments, among them Teredo, which carries any IPv4 address
  ['2001:db8::', 32],
  ['3fff::', 20],
] as const)
  reserved6.addSubnet(network, bits, 'ipv6');

/**
 * Whether an IP address leads to the public internet and nowhere else: not to this machine, its networks, a cloud's
 * metadata service, multicast or a reserved range. Forms of IPv6 that carry an IPv4 address (mapped, NAT64, 6to4) are
 * judged by that address. Pure, about 2 µs: made for the moment of dialling, so that a name which answers differently
 * the second time (DNS rebinding) gains nothing.
 *
 * @param address as resolved, without brackets; anything that is no IP address is not public
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !reserved4.check(address, 'ipv4');
  const plain = address.split('%', 1)[0] ?? '';
  if (isIP(plain) !== 6) return false;
  const words = ipv6Words(plain);
  const carried = carriedIPv4(words);
  if (carried !== null) return !reserved4.check(carried, 'ipv4');
  return ((words[0] ?? 0) & 0xe000) === 0x2000 && !reserved6.check(plain, 'ipv6');
}

/** The IPv4 address that traffic to this one ends up at, or null when there is none. */
function carriedIPv4(words: readonly number[]): string | null {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = words;
  const zeroUpTo = (...values: readonly number[]): boolean => values.every((value) => value === 0);
  if (zeroUpTo(a, b, c, d, e) && f === 0xffff) return dotted(g, h); // mapped, ::ffff:0:0/96
  if (a === 0x64 && b === 0xff9b && zeroUpTo(c, d, e, f)) return dotted(g, h); // NAT64, 64:ff9b::/96
  if (a === 0x2002) return dotted(b, c); // 6to4, 2002::/16
  return null;
}

function dotted(high: number, low: number): string {
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** The eight 16-bit words of a valid IPv6 address in any of its spellings. */
function ipv6Words(address: string): number[] {
  let text = address;
  const tail = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  if (tail) {
    const [first = 0, second = 0, third = 0, fourth = 0] = tail.slice(1).map(Number);
    const words = `${((first << 8) | second).toString(16)}:${((third << 8) | fourth).toString(16)}`;
    text = text.slice(0, tail.index) + words;
  }
  const [head = '', rest] = text.split('::');
  const read = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16));
  const before = read(head);
  if (rest === undefined) return before;
  const after = read(rest);
  return [...before, ...Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0), ...after];
}
