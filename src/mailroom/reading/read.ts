import type { DNSResolver } from 'mailauth';
import type { Attachment, Email } from 'postal-mime';
import { limits } from '../../base/limits.ts';
import { isOwnLoopToken, loopHeader, readReturnPath } from '../../mail/index.ts';
import { htmlToText, sanitiseMailHtml } from '../../safe-html/index.ts';
import { type HeaderLine, messageIdsIn, readHeaderBlock, valuesOf } from '../header-block.ts';
import type { BounceFacts, MailPerson } from '../read-mail.ts';
import { proveSender, unproven } from './authenticate.ts';
import { decideAutomatic } from './automatic.ts';
import { readBounce } from './bounce.ts';
import { calendarLines } from './calendar.ts';
import { repairCharsets } from './charsets.ts';
import { Cleaner } from './clean.ts';
import { readFiles } from './files.ts';
import { readNested } from './nested.ts';
import { parseMail } from './parse.ts';
import { type People, peopleOf } from './people.ts';
import { splitQuoted } from './quoted.ts';
import { type Reading, ReadingError, type ReadJob } from './reading.ts';
import { cutTo, visibleLine, visibleText } from './visible.ts';

const mostReferences = 100;
const mostSubject = 300;

/**
 * Reads a mail: who wrote, what it says, what is attached. Whatever it returns is without secrets, but for `ownKeys`.
 * `parsing` is called when nothing outside is waited for any more.
 *
 * @throws ReadingError when the mail is beyond reading
 */
export async function readRaw(job: ReadJob, resolver: DNSResolver, parsing: () => void): Promise<Reading> {
  const raw = Buffer.from(job.raw.buffer, job.raw.byteOffset, job.raw.byteLength);
  const { lines } = readHeaderBlock(raw);
  parsing();
  const email = await parseMail(repairCharsets(raw));
  const people = peopleOf(email);
  const from = people.from ?? envelopeSender(job);
  const sender = await prove(job, raw, people, resolver);
  parsing();
  const cleaner = new Cleaner(job.site, job.personalData, new Uint8Array(job.fingerprintKey));
  return compose(job, email, { ...people, from }, lines, sender, cleaner);
}

/** A mail without `From` is malformed, yet the envelope says whom to answer. */
function envelopeSender({ envelope }: ReadJob): MailPerson {
  const address = visibleLine(envelope.from ?? '', 254).toLowerCase();
  if (/^[^\s@]+@[^\s@]+$/.test(address)) return { address, name: '' };
  throw new ReadingError('no_sender', 'It names nobody as its sender, neither in its header nor in its envelope.');
}

async function prove(job: ReadJob, raw: Buffer, people: People, resolver: DNSResolver): Promise<Reading['sender']> {
  if (!job.authenticate) return unproven('temperror');
  if (people.from === null) return unproven();
  const domain = people.from.address.slice(people.from.address.lastIndexOf('@') + 1);
  const proof = await proveSender(job, raw, domain, resolver);
  // Of several authors, a domain can vouch for its own only.
  return people.oneSender ? proof : { ...proof, verified: false };
}

async function compose(
  job: ReadJob,
  email: Email,
  people: Omit<People, 'from'> & { readonly from: MailPerson },
  lines: readonly HeaderLine[],
  sender: Reading['sender'],
  cleaner: Cleaner,
): Promise<Reading> {
  const subject = visibleLine(email.subject ?? '', mostSubject);
  const outboxId = returnPathId(job);
  const automatic = decideAutomatic({
    headers: lines,
    envelopeFrom: job.envelope.from,
    from: people.from.address,
    subject,
    ownLoop: isOwnLoop(job, lines),
    atReturnPath: outboxId !== null,
  });
  const nested = automatic === 'bounce' ? [] : await readNested(email.attachments);
  const cleanNested = nested.map(({ attachment, text }) => ({ attachment, text, clean: cleaner.text(text) }));
  const broken = new Map(cleanNested.filter(({ text, clean }) => text !== clean).map((one) => [one.attachment, one]));
  // A secret in an attached mail may stand there encoded: then its plain text is kept instead.
  const attachments = email.attachments.map((one) => asText(one, broken.get(one)?.clean));
  const read = await readFiles(attachments, cleaner);
  const bounce = automatic === 'bounce' ? bounceOf(email, outboxId, lines) : null;
  const whole = cleaner.text(bodyText(email));
  const spoken = splitQuoted(whole);
  const notes = [...calendars(email).map((line) => cleaner.text(line)), ...remarks(email, read.left)];
  const quoted = [spoken.quoted, ...cleanNested.map(({ clean }) => clean.replace(/^/gm, '> '))];
  return {
    references: [
      ...new Set(['references', 'in-reply-to'].flatMap((name) => valuesOf(lines, name)).flatMap(messageIdsIn)),
    ].slice(-mostReferences),
    sentOffsetMinutes: sentOffset(valuesOf(lines, 'date')[0] ?? ''),
    from: cleanPerson(people.from, cleaner),
    replyTo: people.replyTo,
    to: people.to.map((person) => cleanPerson(person, cleaner)),
    cc: people.cc.map((person) => cleanPerson(person, cleaner)),
    subject: cutTo(cleaner.name(subject), mostSubject),
    text: cutTo([spoken.text, ...notes].filter(Boolean).join('\n\n'), limits.mailTextLength),
    quoted: cutTo(quoted.filter(Boolean).join('\n\n'), limits.mailTextLength),
    html: cleanHtml(email.html, cleaner),
    automatic,
    bounce,
    sender,
    files: read.files,
    attachedTexts: read.texts,
    findings: cleaner.findings.map(({ kind, issuer, lastFour, fingerprint }) => ({
      kind,
      issuer,
      lastFour,
      fingerprint,
    })),
    ownKeys: cleaner.ownKeys,
  };
}

