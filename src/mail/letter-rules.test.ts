import { describe, expect, test } from 'vitest';
import { plainHtml } from './layout.ts';
import { checkLetter } from './letter-rules.ts';
import { answerSubject, type NewLetter } from './new-letter.ts';

const letter: NewLetter = {
  kind: 'ticket-reply',
  to: 'ada@example.com',
  cc: [],
  mailboxId: null,
  ticketNumber: 1001n,
  locale: 'en',
  subject: 'Re: bug: my call fails',
  text: 'Hello',
  html: null,
  inReplyTo: null,
  references: [],
  replyTo: null,
  automatic: false,
  files: [],
  dedupeKey: 'k',
  sendAfterMs: 0,
  accountId: null,
};
const answer: NewLetter = { ...letter, kind: 'ticket-answer', automatic: true, subject: answerSubject(1001n, 'en') };
const code = (changes: Partial<NewLetter>, from = letter): string => {
  try {
    checkLetter({ ...from, ...changes });
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the subject', () => {
  test('is one line, whatever it was', () => {
    const { subject } = checkLetter({ ...letter, subject: ' Re: a\r\nBcc: eve@example.com\u2028b\0\u202ec ' });
    expect(subject).toBe('Re: a Bcc: eve@example.com b c');
    expect([...checkLetter({ ...letter, subject: '漢'.repeat(400) }).subject]).toHaveLength(250);
  });

  test.each([
    ['Re: [T-1001] Your message', 'taken'],
    ['Re: [T-1001]', 'taken'],
    ['Re: [T-1002]', 'letter_subject_refused'],
    ['Re: [T-1001] Buy gold at evil.example', 'letter_subject_refused'],
    ['Re: bug: my call fails', 'letter_subject_refused'],
    ['Re: [T-1001] Your message\r\nwin', 'letter_subject_refused'],
    ['', 'letter_subject_refused'],
  ])('of an automatic answer is made of the number alone: %j', (subject, expected) => {
    expect(code({ subject }, answer)).toBe(expected);
  });
});

test('an automatic answer goes to one address and has no files, which would be somebody else’s', () => {
  const files = [{ id: 'f', name: 'a', type: 'text/plain', contentId: null }];
  expect(code({ cc: ['eve@example.com'] }, answer)).toBe('letter_answer_refused');
  expect(code({ files }, answer)).toBe('letter_answer_refused');
  expect(code({ cc: ['ADA@example.com'] }, answer)).toBe('taken');
});

describe('the thread', () => {
  test('ends with what is answered, holds each id once, and nothing that is no id', () => {
    const { headers } = checkLetter({
      ...letter,
      inReplyTo: 'b@example.com',
      references: [
        '<a@example.com>',
        '<b@example.com>',
        '<a@example.com>',
        '<x y@z>',
        '<a>\r\nBcc: <e@f>',
        '',
        '<c@example.com>',
      ],
    });
    expect(headers.references).toEqual(['<a@example.com>', '<c@example.com>', '<b@example.com>']);
    expect(headers.inReplyTo).toBe('<b@example.com>');
  });

  test('of a long one, the beginning and the end are kept', () => {
    const references = Array.from({ length: 100 }, (_, index) => `<${index}@example.com>`);
    const { headers } = checkLetter({ ...letter, references, inReplyTo: '<99@example.com>' });
    expect(headers.references).toHaveLength(20);
    expect(headers.references[0]).toBe('<0@example.com>');
    expect(headers.references.slice(-2)).toEqual(['<98@example.com>', '<99@example.com>']);
  });
});

test('addresses, sizes and counts have limits, each with its code', () => {
  expect(code({ to: 'ada@example.com\r\nRCPT TO:<eve@example.com>' })).toBe('mail_recipient_invalid');
  expect(code({ cc: ['eve'] })).toBe('mail_recipient_invalid');
  expect(code({ replyTo: 'a@b, c@d' })).toBe('mail_recipient_invalid');
  expect(code({ text: ' \n' })).toBe('letter_empty');
  expect(code({ text: 'é'.repeat(110_000) })).toBe('letter_too_large');
  expect(code({ html: 'x'.repeat(1_100_000) })).toBe('letter_too_large');
  expect(code({ cc: Array.from({ length: 21 }, (_, index) => `a${index}@example.com`) })).toBe('letter_too_large');
  const file = { id: 'f', name: 'a', type: 'a/b', contentId: null };
  expect(code({ files: Array.from({ length: 21 }, () => file) })).toBe('letter_too_large');
});

test('names and types of files are made harmless', () => {
  const file = { id: 'f', name: '/etc/\r\npass\u202ewd', type: 'text/html"; x=y', contentId: 'a> b' };
  expect(checkLetter({ ...letter, files: [file, { ...file, name: ' ' }] }).files).toEqual([
    { id: 'f', name: '_etc_ passwd', type: 'application/octet-stream', contentId: null },
    { id: 'f', name: 'file', type: 'application/octet-stream', contentId: null },
  ]);
});

test('a text becomes HTML without becoming markup', () => {
  const html = plainHtml('<b>&\n\n\n"quoted"\nhttps://a.test/x?a=1&b=2. (http://b.test/y) javascript:alert(1)\n\n');
  expect(html.replaceAll(/ (?:style|class)="[^"]*"/g, '')).toBe(
    `<p>&lt;b&gt;&amp;</p>
<p>&quot;quoted&quot;<br>
<a href="https://a.test/x?a=1&amp;b=2">https://a.test/x?a=1&amp;b=2</a>. (<a href="http://b.test/y">http://b.test/y</a>) javascript:alert(1)</p>`,
  );
});
