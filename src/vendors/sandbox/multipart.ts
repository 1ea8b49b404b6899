/** What the sandbox reads of a multipart body: small fields, and the size of files. */
export interface Form {
  readonly fields: ReadonlyMap<string, string>;
  readonly files: readonly FormFile[];
}

export interface FormFile {
  readonly name: string;
  readonly fileName: string;
  readonly bytes: number;
}

export const emptyForm: Form = { fields: new Map(), files: [] };

const maxParts = 100;
const maxFieldBytes = 64 * 1024;

/** Null when the body is no multipart form. */
export function parseForm(contentType: string, body: Buffer): Form | null {
  const boundary = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(contentType);
  if (boundary === null) return null;
  const mark = Buffer.from(`--${boundary[1] ?? boundary[2]}`);
  const fields = new Map<string, string>();
  const files: FormFile[] = [];
  let at = body.indexOf(mark);
  for (let n = 0; at >= 0 && n < maxParts; n++) {
    const from = at + mark.length;
    at = body.indexOf(mark, from);
    const headEnd = body.indexOf('\r\n\r\n', from);
    if (at < 0 || headEnd < 0 || headEnd > at) break;
    const head = body.toString('utf8', from, headEnd);
    const name = /\bname="([^"]*)"/i.exec(head)?.[1];
    const fileName = /\bfilename="([^"]*)"/i.exec(head)?.[1];
    const content = body.subarray(headEnd + 4, Math.max(headEnd + 4, at - 2));
    if (name === undefined) continue;
    if (fileName !== undefined) files.push({ name, fileName, bytes: content.length });
    else if (content.length <= maxFieldBytes) fields.set(name, content.toString('utf8'));
  }
  return { fields, files };
}
