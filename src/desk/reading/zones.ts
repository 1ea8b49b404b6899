import { instantOf, isTimeZone } from '../../base/time-zone.ts';
import { before, firstOfEach, matches, type Place, placeOf, type Source } from './source.ts';

/** A zone as it was written: an offset that is always the same, or a name of the IANA database. */
export interface Zone {
  /** `UTC+08:00`, `Europe/Paris`, `PST`. */
  readonly name: string;
  /** Null: as the rules of `timeZone` say. */
  readonly offsetMinutes: number | null;
  /** Null: it is a mere offset. */
  readonly timeZone: string | null;
}

export interface ZoneFact extends Zone {
  /** It belongs to a time beside it, and says nothing about others. */
  readonly attached: boolean;
  readonly place: Place;
}

/** Abbreviations with one meaning in mail to a desk. CST is China's or America's: the language of the text decides. */
const abbreviations: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  IST: 330,
  ICT: 420,
  SGT: 480,
  HKT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  ACST: 570,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  BRT: -180,
  ART: -180,
  EDT: -240,
  EST: -300,
  CDT: -300,
  MDT: -360,
  MST: -420,
  PDT: -420,
  PST: -480,
};

/** Words for a zone that keeps its own rules. */
const named: Readonly<Record<string, string>> = {
  ET: 'America/New_York',
  PT: 'America/Los_Angeles',
  'eastern time': 'America/New_York',
  'pacific time': 'America/Los_Angeles',
  北京时间: 'Asia/Shanghai',
  中国时间: 'Asia/Shanghai',
  东八区: 'Asia/Shanghai',
  香港时间: 'Asia/Hong_Kong',
  台北时间: 'Asia/Taipei',
  新加坡时间: 'Asia/Singapore',
  东京时间: 'Asia/Tokyo',
  日本时间: 'Asia/Tokyo',
  伦敦时间: 'Europe/London',
  巴黎时间: 'Europe/Paris',
  美东时间: 'America/New_York',
  美西时间: 'America/Los_Angeles',
  太平洋时间: 'America/Los_Angeles',
};

const areas = 'Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific';
const ianaText = `(?:${areas})/[A-Za-z_+-]{2,30}(?:/[A-Za-z_]{2,30})?`;
const offsetText = String.raw`(?:UTC|GMT)\s?[+-]\s?\d{1,2}(?::?[0-5]\d)?(?!\d)`;
/** Those of `named` that may also stand right before a time. */
export const zoneWords = Object.keys(named)
  .filter((name) => name.length > 2)
  .join('|');

/** Of a zone that follows a time: without names or groups, to be put into patterns with the flag `i`. */
export const zoneText = String.raw`(?:Z(?![A-Za-z])|${offsetText}|[+-](?:0\d|1[0-4]):?[0-5]\d(?!\d)|(?:${Object.keys(abbreviations).join('|')}|CST|ET|PT)(?![A-Za-z])|${ianaText}|${zoneWords})`;

/** The zone that a text names, or null. `chinese`: what CST means. */
export function zoneOf(written: string, chinese: boolean): Zone | null {
  const text = written.trim();
  const upper = text.toUpperCase();
  if (upper === 'Z') return fixed('UTC', 0);
  if (upper === 'CST') return chinese ? byRules('Asia/Shanghai', 'CST') : fixed('CST', -360);
  // Two letters are a word of some language when they are small.
  const words = named[text] ?? named[text.toLowerCase()];
  if (words !== undefined) return byRules(words, text);
  const minutes = abbreviations[upper];
  if (minutes !== undefined) return fixed(upper, minutes);
  if (text.includes('/')) return isTimeZone(text) ? byRules(text, text) : null;
  return offsetOf(upper.replace(/^(?:UTC|GMT)/, '').replace(/\s/g, ''));
}

/** The instant at which clocks in the zone show a time, given as if it were UTC. */
export function instantIn(zone: Zone, wallMs: number): number {
  if (zone.timeZone !== null) return instantOf(zone.timeZone, wallMs);
  return wallMs - (zone.offsetMinutes ?? 0) * 60_000;
}

const anyZone = new RegExp(
  String.raw`(?<![A-Za-z0-9/])(?:${ianaText}|${offsetText})|${zoneWords}|(?:time\s?zone|timezone|tz|时区|times? (?:are|is)(?: all)? in|all times(?: are| in)?)\s?(?:is|are|in|为|是)?\s?[:=]?\s?(${zoneText})`,
  'gi',
);

/** Zones that stand for themselves: `I am in Europe/Paris`, `all times CET`, `UTC+8`, 北京时间. */
export function readZones(source: Source, chinese: boolean): ZoneFact[] {
  const facts: ZoneFact[] = [];
  for (const match of matches(anyZone, source.text, 50)) {
    const zone = zoneOf(match[1] ?? match[0], chinese);
    const end = match.index + match[0].length;
    const attached = isBesideTime(source, match.index, end);
    if (zone !== null) facts.push({ ...zone, attached, place: placeOf(source, match.index, end) });
  }
  return firstOfEach(facts, ({ name, attached }) => `${name} ${attached}`, 10);
}

function isBesideTime(source: Source, start: number, end: number): boolean {
  if (/(?:\d|[ap]m|[点时分秒半刻])\s{0,2}\(?$/i.test(before(source, start, 5))) return true;
  return /^[ :]{0,2}(?:的|在|约|大约)?(?:\d{1,2}[:点时]|20\d\d|[今昨前][天日晚早晨]|凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|\d{1,2}月)/.test(
    source.text.slice(end, end + 10),
  );
}

/** An offset from UTC as a zone, as a mail's `Date:` has it. */
export function offsetZone(minutes: number): Zone {
  const pad = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return fixed(`UTC${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`, minutes);
}

function offsetOf(text: string): Zone | null {
  const match = /^([+-])(\d{1,2}):?(\d\d)?$/.exec(text);
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 14 * 60) return null;
  return offsetZone(match[1] === '-' ? -minutes : minutes);
}

function fixed(name: string, offsetMinutes: number): Zone {
  return { name, offsetMinutes, timeZone: null };
}

function byRules(timeZone: string, name: string): Zone {
  return { name, offsetMinutes: null, timeZone };
}
