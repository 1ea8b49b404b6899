import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyPrefix, newKey, newSecret } from '../base/key-format.ts';
import { newRequestId } from '../base/request-id.ts';
import { redactHtml, redactName, redactText } from './index.ts';
import { madeUp } from './testing/made-up.ts';
import { normalTexts } from './testing/normal-texts.ts';
import { options } from './testing/options.ts';
import { secretTexts } from './testing/secret-texts.ts';
import { tokenRules } from './token-rules.ts';

const id = newRequestId(Date.UTC(2026, 10, 20));
const key = newKey('lodge');
const redactors = { text: redactText, html: redactHtml, name: redactName } as const;

/** Letters and digits alone: what is left of a broken secret stands together again. */
function bare(text: string): string {
  const withoutTags = text.replaceAll(/<[^>]*>/g, '').normalize('NFKC');
  const read = withoutTags.replaceAll(/&#(x?)([0-9a-f]+);?/g, (_, x, code) =>
    String.fromCharCode(Number.parseInt(code, x === '' ? 10 : 16)),
  );
  return read.replaceAll(/[^0-9A-Za-z]/g, '') + text.replaceAll(/[^0-9A-Za-z]/g, '');
}

/** Pieces of a secret, beyond the public prefix of a key of ours. */
function piecesOf(secret: string): string[] {
  const own = /^(?:sk|pat)-[a-z0-9]{2,16}-[0-9A-Za-z]{8}(?=[0-9A-Za-z]{38}$)/.exec(secret)?.[0] ?? '';
  const rest = secret.slice(own.length).replaceAll(/[^0-9A-Za-z]/g, '');
  if (rest.length <= 8) return [rest];
  return Array.from({ length: rest.length - 7 }, (_, i) => rest.slice(i, i + 8));
}

describe('texts with secrets', () => {
  test.each(secretTexts)('$surface: $name', ({ surface, text, secrets }) => {
    const redacted = redactors[surface](text, options);
    expect(redacted.findings.length).toBeGreaterThan(0);
    const left = bare(redacted.text);
    for (const piece of secrets.flatMap(piecesOf)) expect(left).not.toContain(piece);
    expect(redactors[surface](redacted.text, options)).toEqual({ text: redacted.text, findings: [], ownKeys: [] });
    expect(JSON.stringify(redacted.findings)).not.toContain(secrets[0]?.slice(-12) ?? 'nothing');
  });

  test('there are enough of them', () => {
    expect(secretTexts.length).toBeGreaterThanOrEqual(80);
    expect(normalTexts(id, key.prefix).length).toBeGreaterThanOrEqual(60);
  });
});

describe('normal texts', () => {
  test.each(normalTexts(id, key.prefix))('stays: %.60s', (text) => {
    expect(redactText(text, options)).toEqual({ text, findings: [], ownKeys: [] });
    expect(redactHtml(text, options).text).toBe(text);
    expect(redactText(`> ${text.replaceAll('\n', '\n> ')}`, options).findings).toEqual([]);
  });

  test('words that follow a secret stay', () => {
    for (const word of [
      'Thanks',
      'Thanks,\nBob',
      'model gpt-4o',
      'gpt-4o-mini fails',
      'Best regards',
      'status=401',
      '谢谢',
    ])
      for (const template of ['ghp_{36}', 'sk-proj-{60}', 'AIzaSy{33}', 'AKIA{u15}7', 'SG.{22}.{43}'])
        expect(redactText(`${madeUp(template)}\n${word}`, options).text).toMatch(
          new RegExp(`^\\[[^\\]]+\\]\n${word}$`),
        );
  });
});

describe('the table of tokens', () => {
  test.each(tokenRules)('$issuer $example', ({ kind, issuer, example, nearMiss }) => {
    const redacted = redactText(`the ${madeUp(example)} here`, options);
    expect(redacted.findings).toMatchObject([{ kind, issuer }]);
    expect(redacted.text).toMatch(/^the \[[^\]]+\] here$/);
    expect(redactText(`the ${madeUp(nearMiss)} here`, options).findings).toEqual([]);
  });
});

