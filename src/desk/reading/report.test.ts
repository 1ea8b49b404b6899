import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReport, readSubject } from './index.ts';

const receivedAtMs = Date.parse('2026-11-21T15:00:00Z');
const read = (text: string, sentOffsetMinutes: number | null = null) =>
  readReport({ subject: 'bug: x', text }, { site: 'lodge', receivedAtMs, sentOffsetMinutes });
const timesOf = (text: string, sentOffsetMinutes: number | null = null) =>
  read(text, sentOffsetMinutes).times.map(({ atMs }) => new Date(atMs).toISOString().slice(0, 16));

describe('subjects', () => {
  test.each([
    ['bug: x', 'bug', 'x'],
    ['BUG:x', 'bug', 'x'],
    ['Bug : x', 'bug', 'x'],
    ['ｂｕｇ：x', 'bug', 'x'],
    ['  Re: RE: re: bug: x', 'bug', 'x'],
    ['Re[4]: billing: x', 'billing', 'x'],
    ['AW: WG: Antw: enterprise: x', 'enterprise', 'x'],
    ['[list] Fwd: [T-1001] vulnerability: x', 'vulnerability', 'x'],
    ['回复：转发：答复: bug：x', 'bug', 'x'],
    ['\u200bbug\u200b: x', 'bug', 'x'],
    ['billing:', 'billing', ''],
    ['a bug: x', null, 'a bug: x'],
    ['bugs: x', null, 'bugs: x'],
    ['bug x', null, 'bug x'],
    ['feature: bug: x', null, 'feature: bug: x'],
    ['Re:', null, ''],
    ['', null, ''],
  ])('%j is read as %s', (subject, prefix, rest) => {
    expect(readSubject(subject)).toEqual({ prefix, rest });
  });

  test('wrapped without end, it is read without end too', () => {
    expect(readSubject(`${'Re: '.repeat(30)}bug: x`).prefix).toBe('bug');
    expect(readSubject('Re: '.repeat(100_000)).prefix).toBeNull();
    expect(readSubject('['.repeat(100_000)).prefix).toBeNull();
  });
});

describe('times', () => {
  test('without a zone are those of the mail program, unless the mail says another', () => {
    expect(timesOf('it failed at 22:40', 480)).toEqual(['2026-11-21T14:40']);
    expect(read('it failed at 22:40', 480).times).toMatchObject([{ zone: 'UTC+08:00', zoneFrom: 'sent' }]);
    expect(timesOf('昨晚11点半', 480)).toEqual(['2026-11-20T15:30']);
    expect(timesOf('my time zone is Europe/Paris; at 14:40', 480)).toEqual(['2026-11-21T13:40']);
    expect(timesOf('14:40 UTC', 480)).toEqual(['2026-11-21T14:40']);
  });

  test('of a day that is not said are the last that were', () => {
    expect(timesOf('at 14:59 UTC and 15:10 UTC and 15:20 UTC')).toEqual([
      '2026-11-21T14:59',
      '2026-11-21T15:10',
      '2026-11-20T15:20',
    ]);
  });

  test('of a year that is not said are the last such day, or one within a fortnight', () => {
    expect(timesOf('Dec 24 10:00 UTC; Dec 1, 10:00 UTC')).toEqual(['2025-12-24T10:00', '2026-12-01T10:00']);
    expect(timesOf('12月31日8点 UTC')).toEqual(['2025-12-31T08:00']);
  });

  test('follow the rules of their zone', () => {
    expect(timesOf('2026-07-01 12:00 Europe/Paris; 2026-12-01 12:00 Europe/Paris')).toEqual([
      '2026-07-01T10:00',
      '2026-12-01T11:00',
    ]);
    expect(timesOf('2026-07-01 12:00 CST')).toEqual(['2026-07-01T18:00']);
    expect(timesOf('请看 2026-07-01 12:00 CST 的请求')).toEqual(['2026-07-01T04:00']);
  });

  test('noon, midnight and hours that there are not', () => {
    expect(timesOf('12 am UTC; 12:30 pm UTC; 13 pm UTC')).toEqual(['2026-11-21T00:00', '2026-11-21T12:30']);
    expect(timesOf('2026-11-20 24:00 UTC; 2026-02-29 10:00 UTC; 2026-11-20 25:00')).toEqual(['2026-11-21T00:00']);
    expect(timesOf('今天中午12点 UTC；今天凌晨12点 UTC；昨天晚上12点 UTC')).toEqual([
      '2026-11-21T12:00',
      '2026-11-21T00:00',
    ]);
  });
});

describe('languages', () => {
  test.each([
    ['en', 'Hello, please help us.'],
    ['en', ''],
    ['en', 'ありがとうございます。東京支社の請求書を送ってください。'],
    ['en', 'Bonjour, pouvez-vous nous aider ?'],
    ['zh', '你好'],
    ['zh', '請問發票怎麼開？'],
    [
      'zh',
      '你好，使用 claude code 的時候報錯。\n> On Friday you wrote that it would be fixed within one day, but it was not.',
    ],
    [
      'zh',
      '报错如下\nTraceback (most recent call last):\n  File "a.py", line 3\nRateLimitError: too many requests, please slow down',
    ],
  ])('%s: %s', (language, text) => {
    expect(readReport({ subject: '', text }, { site: 'lodge', receivedAtMs }).language).toBe(language);
  });
});

describe('whatever is sent', () => {
  const bytes = 2_000_000;
  const fill = (piece: string) => piece.repeat(Math.ceil(bytes / piece.length)).slice(0, bytes);
  const pieces = [
    'a',
    'a_',
    '12:',
    '{',
    '{"error":',
    '\\',
    '>\n',
    'req_',
    'req 1 ',
    'req_01M7Z6SSE004 ',
    'req_1\n>',
    '2026-11-21 ',
    '生产环境',
    'codex ',
    'error ',
    'expected ',
    'payment ',
    'On 21 Nov 2026 ',
    '2026-11-21T14:05:01.123Z ERROR status=500 path=/v1/chat code=upstream_error\n',
  ];

  test.each(pieces)('2 MB of %j do not hold it up', (piece) => {
    const text = fill(piece);
    const startedMs = performance.now();
    readReport(
      { subject: text, text },
      { site: 'lodge', receivedAtMs, errorCodes: ['upstream_error'], models: ['gpt-4o'] },
    );
    expect(performance.now() - startedMs).toBeLessThan(20_000);
  });

  test('nothing breaks it', () => {
    const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...pieces));
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 30 }), fc.string(), (parts, subject) => {
        const text = parts.join('');
        const facts = readReport({ subject, text, attachmentsText: [text] }, { site: 'lodge', receivedAtMs });
        for (const { place } of facts.times) expect(place.end).toBeGreaterThan(place.start);
      }),
      { numRuns: 300 },
    );
  });
});
