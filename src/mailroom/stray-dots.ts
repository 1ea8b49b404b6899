const [cr, lf, dot] = [0x0d, 0x0a, 0x2e];

/**
 * Whether a mail holds a lone dot between line ends that are not both CRLF. Some hosts take such a line for the end of
 * the mail, and what follows for commands: "SMTP smuggling". A lone dot between two CRLF was dot-stuffed and is text.
 */
export function hasStrayDotLine(raw: Buffer): boolean {
  for (let at = raw.indexOf(dot); at !== -1; at = raw.indexOf(dot, at + 1)) {
    const before = raw[at - 1];
    const after = raw[at + 1];
    if ((before !== cr && before !== lf) || (after !== cr && after !== lf)) continue;
    const wholeBefore = before === lf && raw[at - 2] === cr;
    const wholeAfter = after === cr && raw[at + 2] === lf;
    if (!wholeBefore || !wholeAfter) return true;
  }
  return false;
}
