import { zoneText } from './zones.ts';

/** A time as it was written, on the wall of whoever wrote it. */
export interface WrittenTime {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
  /** Days before the day of the mail: `yesterday` is 1. Null: nothing of the kind was said. */
  readonly daysAgo: number | null;
  /** 0 to 24; null: a date alone. */
  readonly hour: number | null;
  readonly minute: number;
  readonly second: number;
  readonly precision: 'second' | 'minute' | 'hour' | 'day';
  readonly zone: string | null;
}

export interface TimeForm {
  readonly pattern: RegExp;
  readonly read: (groups: Readonly<Record<string, string | undefined>>) => WrittenTime | null;
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month =
  '(?<name>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
const zone = String.raw`(?:\s{0,2}\(?(?<zone>${zoneText})\)?)?`;
const time = String.raw`(?<hour>\d{1,2})(?::(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:[.,]\d{1,9})?)?(?![\d:])\s?(?<half>[ap]\.?m\b\.?)?|\s?(?<half2>[ap]\.?m\b\.?))`;
/** Behind a date. */
const then = String.raw`(?:(?:T|:(?=\d\d:\d\d:)|,?\s{1,3}(?:at\s|um\s|@\s?|-\s)?|\s?,\s?)${time})?${zone}`;

const chineseDigits = '[一二三四五六七八九十两〇零]{1,3}';
const period = '(?<period>凌晨|清晨|早上|早晨|上午|中午|下午|午后|傍晚|晚上|夜里|半夜)';
const chineseTime = String.raw`(?:${period}?\s?(?:(?<hour>\d{1,2}):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d))?(?![\d:])|(?<hour2>\d{1,2}|${chineseDigits})[点时](?!间|候|段|区|长)(?:(?<quarter>[一三])刻|(?<minute2>[0-5]?\d|${chineseDigits})分?|(?<halfHour>半))?(?:(?<second2>\d{1,2})秒)?))`;
const chineseZone = String.raw`(?:\s{0,2}\(?(?<zone>${zoneText})\)?)?`;

/** In the order in which they win over those that begin at the same place. */
export const timeForms: readonly TimeForm[] = [
  {
    // 2026年11月21日下午3点5分, 11月21日 15:05, 2026-11-21 下午3:05
    pattern: new RegExp(
      String.raw`(?<!\d)(?:(?:(?<year>20\d\d)年\s?)?(?<month>\d{1,2})月\s?(?<day>\d{1,2})[日号]|(?<year2>20\d\d)[-/.](?<month2>\d{1,2})[-/.](?<day2>\d{1,2})(?=\s?(?:凌晨|清晨|早|上午|中午|下午|午后|傍晚|晚|夜|\d{1,2}[点时])))\s?(?:\(?(?:周|星期)[一二三四五六日天]\)?\s?)?,?\s?(?:的)?${chineseTime}?${chineseZone}`,
      'g',
    ),
    read: (groups) =>
      chinese(groups, {
        year: numberOf(groups['year'] ?? groups['year2']),
        month: numberOf(groups['month'] ?? groups['month2']),
        day: numberOf(groups['day'] ?? groups['day2']),
      }),
  },
  {
    // 昨天下午3点, 今早9:30, 昨晚十一点半
    pattern: new RegExp(
      String.raw`(?<ago>今天|今日|昨天|昨日|前天|今早|今晨|今晚|昨晚|昨夜)\s?(?:的)?(?:大约|大概|约)?\s?${chineseTime}?${chineseZone}`,
      'g',
    ),
    read: (groups) => {
      const written = chinese(groups, { daysAgo: chineseDaysAgo[groups['ago'] ?? ''] ?? null });
      return isBareToday(written) ? null : written;
    },
  },
  {
    // 2026-11-21T14:05:12.123Z, 2026/11/21 2:05 pm PST
    pattern: new RegExp(
      String.raw`(?<![\d.-])(?<year>20\d\d)([-/.])(?<month>\d{1,2})\2(?<day>\d{1,2})(?!\d)${then}`,
      'gi',
    ),
    read: (groups) => western(groups, numberOf(groups['month']), numberOf(groups['day'])),
  },
  {
    // Sat, 21 Nov 2026 14:05:12 +0100
    pattern: new RegExp(
      String.raw`(?<![\d.:-])(?<day>\d{1,2})(?:st|nd|rd|th)?[ /-](?:of )?${month}\.?(?![a-z])(?:,?[ /-](?<year>20\d\d)(?!\d))?${then}`,
      'gi',
    ),
    read: (groups) => western(groups, monthOf(groups['name']), numberOf(groups['day'])),
  },
  {
    // November 21, 2026 at 2:05 PM
    pattern: new RegExp(
      String.raw`(?<![A-Za-z])${month}\.? (?<day>\d{1,2})(?!\d|:\d)(?:st|nd|rd|th)?(?:,? (?<year>20\d\d)(?!\d))?${then}`,
      'gi',
    ),
    read: (groups) => western(groups, monthOf(groups['name']), numberOf(groups['day'])),
  },
  {
    // 11/21/2026 2:05 PM, 21.11.2026 14:05
    pattern: new RegExp(
      String.raw`(?<![\d./-])(?<first>\d{1,2})([/.])(?<next>\d{1,2})\2(?<year>20\d\d)(?![\d.])${then}`,
      'gi',
    ),
    read: (groups) => {
      const first = numberOf(groups['first']) ?? 0;
      const next = numberOf(groups['next']) ?? 0;
      // Points are Europe's, with the day in front; slashes America's, unless that is no month.
      const dayFirst = first > 12 || (next <= 12 && groups['2'] === '.');
      return western(groups, dayFirst ? next : first, dayFirst ? first : next);
    },
  },
  {
    // today at 14:05 UTC, yesterday around 3pm, 14:05:12 CET, 2pm
    pattern: new RegExp(
      String.raw`(?<![\d.:/\w-])(?:(?<ago>today|yesterday|this morning|this afternoon|last night|tonight),?\s(?:at\s|around\s|about\s|@\s?|~\s?){0,2})?${time}(?!\.?\d)${zone}(?:,?\s(?<ago2>today|yesterday)\b)?`,
      'gi',
    ),
    read: (groups) => ({
      ...western(groups, null, null),
      daysAgo: daysAgo[(groups['ago'] ?? groups['ago2'] ?? '').toLowerCase()] ?? null,
    }),
  },
  {
    // A day that is told by its distance alone.
    pattern: /(?<![A-Za-z])(?<ago>yesterday|last night)(?![A-Za-z])/gi,
    read: (groups) => ({ ...western(groups, null, null), daysAgo: 1 }),
  },
  {
    // 1405 UTC, 14h UTC
    pattern: /(?<![\d.:/\w-])(?<hour>[01]\d|2[0-3])(?:(?<minute>[0-5]\d)|h)\s?(?<zone>UTC|GMT)(?![A-Za-z+-])/g,
    read: (groups) => western(groups, null, null),
  },
  {
    // 下午3点, 北京时间15:05
    pattern: new RegExp(String.raw`(?<![\d.:/\w-])${chineseTime}${chineseZone}`, 'g'),
    // `5点` alone is also the fifth point of a list.
    read: (groups) => {
      const bare = groups['period'] === undefined && groups['minute'] === undefined && groups['minute2'] === undefined;
      return bare && groups['halfHour'] === undefined && groups['zone'] === undefined ? null : chinese(groups, {});
    },
  },
];

const daysAgo: Readonly<Record<string, number>> = {
  today: 0,
  'this morning': 0,
  'this afternoon': 0,
  tonight: 0,
  yesterday: 1,
  'last night': 1,
};

const chineseDaysAgo: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  今早: 0,
  今晨: 0,
  今晚: 0,
  昨天: 1,
  昨日: 1,
  昨晚: 1,
  昨夜: 1,
  前天: 2,
};