/** Of a date as RFC 5322 has it. `-0000` and names of zones say nothing about the writer. */
function sentOffset(date: string): number | null {
  const [, sign, hours = '', minutes = ''] = /\d:\d\d(?::\d\d)?\s+([+-])(\d\d)([0-5]\d)\b/.exec(date) ?? [];
  const offset = Number(hours) * 60 + Number(minutes);
  if (sign === undefined || offset > 14 * 60 || (sign === '-' && offset === 0)) return null;
  return sign === '-' ? -offset : offset;
}

function bodyText({ text, html }: Email): string {
  const plain = visibleText(text ?? '').trim();
  const source = plain === '' ? htmlToText((html ?? '').slice(0, limits.mailHtmlLength)) : plain;
  // Twice what is kept: quotes are cut apart from it.
  return visibleText(source).slice(0, 2 * limits.mailTextLength);
}

function cleanHtml(html: string | undefined, cleaner: Cleaner): string | null {
  if (html === undefined || html.length > limits.mailHtmlLength) return null;
  const { html: safe } = sanitiseMailHtml(visibleText(html));
  return safe.trim() === '' ? null : cleaner.html(safe);
}

function cleanPerson({ address, name }: MailPerson, cleaner: Cleaner): MailPerson {
  return { address, name: name === '' ? '' : cleaner.name(name) };
}

function asText(attachment: Attachment, text: string | undefined): Attachment {
  return text === undefined
    ? attachment
    : { ...attachment, mimeType: 'text/plain', filename: 'message.txt', content: text };
}

function calendars({ attachments }: Email): string[] {
  const files = attachments.filter(({ mimeType }) => mimeType === 'text/calendar' || mimeType === 'application/ics');
  return files.flatMap(({ content }) => calendarLines(textOf(content)));
}

/** What a reader should know that the text does not say. */
function remarks({ attachments }: Email, left: number): string[] {
  const notes: string[] = [];
  const packed = attachments.some(
    ({ mimeType, filename }) => mimeType === 'application/ms-tnef' || /^winmail\.dat$/i.test(filename ?? ''),
  );
  if (packed) notes.push('[winmail.dat: Outlook packed attachments into this file; ask for them as plain files.]');
  if (left > 0) notes.push(`[${left} more attachments were not kept: too many, or too large.]`);
  return notes;
}

function bounceOf(email: Email, outboxId: string | null, lines: readonly HeaderLine[]): BounceFacts {
  const part = (pattern: RegExp): string | null => {
    const found = email.attachments.find(({ mimeType }) => pattern.test(mimeType));
    return found === undefined ? null : textOf(found.content);
  };
  return readBounce({
    outboxId,
    deliveryStatus: part(/^message\/(?:global-)?delivery-status$/),
    returned: part(/^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/),
    text: bodyText(email),
    failedRecipients: valuesOf(lines, 'x-failed-recipients')[0] ?? null,
  });
}

function returnPathId({ envelope, tokenKey }: ReadJob): string | null {
  const key = Buffer.from(tokenKey);
  for (const address of envelope.to) {
    const id = readReturnPath(key, address);
    if (id !== null) return id;
  }
  return null;
}

function isOwnLoop({ tokenKey }: ReadJob, lines: readonly HeaderLine[]): boolean {
  const key = Buffer.from(tokenKey);
  return valuesOf(lines, loopHeader.toLowerCase()).some((value) => isOwnLoopToken(key, value));
}

function textOf(content: Attachment['content']): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}
