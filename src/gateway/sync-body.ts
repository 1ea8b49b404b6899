import { topLevelMember } from '../vendors/index.ts';

/**
 * Puts our request id into a JSON answer without parsing it: `request_id` becomes the first member, or takes the place of
 * the vendor's own (Anthropic's errors have one). Every other byte stays as it was. What is no JSON object is left alone.
 */
export function withRequestId(body: Buffer, requestId: string): Buffer {
  const open = firstByte(body);
  if (open < 0 || body[open] !== 0x7b) return body;
  if (body.includes('request_id')) {
    const theirs = topLevelMember(body, 'request_id');
    if (theirs)
      return Buffer.concat([body.subarray(0, theirs.start), Buffer.from(`"${requestId}"`), body.subarray(theirs.end)]);
  }
  const empty = body[firstByte(body, open + 1)] === 0x7d;
  const member = `"request_id":"${requestId}"${empty ? '' : ','}`;
  const joined = Buffer.allocUnsafe(body.length + member.length);
  body.copy(joined, 0, 0, open + 1);
  joined.write(member, open + 1, 'latin1');
  body.copy(joined, open + 1 + member.length, open + 1);
  return joined;
}

/** Where the first byte that is not white space stands, or -1. */
function firstByte(body: Buffer, from = 0): number {
  for (let i = from; i < body.length; i++) {
    const byte = body[i];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return i;
  }
  return -1;
}
