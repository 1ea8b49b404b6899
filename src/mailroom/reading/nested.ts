import PostalMime, { type Attachment } from 'postal-mime';
import { limits } from '../../base/limits.ts';
import { htmlToText } from '../../safe-html/index.ts';
import { visibleLine, visibleText } from './visible.ts';

const mostText = 50_000;
const mostNested = 3;

/** A mail within a mail. */
export interface NestedMail {
  readonly attachment: Attachment;
  /** Who wrote it, when, about what, and what it says. */
  readonly text: string;
}

/** Mails that were attached whole, as somebody does who passes on an answer of ours. */
export async function readNested(attachments: readonly Attachment[]): Promise<NestedMail[]> {
  const nested: NestedMail[] = [];
  for (const attachment of attachments) {
    if (attachment.mimeType !== 'message/rfc822' || nested.length === mostNested) continue;
    const text = await textOf(attachment).catch(() => null);
    if (text !== null) nested.push({ attachment, text });
  }
  return nested;
}

async function textOf({ content }: Attachment): Promise<string> {
  const inner = await PostalMime.parse(content, {
    forceRfc822Attachments: true,
    maxNestingDepth: limits.mailDepth,
    maxHeadersSize: limits.mailHeaderBytes,
    maxRfc822NestingDepth: 0,
  });
  const from = inner.from?.address ?? '';
  const head = [
    `From: ${visibleLine(from, 254)}`,
    `Date: ${visibleLine(inner.date ?? '', 50)}`,
    `Subject: ${visibleLine(inner.subject ?? '', 300)}`,
  ];
  const body = inner.text?.trim() ? inner.text : htmlToText((inner.html ?? '').slice(0, limits.mailHtmlLength));
  return `${head.join('\n')}\n\n${visibleText(body).slice(0, mostText)}`;
}