describe('what is told', () => {
  test('placeholders keep kind, issuer and the last four', () => {
    const openai = `sk-proj-${'aB3'.repeat(20)}`;
    expect(redactText(`a ${openai} b`, options).text).toBe('a [openai key …3aB3] b');
    const own = `[API key ${key.prefix} …${key.secret.slice(-4)}]`;
    expect(redactText(`(${key.secret})`, options).text).toBe(`(${own})`);
    expect(redactText('postgres://bob:Tr0ub4dor@db/x', options).text).toBe('postgres://bob:[connection password]@db/x');
    expect(redactText('4111 1111 1111 1111', options).text).toBe('[card …1111]');
    expect(redactText('password: hunter22', options).text).toBe('password: [password]');
  });

  test('whole keys and tokens of this site are handed over, others not', () => {
    const token = newSecret('pat', 'lodge');
    const other = newKey('other');
    const text = `${key.secret} ${token.secret} ${other.secret} ${key.secret.slice(0, 40)}`;
    const { findings, ownKeys } = redactText(text, options);
    expect(ownKeys.map(({ kind, prefix, secret }) => [kind, prefix, secret])).toEqual([
      ['own_key', key.prefix, key.secret],
      ['own_token', token.prefix, token.secret],
    ]);
    expect(findings.map(({ kind, issuer }) => [kind, issuer])).toEqual([
      ['own_key', null],
      ['own_token', null],
      ['vendor_key', 'lodge'],
      ['own_key', null],
    ]);
  });

  test('the same secret has one fingerprint, however it was broken', () => {
    const secret = madeUp('ghp_{36}');
    const split = `<p>${secret.slice(0, 9)}<b>${secret.slice(9)}</b></p>`;
    const [finding] = redactText(secret, options).findings;
    expect(redactHtml(split, options).findings).toEqual([finding]);
    expect(redactText(`> ${secret.slice(0, 20)}\n> ${secret.slice(20)} ${secret}`, options).findings).toEqual([
      finding,
    ]);
  });

  test('mail addresses and phone numbers go only by the setting', () => {
    const text = `bob@example.com, +49 30 901820, 13800138000, ${id}`;
    expect(redactText(text, options).text).toBe(text);
    expect(redactText(text, { ...options, personalData: true }).text).toBe(
      `[mail address], [phone number …1820], [phone number …8000], ${id}`,
    );
  });

  test('an id within a secret stays', () => {
    expect(redactText(`Cookie: last=${id}; session=abcdefgh`, options).text).toBe(`Cookie: [authorization] ${id}`);
  });
});

