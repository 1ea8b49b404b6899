import { safeFacts } from './defuse.ts';
import type { MailKind, MailLocale, NewMail } from './kinds.ts';
import { htmlOf, textOf } from './layout.ts';
import type { MailSite, MailWords } from './letter.ts';
import { en } from './templates/en.ts';
import { zh } from './templates/zh.ts';

export interface RenderedMail {
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const languages: Readonly<Record<NewMail['locale'], MailWords>> = { en, zh };
/** All there are: a language that misses one does not compile. */
export const mailKinds = Object.keys(en.letters) as MailKind[];

export function htmlLangOf(locale: MailLocale): string {
  return languages[locale].htmlLang;
}

const subjectMax = 150;

/** @throws TypeError when a link in the facts is no web address */
export function renderMail<Kind extends MailKind>(mail: NewMail<Kind>, site: MailSite): RenderedMail {
  const words = languages[mail.locale];
  const letter = words.letters[mail.kind](safeFacts(mail.facts), site);
  const subject = oneLine(letter.subject);
  return { subject, text: textOf(letter, words, site), html: htmlOf({ ...letter, subject }, words, site) };
}

/** What could begin another header does not get past here, wherever it came from. */
function oneLine(text: string): string {
  return [...text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()].slice(0, subjectMax).join('');
}
