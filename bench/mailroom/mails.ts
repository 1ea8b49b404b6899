import { newRequestId } from '../../src/base/request-id.ts';
import type { DemoSigner } from '../../src/mailroom/demo-domain.ts';

export type MailKind = 'plain' | 'html' | 'attachment';

const senders = 500;
const domains = 50;
const attachmentBytes = 200 * 1024;
const lineLength = 76;

/**
 * The mail of a number: half of them plain, four tenths with HTML, one tenth with a file of 200 kB; two of three signed; one
 * in five answers an earlier one; one in two names the request that it is about, a third is in Chinese.
 */
export async function makeMail(number: number, signer: DemoSigner): Promise<Buffer> {
  const domain = `customer${number % domains}.localhost`;
  const raw = Buffer.from([...headersOf(number, domain), ...bodyOf(number)].join('\r\n'));
  if (number % 3 === 2) return raw;
  return Buffer.concat([Buffer.from(await signer.sign(raw, domain)), raw]);
}

function kindOf(number: number): MailKind {
  const tenth = Math.floor(number / 7) % 10;
  return tenth < 5 ? 'plain' : tenth < 9 ? 'html' : 'attachment';
}

function headersOf(number: number, domain: string): string[] {
  const answered = number % 5 === 0 && number >= senders ? `<${number - senders}@${domain}>` : null;
  return [
    `From: Customer ${number % senders} <c${number % senders}@${domain}>`,
    'To: support@lodge.localhost',
    `Subject: ${answered === null ? `${['bug', 'billing', 'Question'][number % 3]}: call ${number} fails` : 'Re: it fails'}`,
    `Message-ID: <${number}@${domain}>`,
    ...(answered === null ? [] : [`In-Reply-To: ${answered}`, `References: ${answered}`]),
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
  ];
}

function textOf(number: number): string[] {
  const id = number % 2 === 0 ? [`Request id: ${newRequestId(Date.now() - 3_600_000)}`] : [];
  const lines = Array.from(
    { length: 20 },
    (_, line) => `2026-11-21T08:00:${line + 10}Z POST /v1/chat/completions 429 call ${number}.${line}`,
  );
  return number % 3 === 0
    ? [`您好，自今天早上起，我们的调用一直返回 429 rate_limited，编号 ${number}。请尽快处理，谢谢。`, ...id, ...lines]
    : [`Hello, since this morning our calls fail with 429 rate_limited, ${number}. What can we do?`, ...id, ...lines];
}

function bodyOf(number: number): string[] {
  const text = ['Content-Type: text/plain; charset=utf-8', '', ...textOf(number), ''];
  const kind = kindOf(number);
  if (kind === 'plain') return text;
  if (kind === 'html') {
    const paragraphs = textOf(number).map((line) => `<p style="margin:0">${line}</p>`);
    const html = ['Content-Type: text/html; charset=utf-8', '', '<div dir="auto">', ...paragraphs, '</div>', ''];
    return ['Content-Type: multipart/alternative; boundary=b', '', '--b', ...text, '--b', ...html, '--b--', ''];
  }
  const file = [
    'Content-Type: application/octet-stream; name="trace.bin"',
    'Content-Disposition: attachment; filename="trace.bin"',
    'Content-Transfer-Encoding: base64',
    '',
    ...base64Lines(attachmentOf(number)),
    '',
  ];
  return ['Content-Type: multipart/mixed; boundary=b', '', '--b', ...text, '--b', ...file, '--b--', ''];
}

/** Another one for each mail: equal files would be kept once. */
function attachmentOf(number: number): Buffer {
  const bytes = Buffer.alloc(attachmentBytes);
  let state = number + 1;
  for (let at = 0; at < bytes.length; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes.writeUInt32LE(state, at);
  }
  return bytes;
}

function base64Lines(bytes: Buffer): string[] {
  const text = bytes.toString('base64');
  return Array.from({ length: Math.ceil(text.length / lineLength) }, (_, line) =>
    text.slice(line * lineLength, (line + 1) * lineLength),
  );
}
