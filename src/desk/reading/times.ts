import { offsetMs } from '../../base/time-zone.ts';
import { before, firstOfEach, lineAt, matches, type Place, placeOf, type Source } from './source.ts';
import { timeForms, type WrittenTime } from './time-forms.ts';
import { instantIn, type Zone, zoneOf, zoneWords } from './zones.ts';

export interface TimeFact {
  /** As it was written. */
  readonly text: string;
  /** An instant; what was written without a zone, and with none stated elsewhere, is taken for UTC. */
  readonly atMs: number;
  readonly precision: WrittenTime['precision'];
  /** The zone that it was read in. */
  readonly zone: string | null;
  /**
   * `written`: with the time; `stated`: elsewhere in the mail; `sent`: the one that the mail was sent in; `none`: nowhere,
   * so it may be hours off.
   */
  readonly zoneFrom: 'written' | 'stated' | 'sent' | 'none';
  readonly place: Place;
}

export interface TimeContext {
  readonly receivedAtMs: number;
  readonly chinese: boolean;
  /** What is meant where no zone is written, when the mail names exactly one. */
  readonly stated: Zone | null;
  /** What the mail program was set to. */
  readonly sent: Zone | null;
  /** What other facts were read from: a version is no date. */
  readonly taken: readonly Place[];
}

const dayMs = 86_400_000;
const mostPerForm = 200;
const zoneBeforeTime = new RegExp(`(UTC|GMT|CET|PST|CST|${zoneWords})(?:的|在|约|大约)?[ :]{0,2}$`);
const utc: Zone = { name: 'UTC', offsetMinutes: 0, timeZone: null };

/** Times of one text, in the order in which they stand. Those of when a quoted mail was sent are left out. */
export function readTimes(source: Source, context: TimeContext, most: number): TimeFact[] {
  const found: TimeFact[] = [];
  const taken: { start: number; end: number }[] = context.taken.filter(
    ({ part, attachment }) => part === source.part && attachment === source.attachment,
  );
  for (const form of timeForms)
    for (const match of matches(form.pattern, source.text, mostPerForm)) {
      const start = match.index;
      const end = start + trimmed(match[0]).length;
      if (taken.some((place) => start < place.end && place.start < end)) continue;
      const written = form.read({ ...match.groups, 2: match[2] });
      if (written === null) continue;
      // Also where it is no fact: the hour of a day that there is not is no time of today.
      taken.push({ start, end });
      const fact = factOf(source, written, start, end, context);
      if (fact !== null) found.push(fact);
    }
  found.sort((a, b) => a.place.start - b.place.start);
  return firstOfEach(found, ({ atMs, precision }) => `${atMs} ${precision}`, most);
}

/** Without what only led on: `9am PT)`, 昨天的. */
function trimmed(text: string): string {
  return text.replace(text.includes('(') ? /[\s,的]+$/ : /[\s,)的]+$/, '');
}

function factOf(
  source: Source,
  written: WrittenTime,
  start: number,
  end: number,
  context: TimeContext,
): TimeFact | null {
  const text = source.text.slice(start, end);
  if (!isPlausible(source, written, text, start) || isOfQuotedMail(source, start)) return null;
  const own = zoneOf(written.zone ?? '', context.chinese) ?? zoneBefore(source, start, context.chinese);
  const zone = own ?? context.stated ?? context.sent;
  const atMs = instantOfWritten(written, zone ?? utc, context.receivedAtMs);
  if (atMs === null) return null;
  return {
    text,
    atMs,
    precision: written.precision,
    zone: zone?.name ?? null,
    zoneFrom: own ? 'written' : context.stated ? 'stated' : context.sent ? 'sent' : 'none',
    place: placeOf(source, start, end),
  };
}

/** 北京时间下午3点, `UTC 14:05`. */
function zoneBefore(source: Source, start: number, chinese: boolean): Zone | null {
  const match = zoneBeforeTime.exec(before(source, start, 12));
  return match === null ? null : zoneOf(match[1] ?? '', chinese);
}

/** A day of a month without a year or an hour is a date only where a sentence says so: `May 5` may be anything. */
function isPlausible(source: Source, written: WrittenTime, text: string, start: number): boolean {
  if (written.precision === 'day' && written.year === null && /[a-z]/i.test(text))
    return /\b(?:on|since|from|until|by|before|after)\s(?:the\s)?$/i.test(before(source, start, 14));
  // A lonely `2:05` may be a ratio or a verse; `3 am` in small letters may be `3 am I`.
  if (written.month === null && written.daysAgo === null && /^\d\s?am$/i.test(text))
    return !/^\s?I\b/.test(source.text.slice(start + text.length, start + text.length + 3));
  return true;
}

/** When the mail that is quoted was sent says nothing about what is reported. */
function isOfQuotedMail(source: Source, start: number): boolean {
  const line = lineAt(source, start).replace(/^[\s>|*]+/, '');
  if (/^(?:Sent|Gesendet|Envoyé|发送时间|发件时间|日期|时间)\s?[:：]/i.test(line) && isBesideMailHeader(source, start))
    return true;
  if (/^Date\s?:/i.test(line)) return isBesideMailHeader(source, start);
  const attribution = source.text.slice(start, start + 300);
  if (/^On\b/.test(line) && /^[^\n]{0,200}(?:\n[> ]{0,4}[^\n]{0,100})?wrote:/.test(attribution)) return true;
  return /^[^\n]{0,120}写道\s?:/.test(attribution);
}

function isBesideMailHeader(source: Source, start: number): boolean {
  const near = source.text.slice(Math.max(0, start - 250), start + 250);
  return /^[\s>|*]{0,10}(?:From|To|Subject|发件人|收件人|主题)\s?\*?:/im.test(near);
}

function instantOfWritten(written: WrittenTime, zone: Zone, receivedAtMs: number): number | null {
  const { hour, minute, second } = written;
  if ((hour ?? 0) > 24 || minute > 59 || second > 59) return null;
  const timeMs = ((hour ?? 0) * 60 + minute) * 60_000 + second * 1_000;
  if (written.month !== null && written.day !== null) return onDate(written, written.day, timeMs, zone, receivedAtMs);
  const offset = zone.timeZone === null ? (zone.offsetMinutes ?? 0) * 60_000 : offsetMs(zone.timeZone, receivedAtMs);
  const today = Math.floor((receivedAtMs + offset) / dayMs) * dayMs;
  const atMs = instantIn(zone, today - (written.daysAgo ?? 0) * dayMs + timeMs);
  // Without a day it is the last one that was: nobody reports what is to come. A few minutes are a clock that is fast.
  const ahead = written.daysAgo === null && atMs > receivedAtMs + 15 * 60_000;
  return ahead ? instantIn(zone, today - dayMs + timeMs) : atMs;
}

function onDate(written: WrittenTime, day: number, timeMs: number, zone: Zone, receivedAtMs: number): number | null {
  const month = written.month ?? 1;
  const at = (year: number): number | null => {
    const dateMs = Date.UTC(year, month - 1, day);
    const date = new Date(dateMs);
    if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
    return instantIn(zone, dateMs + timeMs);
  };
  if (written.year !== null) return at(written.year);
  // A fortnight ahead may be a deadline; more is the last such day.
  const thisYear = new Date(receivedAtMs).getUTCFullYear();
  const atMs = at(thisYear);
  return atMs !== null && atMs > receivedAtMs + 14 * dayMs ? at(thisYear - 1) : atMs;
}
