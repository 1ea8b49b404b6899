/**
 * Takes the body of an answer as it comes, and gives it to the browser as a file.
 *
 * @param onBytes is told how many have come
 * @returns the file's name: the server's, or `fallback`
 */
export async function saveAs(response: Response, fallback: string, onBytes: (count: number) => void): Promise<string> {
  const name = /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? fallback;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let count = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (next === undefined || next.done) break;
    pieces.push(next.value);
    count += next.value.length;
    onBytes(count);
  }
  const address = URL.createObjectURL(new Blob(pieces, { type: response.headers.get('content-type') ?? '' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
  return name;
}
