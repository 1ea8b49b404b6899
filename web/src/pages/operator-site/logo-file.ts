import type { Logo } from './draft.ts';

export const logoKinds = ['image/svg+xml', 'image/png', 'image/webp'] as const;
/** As the API has it. */
export const logoMaxBytes = 128 * 1_024;
/** Arguments of one call have a limit. */
const atOnce = 8_192;

/** A file as the API takes it; null when it is of another kind. What is in it the API looks at. */
export async function readLogo(file: File): Promise<Logo | null> {
  const kind = logoKinds.find((each) => each === file.type);
  if (kind === undefined) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += atOnce) binary += String.fromCharCode(...bytes.subarray(at, at + atOnce));
  return { content_type: kind, data: btoa(binary) };
}
