import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checkKey, findKeys, type KeyProblem, keyFixedPart, keyPrefix, newKey } from './key-format.ts';

const site = 'lodge';

describe('a new key', () => {
  test('has the published form, passes its own check and shows its prefix', () => {
    for (let i = 0; i < 500; i++) {
      const { secret, prefix } = newKey(site);
      expect(secret).toMatch(/^sk-lodge-[0-9A-Za-z]{46}$/);
      expect(prefix).toBe(secret.slice(0, 'sk-lodge-'.length + 8));
      expect(checkKey(secret, site)).toEqual({ ok: true, prefix });
      expect(keyPrefix(secret)).toBe(prefix);
    }
  });

  test('carries the CRC32 of all before it, in base62 padded to six', () => {
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    const { secret } = newKey('x7');
    let value = 0;
    for (const digit of secret.slice(-6)) value = value * 62 + digits.indexOf(digit);
    expect(value).toBe(crc32(secret.slice(0, -6)));
  });

  test('uses every digit about as often as any other', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 2_000; i++) {
      for (const digit of newKey(site).secret.slice(9, 49)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
    }
    const mean = (2_000 * 40) / 62;
    expect(counts.size).toBe(62);
    // Six standard deviations of a fair draw.
    for (const count of counts.values()) expect(Math.abs(count - mean)).toBeLessThan(6 * Math.sqrt(mean));
  });
});

describe('what is wrong with a key', () => {
  const { secret, prefix } = newKey(site);
  const swapped = secret.slice(0, 20) + (secret[20] === 'a' ? 'b' : 'a') + secret.slice(21);
  const cases: readonly [string, string, KeyProblem, string | null][] = [
    ['nothing', '', 'empty', null],
    ['only spaces', ' \t ', 'empty', null],
    ['a space before', ` ${secret}`, 'whitespace', prefix],
    ['a space after', `${secret} `, 'whitespace', prefix],
    ['a space inside', `${secret.slice(0, 30)} ${secret.slice(30)}`, 'whitespace', prefix],
    ['a zero-width space', `\u200b${secret}`, 'whitespace', prefix],
    ['a byte order mark', `\ufeff${secret}`, 'whitespace', prefix],
    ['an encoded space', `${secret}%20`, 'whitespace', prefix],
    ['a line feed', `${secret}\n`, 'line_break', prefix],
    ['CR LF inside', `${secret.slice(0, 40)}\r\n${secret.slice(40)}`, 'line_break', prefix],
    ['a written-out line feed', `${secret}\\n`, 'line_break', prefix],
    ['double quotes', `"${secret}"`, 'quotes', prefix],
    ['one quote', `'${secret}`, 'quotes', prefix],
    ['typographic quotes', `“${secret}”`, 'quotes', prefix],
    ['the scheme twice', `Bearer ${secret}`, 'scheme', prefix],
    ['the header name', `x-api-key: ${secret}`, 'scheme', null],
    ['a shell variable', '$LODGE_KEY', 'placeholder', null],
    ['a template', '{{apiKey}}', 'placeholder', null],
    ['a sample', 'sk-lodge-YOUR_API_KEY', 'placeholder', null],
    ['a sample with x', 'sk-lodge-xxxxxxxxxxxxxxxx', 'placeholder', 'sk-lodge-xxxxxxxx'],
    ['the form shown in lists', `${prefix}…`, 'redacted', prefix],
    ['stars', `${prefix}********`, 'redacted', prefix],
    ['the prefix alone', prefix, 'prefix_only', prefix],
    ['the fixed part alone', 'sk-lodge-', 'truncated', null],
    ['one character short', secret.slice(0, -1), 'truncated', prefix],
    ['twenty characters short', secret.slice(0, -20), 'truncated', prefix],
    ['one too many', `${secret}x`, 'too_long', prefix],
    ['pasted twice', secret + secret, 'too_long', prefix],
    ['mistyped', swapped, 'checksum', swapped.slice(0, 17)],
    ['a dash inside', `${secret.slice(0, 20)}-${secret.slice(21)}`, 'wrong_character', prefix],
    ['a letter of another script', `${secret.slice(0, 20)}а${secret.slice(21)}`, 'wrong_character', prefix],
    ["another site's", newKey('other').secret, 'other_site', null],
    ["OpenAI's", `sk-proj-${'a'.repeat(48)}`, 'vendor_key', null],
    ["OpenAI's old form", `sk-${'a1B2'.repeat(12)}`, 'vendor_key', null],
    ["Anthropic's", `sk-ant-api03-${'a'.repeat(90)}`, 'vendor_key', null],
    ["Google's", `AIza${'a'.repeat(35)}`, 'vendor_key', null],
    ['upper case', secret.toUpperCase(), 'wrong_form', null],
    ['anything', 'hello', 'wrong_form', null],
  ];
  test.each(cases)('%s', (_name, text, problem, seenPrefix) => {
    const result = checkKey(text, site);
    expect(result).toMatchObject({ ok: false, problem, prefix: seenPrefix });
    if (!result.ok) {
      expect(result.hint.length).toBeGreaterThan(20);
      expect(result.hint).not.toContain(secret.slice(17, 30));
    }
  });

  test('every single wrong character and every swap of neighbours is seen', () => {
    for (let i = 9; i < secret.length; i++) {
      const wrong = secret.slice(0, i) + (secret[i] === '0' ? '1' : '0') + secret.slice(i + 1);
      expect(checkKey(wrong, site)).toMatchObject({ ok: false, problem: 'checksum' });
      if (i + 1 < secret.length && secret[i] !== secret[i + 1]) {
        const swap = secret.slice(0, i) + secret.charAt(i + 1) + secret.charAt(i) + secret.slice(i + 2);
        expect(checkKey(swap, site)).toMatchObject({ ok: false, problem: 'checksum' });
      }
    }
  });

  test('a megabyte of anything is judged at once', () => {
    for (const filler of ['a', ' ', '\n', 'sk-', 'sk-lodge-', '"', 'sk-aa-', '.']) {
      const startedMs = performance.now();
      expect(checkKey(filler.repeat(1_000_000 / filler.length), site).ok).toBe(false);
      expect(performance.now() - startedMs).toBeLessThan(1_000);
    }
  });
});

describe('keys in a text', () => {
  test('are found wherever they stand, and only whole ones', () => {
    const first = newKey(site);
    const second = newKey('other');
    const near = newKey(site).secret.slice(0, -1);
    const text = `mail: key=${first.secret}, sk-sk-${second.secret}and ${near}! sk-lodge-${'0'.repeat(46)}`;
    const found = findKeys(text);
    expect(found.map((key) => key.secret)).toEqual([first.secret, second.secret]);
    expect(found.map((key) => text.slice(key.start, key.end))).toEqual([first.secret, second.secret]);
    expect(found.map((key) => key.prefix)).toEqual([first.prefix, second.prefix]);
    expect(found.map((key) => key.site)).toEqual([site, 'other']);
  });

  test('stop at a thousand', () => {
    const { secret } = newKey(site);
    expect(findKeys(`${secret} `.repeat(1_200))).toHaveLength(1_000);
  });
});

test('the fixed part', () => {
  expect(keyFixedPart('acme')).toBe('sk-acme-');
});