describe('properties', () => {
  const words = fc.constantFrom(
    'hello',
    '您好',
    '\n',
    '> ',
    ' ',
    ': ',
    '="',
    "'",
    '=\n',
    '<b>',
    '&amp;',
    'password',
    'key',
    'sk-',
    'eyJ',
    '://',
    '@',
    '4111 ',
    '[',
    ']',
    '…',
    'Bearer ',
    '%3D',
    '\u200b',
  );
  const noise = fc
    .array(fc.oneof(words, fc.string({ maxLength: 8 })), { maxLength: 12 })
    .map((parts) => parts.join(''));
  const secret = fc.oneof(
    fc.constant(0).map(() => newKey('lodge').secret),
    fc.constantFrom(...tokenRules.map((rule) => madeUp(rule.example))),
  );

  test('own ids survive any company', () => {
    fc.assert(
      fc.property(noise, noise, fc.integer({ min: 0, max: 2 ** 44 }), (before, after, timeMs) => {
        const own = newRequestId(timeMs);
        expect(redactText(`${before} ${own} ${after}`, options).text).toContain(own);
        expect(redactHtml(`${before} ${own} ${after}`, options).text).toContain(own);
      }),
      { numRuns: 300 },
    );
  });

  test('no planted secret survives, and the second time finds nothing', () => {
    fc.assert(
      fc.property(noise, secret, noise, (before, planted, after) => {
        const { text } = redactText(`${before} ${planted} ${after}`, options);
        expect(text).not.toContain(planted);
        expect(redactText(text, options)).toEqual({ text, findings: [], ownKeys: [] });
        const html = redactHtml(`${before} ${planted} ${after}`, options).text;
        expect(redactHtml(html, options)).toEqual({ text: html, findings: [], ownKeys: [] });
      }),
      { numRuns: 500 },
    );
  });

  test('a key of ours is found wherever it is broken, by whatever', () => {
    const breaks = fc.constantFrom('\n', '\r\n', '\n> ', '\n>> > ', '=\r\n', '\u200b', '\u00ad', ' \n', '\n   ');
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 54 }),
        fc.integer({ min: 1, max: 54 }),
        breaks,
        noise,
        (a, b, by, after) => {
          const [first, second] = a < b ? [a, b] : [b, a];
          const whole = newKey('lodge').secret;
          const parts = [whole.slice(0, first), whole.slice(first, second), whole.slice(second)].filter(
            (part) => part !== '',
          );
          const { ownKeys } = redactText(`${parts.join(by)} ${after}`, options);
          expect(ownKeys.map((found) => found.secret)).toEqual([whole]);
          expect(ownKeys[0]?.prefix).toBe(keyPrefix(whole));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a key of ours is found in HTML wherever tags, entities and unseen characters divide it', () => {
    const between = fc.constantFrom(
      '<b>',
      '</span>',
      '<wbr>',
      '<br>',
      '</p>\n<p>',
      '&shy;',
      '&#8203;',
      '<!-- x -->',
      '\u2060',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 54 }), between), { minLength: 1, maxLength: 5 }),
        (cuts) => {
          const whole = newKey('lodge').secret;
          let html = whole;
          for (const [at, by] of [...new Map(cuts)].sort(([one], [other]) => other - one))
            html = html.slice(0, at) + by + html.slice(at);
          const redacted = redactHtml(`<p>key: ${html} and more</p>`, options);
          expect(redacted.ownKeys.map((found) => found.secret)).toEqual([whole]);
          // Every tag is still there, and so is what stood around.
          expect(redacted.text.match(/<[^>]*>/g)).toEqual(`<p>key: ${html} and more</p>`.match(/<[^>]*>/g));
          expect(redacted.text).toMatch(/^<p>key: \[API key .* and more<\/p>$/s);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('a flood of secrets is redacted to its end, and own keys behind it are still told', () => {
  const secrets = Array.from({ length: 1_200 }, (_, i) => madeUp(`ghp_{30}${String(i).padStart(6, '0')}`));
  const redacted = redactText(`${secrets.join('\n')}\n${key.secret}`, options);
  expect(redacted.text).not.toContain('ghp_');
  expect(redacted.findings).toHaveLength(1_000);
  expect(redacted.ownKeys.map((found) => found.secret)).toEqual([key.secret]);
});

test('2 MB on a single line take less than a second', () => {
  const openai = madeUp('sk-proj-{100}');
  const lines = [
    'a',
    '0123456789abcdef',
    'sk-',
    'password: ',
    's ',
    'eyJ.',
    '://a:b',
    ':=',
    '=\n',
    '\n> ',
    '-----BEGIN PRIVATE KEY-----\n',
    '<a href=',
    '&#x41;',
    `${openai} `,
    key.secret,
    'a@',
    '4111 ',
  ];
  for (const part of lines) {
    const text = part.repeat(Math.ceil(2_000_000 / part.length));
    for (const redact of [redactText, redactHtml]) {
      const startedMs = performance.now();
      redact(text, { ...options, personalData: true });
      expect(performance.now() - startedMs, part).toBeLessThan(timeLimitMs);
    }
  }
});

/** On an idle machine each takes a half of a second at most; a busy one gets more, and a square would take minutes. */
const timeLimitMs = 20_000;
