import { ApiProblem } from './problem.ts';

export interface NamedFile {
  readonly name: string;
  readonly blob: Blob;
}

const newline = 10;

/**
 * An answer that is a file, read as it comes. `onLines` is told how many whole lines have come.
 *
 * @throws ApiProblem `network_unreachable` when it breaks off
 */
export async function streamed(
  answer: Response,
  fallbackName: string,
  onLines: (lines: number) => void,
): Promise<NamedFile> {
  const name = fileName(answer.headers.get('content-disposition')) ?? fallbackName;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let lines = 0;
  const reader = answer.body?.getReader();
  try {
    for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader?.read()) {
      parts.push(read.value);
      lines += read.value.filter((byte) => byte === newline).length;
      onLines(lines);
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    const detail = 'The download broke off.';
    throw new ApiProblem(
      { status: 0, code: 'network_unreachable', detail, errors: [], request_id: answer.headers.get('x-request-id') },
      { cause: error },
    );
  }
  return { name, blob: new Blob(parts, { type: answer.headers.get('content-type') ?? 'application/octet-stream' }) };
}

/** `attachment; filename="audit.csv"` → audit.csv. Pure. */
export function fileName(disposition: string | null): string | null {
  return /filename="([^"/\\]+)"/.exec(disposition ?? '')?.[1] ?? null;
}

/** As if the reader had followed a link to it. */
export function saveAs({ name, blob }: NamedFile): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it up by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
