/**
 * Gives a mail whose declared character set is plainly wrong another one: 8-bit text that is called UTF-8, or nothing at
 * all, but is none. Chinese programs are the common case, so GB 18030 is tried first, then Windows' Latin.
 */
export function repairCharsets(raw: Buffer): Buffer {
  if (isValid(raw, 'utf-8')) return raw;
  const text = raw.toString('latin1');
  const declared = [...text.slice(0, 200_000).matchAll(/\bcharset[ \t]*=[ \t]*"?([\w:.-]{1,40})/gi)].map(
    ([, name]) => name ?? '',
  );
  if (!declared.every((name) => /^(?:utf-?8|us-ascii|ascii|unknown.*|x-unknown|default)$/i.test(name))) return raw;
  const encoding = isChinese(raw) ? 'gb18030' : 'windows-1252';
  if (declared.length === 0) return withHeader(text, encoding);
  return Buffer.from(text.replace(/(\bcharset[ \t]*=[ \t]*"?)[\w:.-]{1,40}/gi, `$1${encoding}`), 'latin1');
}

function withHeader(text: string, encoding: string): Buffer {
  if (/^content-type:/im.test(text.slice(0, 20_000).split(/\r?\n\r?\n/, 1)[0] ?? ''))
    return Buffer.from(text, 'latin1');
  return Buffer.from(
    `Content-Type: text/plain; charset=${encoding}\r\nContent-Transfer-Encoding: 8bit\r\n${text}`,
    'latin1',
  );
}

/** Most high bytes come in pairs of the range where GB 2312 has its common characters. */
function isChinese(raw: Buffer): boolean {
  let pairs = 0;
  let singles = 0;
  for (let i = 0; i < raw.length; i++) {
    const byte = raw[i] ?? 0;
    if (byte < 0x80) continue;
    const next = raw[i + 1] ?? 0;
    const isPair = byte >= 0xa1 && byte <= 0xf7 && next >= 0xa1 && next <= 0xfe;
    if (!isPair) singles++;
    else {
      pairs++;
      i++;
    }
  }
  return pairs > 1 && pairs > singles * 9 && isValid(raw, 'gb18030');
}

function isValid(raw: Buffer, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(raw);
    return true;
  } catch {
    return false;
  }
}
