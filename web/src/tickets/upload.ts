/** How files come to a message: begun by name and size, then in pieces. The desk and the help pages have ends of their own. */
export interface UploadEnds {
  begin(file: { readonly name: string; readonly size: number }, signal: AbortSignal): Promise<string>;
  piece(id: string, number: number, base64: string, signal: AbortSignal): Promise<unknown>;
}

/** As the API takes them. */
export const pieceMaxBytes = 512 * 1024;
export const fileMaxBytes = 25 * 1024 * 1024;
export const filesMax = 10;

/**
 * Sends a file piece by piece; `onShare` hears how much of it is there, from 0 to 1.
 *
 * @returns the id of the whole upload
 */
export async function uploadFile(
  file: File,
  ends: UploadEnds,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const id = await ends.begin({ name: file.name, size: file.size }, signal);
  const pieces = Math.max(1, Math.ceil(file.size / pieceMaxBytes));
  for (let number = 0; number < pieces; number++) {
    const bytes = await file.slice(number * pieceMaxBytes, (number + 1) * pieceMaxBytes).arrayBuffer();
    await ends.piece(id, number, base64Of(new Uint8Array(bytes)), signal);
    onShare((number + 1) / pieces);
  }
  return id;
}

const stepBytes = 0x8000;

/** Pure. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += stepBytes)
    text += String.fromCharCode(...bytes.subarray(at, at + stepBytes));
  return btoa(text);
}
