/** How far a download has come. */
export interface Progress {
  readonly rows: number;
  /** Null when the server does not say. */
  readonly total: number | null;
}

const lineFeed = 10;

/**
 * Reads a CSV file that is streamed, counting its rows as they come; `onProgress` hears of each piece. Breaking off, on
 * either side, rejects: a part of a file is no file.
 */
export async function readFile(response: Response, onProgress: (progress: Progress) => void): Promise<Blob> {
  const announced = Number(response.headers.get('x-total-rows') ?? Number.NaN);
  const total = Number.isInteger(announced) ? announced : null;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  // The first line has the titles.
  let rows = -1;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    for (const byte of value) if (byte === lineFeed) rows++;
    onProgress({ rows: Math.max(0, rows), total });
  }
  return new Blob(pieces, { type: 'text/csv' });
}

/** What the server calls the file. */
export function fileName(response: Response): string {
  return /filename="([^"/\\]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'usage.csv';
}

/** Hands a file to the browser, which saves it where it saves downloads. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Taken back at once it would be gone before some browsers begin to read it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
