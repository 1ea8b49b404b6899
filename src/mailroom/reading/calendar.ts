import { visibleLine } from './visible.ts';

const mostEvents = 5;

/** One line for each event of a calendar file, for a text that stands without it. */
export function calendarLines(file: string): string[] {
  const lines = file
    .slice(0, 200_000)
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/);
  const events: Map<string, string>[] = [];
  let event: Map<string, string> | null = null;
  for (const line of lines) {
    if (/^BEGIN:VEVENT$/i.test(line)) event = new Map();
    else if (/^END:VEVENT$/i.test(line) && event !== null) {
      events.push(event);
      event = null;
    } else if (event !== null) keep(event, line);
  }
  return events.slice(0, mostEvents).map(eventLine);
}

function keep(event: Map<string, string>, line: string): void {
  const [, name = '', zone = '', value = ''] =
    /^(SUMMARY|DTSTART|DTEND|LOCATION|ORGANIZER)(?:;(?:[^:"]|"[^"]*")*?TZID=([^:;]+))?(?:;(?:[^:"]|"[^"]*")*)?:(.*)$/i.exec(
      line,
    ) ?? [];
  if (name === '' || event.has(name.toUpperCase())) return;
  event.set(name.toUpperCase(), unescaped(value) + (zone === '' ? '' : ` (${zone})`));
}

function eventLine(event: ReadonlyMap<string, string>): string {
  const times = ['DTSTART', 'DTEND'].flatMap((name) => timeText(event.get(name)) ?? []);
  const parts = [event.get('SUMMARY') ?? '', times.join(' – '), event.get('LOCATION') ?? ''];
  return `[Calendar: ${parts
    .map((part) => visibleLine(part, 200))
    .filter((part) => part !== '')
    .join(', ')}]`;
}

function timeText(value: string | undefined): string | null {
  const [, year, month, day, hour, minute, utc, zone = ''] =
    /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2}(Z?))?( \(.*\))?/.exec(value ?? '') ?? [];
  if (year === undefined) return null;
  const date = `${year}-${month}-${day}`;
  return hour === undefined ? date : `${date} ${hour}:${minute}${utc === 'Z' ? ' UTC' : zone}`;
}

function unescaped(value: string): string {
  return value
    .replace(/\\[nN]/g, ' ')
    .replace(/\\(.)/g, '$1')
    .trim();
}