/** The day of the mail itself says nothing, and may be that of a deadline. */
function isBareToday({ daysAgo: days, hour }: WrittenTime): boolean {
  return days === 0 && hour === null;
}

type Groups = Readonly<Record<string, string | undefined>>;

function western(groups: Groups, monthNumber: number | null, day: number | null): WrittenTime {
  const clock = numberOf(groups['hour']);
  const half = (groups['half'] ?? groups['half2'] ?? '').toLowerCase().replaceAll('.', '');
  const second = numberOf(groups['second']);
  const minute = numberOf(groups['minute']);
  const hour = clock === null || half === '' ? clock : (clock % 12) + (half === 'pm' ? 12 : 0);
  return {
    year: numberOf(groups['year']),
    month: monthNumber,
    day,
    daysAgo: null,
    hour: half !== '' && (clock ?? 0) > 12 ? 99 : hour,
    minute: minute ?? 0,
    second: second ?? 0,
    precision: precisionOf(clock, minute, second),
    zone: groups['zone'] ?? null,
  };
}

function chinese(groups: Groups, date: Partial<Pick<WrittenTime, 'year' | 'month' | 'day' | 'daysAgo'>>): WrittenTime {
  const clock = numberOf(groups['hour'] ?? groups['hour2']);
  const quarter = groups['quarter'] === undefined ? null : groups['quarter'] === '一' ? 15 : 45;
  const minute = numberOf(groups['minute'] ?? groups['minute2']) ?? (groups['halfHour'] === undefined ? quarter : 30);
  const second = numberOf(groups['second'] ?? groups['second2']);
  const evening = /晚|夜/.test(groups['ago'] ?? '') ? '晚上' : undefined;
  return {
    year: null,
    month: null,
    day: null,
    daysAgo: null,
    ...date,
    hour: clock === null ? null : hourIn(groups['period'] ?? evening, clock),
    minute: minute ?? 0,
    second: second ?? 0,
    precision: precisionOf(clock, minute, second),
    zone: groups['zone'] ?? null,
  };
}

function hourIn(part: string | undefined, hour: number): number {
  if (part === undefined || hour > 12) return hour;
  if (/凌晨|清晨|早|上午|半夜/.test(part)) return hour === 12 ? 0 : hour;
  if (part === '中午') return hour < 3 ? hour + 12 : hour;
  // 晚上12点 is the end of the day.
  if (/晚|夜/.test(part)) return hour === 12 ? 24 : hour + 12;
  return hour === 12 ? 12 : hour + 12;
}

function precisionOf(hour: number | null, minute: number | null, second: number | null): WrittenTime['precision'] {
  if (hour === null) return 'day';
  if (second !== null) return 'second';
  return minute === null ? 'hour' : 'minute';
}

function monthOf(name: string | undefined): number | null {
  const index = monthNames.indexOf((name ?? '').slice(0, 3).toLowerCase());
  return index === -1 ? null : index + 1;
}

/** Also 三, 十二 and 二十五. */
function numberOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d+$/.test(text)) return Number(text);
  const digit = (letter: string) => '零一二三四五六七八九'.indexOf(letter.replace('两', '二').replace('〇', '零'));
  const ten = text.indexOf('十');
  if (ten === -1) return [...text].reduce((sum, letter) => sum * 10 + digit(letter), 0);
  const tens = ten === 0 ? 1 : digit(text.slice(0, ten));
  return tens * 10 + (ten === text.length - 1 ? 0 : digit(text.slice(ten + 1)));
}
