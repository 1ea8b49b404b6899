import EmailReplyParser from 'email-reply-parser';

export interface Spoken {
  /** What the person wrote. */
  readonly text: string;
  /** What they quoted below it. */
  readonly quoted: string;
}

/**
 * Lines with which programs begin what they quote, beyond those that the library knows. Each is tried on one line, or on
 * two that were wrapped.
 */
const openings: readonly RegExp[] = [
  /^-{2,}\s*(?:原始邮件|原始信件|回复的原邮件|转发邮件信息|原始郵件|原邮件)\s*-{0,}/,
  /^(?:在|于|於)\s?.{4,120}(?:写道|寫道|编写|撰写)\s?[:：]$/,
  /^.{0,120}[<＜(（][^\s<>]{3,100}@[^\s<>]{3,100}[>＞)）]\s*(?:于|於|在).{4,80}(?:写道|寫道)\s?[:：]$/,
  /^.{4,120}(?:写道|寫道)\s?[:：]$/,
  /^.{4,120}(?:のメール|は書きました|が書きました|さんは書きました|のメッセージ)\s?[:：]$/,
  /^\d{4}年\d{1,2}月\d{1,2}日.{0,100}[<＜][^\s<>]+@[^\s<>]+[>＞]\s?[:：]?$/,
  /^-{2,}\s*(?:元のメッセージ|Original Message|Urspr.ngliche Nachricht|Message d'origine)\s*-{2,}$/i,
];

/** A block of header lines, as Outlook and its like put over what they quote. */
const blockLine = /^\s*[*_]?(?:From|Von|De|Da|发件人|寄件者|差出人|送信者)[*_]?\s?[:：]/;
const blockFollower =
  /^\s*[*_]?(?:Sent|Date|Gesendet|Envoy.|发送时间|日期|寄件日期|送信日時|日時|To|An|收件人|收件者|宛先)[*_]?\s?[:：]/;

/** Longer texts are told apart by their quote marks alone: the library's patterns are not all linear. */
const mostForLibrary = 100_000;
const longestLine = 400;

/** Tells what a person wrote from what they quoted below it. Nothing is dropped: both together are the whole text. */
export function splitQuoted(whole: string): Spoken {
  const text = whole.trim();
  const { head, tail } = cutAtOpening(text);
  const spoken = head.length > mostForLibrary ? byMarks(head) : byLibrary(head);
  const quoted = joined(spoken.quoted, tail);
  // Only quoted, as when somebody passes a mail on: then that is what they say.
  return spoken.text === '' ? { text, quoted: '' } : { text: spoken.text, quoted };
}

function cutAtOpening(text: string): { head: string; tail: string } {
  const lines = text.split('\n');
  let at = 0;
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1] ?? '';
    if (index > 0 && isOpening(line, next)) return { head: text.slice(0, at).trim(), tail: text.slice(at).trim() };
    at += line.length + 1;
  }
  return { head: text, tail: '' };
}

function isOpening(line: string, next: string): boolean {
  if (line.length > longestLine || line.startsWith('>')) return false;
  const bare = line.trim();
  if (bare === '') return false;
  if (blockLine.test(line) && blockFollower.test(next)) return true;
  const wrapped = next.length < longestLine ? `${bare} ${next.trim()}` : bare;
  return openings.some((opening) => opening.test(bare) || (/^(?:在|于|於)/.test(bare) && opening.test(wrapped)));
}

function byLibrary(text: string): Spoken {
  if (text === '') return { text: '', quoted: '' };
  const fragments = new EmailReplyParser().read(text).getFragments();
  let last = fragments.length - 1;
  while (last >= 0 && (fragments[last]?.isQuoted() || fragments[last]?.getContent().trim() === '')) last--;
  const content = (part: typeof fragments) =>
    part
      .map((fragment) => fragment.getContent())
      .join('\n')
      .trim();
  return { text: content(fragments.slice(0, last + 1)), quoted: content(fragments.slice(last + 1)) };
}

function byMarks(text: string): Spoken {
  const lines = text.split('\n');
  let last = lines.length - 1;
  while (last >= 0 && /^\s*(?:>|$)/.test(lines[last] ?? '')) last--;
  return {
    text: lines
      .slice(0, last + 1)
      .join('\n')
      .trim(),
    quoted: lines
      .slice(last + 1)
      .join('\n')
      .trim(),
  };
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
