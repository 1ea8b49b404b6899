import { AppError } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import { checkRecipient } from './address.ts';
import { answerSubject, type LetterFile, type NewLetter } from './new-letter.ts';

/** What a letter's headers and files say, as they stand in the outbox. */
export interface LetterHeaders {
  readonly inReplyTo: string | null;
  /** Oldest first, the mail that is answered last. */
  readonly references: readonly string[];
  readonly replyTo: string | null;
  readonly cc: readonly string[];
  readonly autoSubmitted: 'auto-replied' | null;
}

export interface CheckedLetter {
  readonly subject: string;
  readonly headers: LetterHeaders;
  readonly files: readonly LetterFile[];
}

/** Longer ones are cut: mail programs show less, and compare less. */
const subjectMax = 250;
/** RFC 5322, 3.6.4 sets no end. The first names the thread, the last its end; what lies between is seldom looked at. */
const referencesMax = 20;
const messageIdPattern = /^<[^<>\s\p{C}]{3,250}>$/u;
const typePattern = /^[a-z0-9][\w.+-]{0,60}\/[a-z0-9][\w.+-]{0,60}$/i;

/**
 * A letter as it may leave: one line of subject, well-formed ids, no address twice.
 *
 * @throws AppError `mail_recipient_invalid`, `letter_subject_refused`, `letter_answer_refused`, `letter_empty`, `letter_too_large`
 */
export function checkLetter(letter: NewLetter): CheckedLetter {
  checkRecipient(letter.to);
  if (letter.replyTo !== null) checkRecipient(letter.replyTo);
  const cc = copies(letter);
  checkSize(letter, cc);
  if (letter.kind === 'ticket-answer') checkAnswer(letter, cc);
  const inReplyTo = messageIdOf(letter.inReplyTo ?? '');
  return {
    subject: oneLine(letter.subject),
    headers: {
      inReplyTo,
      references: threadOf(letter.references, inReplyTo),
      replyTo: letter.replyTo,
      cc,
      autoSubmitted: letter.automatic ? 'auto-replied' : null,
    },
    files: letter.files.map(safeFile),
  };
}

/** What could begin another header, or turn the direction of what follows, does not get past here. */
function oneLine(text: string): string {
  const line = text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(/[\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim();
  return [...line].slice(0, subjectMax).join('');
}

/**
 * An automatic answer goes to an address that somebody else may have written: were one word of theirs in it, we would
 * carry their advertisement. So its subject is made of the ticket's number alone.
 */
function checkAnswer(letter: NewLetter, cc: readonly string[]): void {
  const { subject, ticketNumber, locale } = letter;
  if (subject !== answerSubject(ticketNumber, locale) && subject !== `Re: [T-${ticketNumber}]`)
    throw new AppError(
      'letter_subject_refused',
      'An automatic answer carries no word of the sender: its subject names the ticket, as answerSubject makes it.',
    );
  if (cc.length === 0 && letter.files.length === 0) return;
  throw new AppError('letter_answer_refused', 'An automatic answer goes to one address, and has no files.');
}

function checkSize(letter: NewLetter, cc: readonly string[]): void {
  const tooLarge = (what: string): AppError => new AppError('letter_too_large', what);
  if (letter.text.trim() === '') throw new AppError('letter_empty', 'A letter needs a text.');
  if (Buffer.byteLength(letter.text) > limits.letterTextBytes)
    throw tooLarge(`The text is longer than ${limits.letterTextBytes} bytes; attach it as a file.`);
  if (Buffer.byteLength(letter.html ?? '') > limits.letterHtmlBytes)
    throw tooLarge(`The HTML is longer than ${limits.letterHtmlBytes} bytes.`);
  if (cc.length > limits.letterCopies)
    throw tooLarge(`A letter goes to ${limits.letterCopies} further addresses at most.`);
  if (letter.files.length > limits.letterFiles) throw tooLarge(`A letter has ${limits.letterFiles} files at most.`);
}

/** Each address once, and not the recipient's again. */
function copies({ to, cc }: NewLetter): string[] {
  const seen = new Set([to.toLowerCase()]);
  const kept: string[] = [];
  for (const address of cc) {
    checkRecipient(address);
    if (seen.has(address.toLowerCase())) continue;
    seen.add(address.toLowerCase());
    kept.push(address);
  }
  return kept;
}

function threadOf(references: readonly string[], inReplyTo: string | null): string[] {
  const ids = references.map(messageIdOf).filter((id) => id !== null && id !== inReplyTo);
  const thread = [...new Set([...ids, inReplyTo])].filter((id) => id !== null);
  return thread.length <= referencesMax ? thread : [...thread.slice(0, 1), ...thread.slice(1 - referencesMax)];
}

function messageIdOf(text: string): string | null {
  const id = text.trim().replace(/^<?(.*?)>?$/s, '<$1>');
  return messageIdPattern.test(id) ? id : null;
}

function safeFile({ id, name, type, contentId }: LetterFile): LetterFile {
  const bare = oneLine(name)
    .replaceAll(/[/\\:]/g, '_')
    .slice(0, 150);
  return {
    id,
    name: bare === '' ? 'file' : bare,
    type: typePattern.test(type) ? type.toLowerCase() : 'application/octet-stream',
    contentId: contentId !== null && /^[^<>\s\p{C}]{1,200}$/u.test(contentId) ? contentId : null,
  };
}
