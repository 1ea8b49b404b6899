/** Long enough to outlive a pause between releases; RFC 9116 §2.5.5 recommends less than a year. */
const validMs = 180 * 86_400_000;

/** `/.well-known/security.txt` as in RFC 9116. `url`: the address of the site, without a trailing slash. */
export function securityTxt(supportAddress: string, url: string, nowMs: number): string {
  const expires = new Date(nowMs + validMs).toISOString().replace(/\.\d+Z$/, 'Z');
  return [
    `Contact: mailto:${mailAddress(supportAddress)}`,
    `Expires: ${expires}`,
    `Policy: ${url}/docs/security`,
    'Preferred-Languages: en, zh',
    `Canonical: ${url}/.well-known/security.txt`,
    '',
  ].join('\n');
}

/** As RFC 6068 wants it in an address: a "?" in the local part would otherwise begin header fields. */
export function mailAddress(address: string): string {
  return encodeURIComponent(address).replaceAll('%40', '@');
}
