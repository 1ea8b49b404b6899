/** The id that was wished for, or one that nobody has. */
export function newChannelId(wished: string): string {
  if (wished !== '') return wished;
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `ch_${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
