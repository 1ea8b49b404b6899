import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitQuoted } from './quoted.ts';

const cases: readonly [name: string, opening: string][] = [
  ['Gmail', 'On Sat, Nov 21, 2026 at 8:00 AM Lodge <support@lodge.localhost> wrote:\n> Hello'],
  ['Gmail, wrapped', 'On Sat, Nov 21, 2026 at 8:00 AM Lodge Support Team\n<support@lodge.localhost> wrote:\n> Hello'],
  ['German', 'Am 21.11.2026 um 08:00 schrieb Lodge <support@lodge.localhost>:\n> Hallo'],
  ['French', 'Le sam. 21 nov. 2026 à 08:00, Lodge <support@lodge.localhost> a écrit :\n> Bonjour'],
  ['Apple, Chinese', '在 2026年11月21日，08:00，Lodge <support@lodge.localhost> 写道：\n> 你好'],
  ['Gmail, Chinese', 'Lodge <support@lodge.localhost> 于2026年11月21日周六 08:00写道：\n> 你好'],
  [
    'QQ',
    '------------------ 原始邮件 ------------------\n发件人: "Lodge" <support@lodge.localhost>;\n发送时间: 2026年11月21日\n你好',
  ],
  ['NetEase', '---- 回复的原邮件 ----\n发件人\tLodge\n你好'],
  [
    'Outlook',
    'From: Lodge <support@lodge.localhost>\nSent: Saturday, November 21, 2026 8:00 AM\nTo: Ada\nSubject: Re: x\n\nHello',
  ],
  [
    'Outlook, Chinese',
    '发件人: Lodge <support@lodge.localhost>\n发送时间: 2026年11月21日 8:00\n收件人: Ada\n主题: Re: x\n\n你好',
  ],
  ['Outlook, older', '-----Original Message-----\nFrom: Lodge\nHello'],
  ['Gmail, Japanese', '2026年11月21日(土) 8:00 Lodge <support@lodge.localhost>:\n> こんにちは'],
  ['Thunderbird, Japanese', 'On 2026/11/21 8:00, Lodge wrote:\n> こんにちは'],
  ['Taiwan', '於 2026年11月21日 08:00 寫道：\n> 你好'],
];

test.each(cases)('the quoted part is told apart: %s', (_name, quoted) => {
  const { text, quoted: found } = splitQuoted(`It still fails, see req_1.\n\nAda\n\n${quoted}`);
  expect(text).toBe('It still fails, see req_1.\n\nAda');
  expect(found.replace(/\s/g, '')).toBe(quoted.replace(/\s/g, ''));
});

test('answers between the quotes stay where they are', () => {
  const text = '> Which model?\ngpt-5.5\n> Since when?\nToday.';
  expect(splitQuoted(text).text.replace(/\n+/g, '\n')).toBe(text);
});

test('a mail that is passed on is what its sender says', () => {
  const text = 'From: Lodge <support@lodge.localhost>\nSent: today\n\nHello';
  expect(splitQuoted(text)).toEqual({ text, quoted: '' });
});

test.each(['It broke on 21 Nov. He wrote: it fails', '在控制台里写道具的代码', 'From: is a header\nthat I set'])(
  'no opening: %s',
  (text) => {
    expect(splitQuoted(`Hello\n${text}\nbye`)).toEqual({ text: `Hello\n${text}\nbye`, quoted: '' });
  },
);

test('nothing is dropped, whatever the text', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('> quoted', 'On x wrote:', '-- ', '在 2026年 写道：', '', '发件人: a', 'Sent from my iPhone'),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const whole = lines.join('\n');
      const { text, quoted } = splitQuoted(whole);
      expect((text + quoted).replace(/\s/gu, '').length).toBe(whole.replace(/\s/gu, '').length);
    }),
  );
});

test('long and hostile texts take no time', () => {
  const startMs = performance.now();
  for (const text of [
    '>'.repeat(500_000),
    'On '.repeat(100_000),
    '在'.repeat(300_000),
    'a\n'.repeat(200_000),
    '-'.repeat(500_000),
    `${'x'.repeat(399)}\n`.repeat(1_000),
  ])
    splitQuoted(text);
  expect(performance.now() - startMs).toBeLessThan(20_000);
});
