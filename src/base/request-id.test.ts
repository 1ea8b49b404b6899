import { describe, expect, it } from 'vitest';
import { newRequestId, parseRequestId, requestIdTime } from './request-id.ts';

const nowMs = Date.UTC(2026, 10, 21, 9, 30, 15, 123);
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function replaceAt(text: string, index: number, replacement: string): string {
  return text.slice(0, index) + replacement + text.slice(index + replacement.length);
}

describe('newRequestId', () => {
  it('has one form, which Claude Code takes for its own', () => {
    const id = newRequestId(nowMs);
    expect(id).toMatch(/^req_[0-9A-HJKMNP-TV-Z]{28}$/);
    expect(id).toMatch(/^req_[A-Za-z0-9_-]{1,36}$/);
  });

  it('is never the same twice', () => {
    const ids = new Set(Array.from({ length: 20_000 }, () => newRequestId(nowMs)));
    expect(ids.size).toBe(20_000);
  });

  it('carries its time and sorts by it', () => {
    const timesMs = [0, 1, nowMs - 1, nowMs, nowMs + 1, 2 ** 48 - 1];
    const ids = timesMs.map((timeMs) => newRequestId(timeMs));
    expect(ids.map(requestIdTime)).toEqual(timesMs);
    expect([...ids].sort()).toEqual(ids);
  });

  it('spreads over all characters: chance is not cut short', () => {
    const seen = new Set(Array.from({ length: 2_000 }, () => newRequestId(nowMs).slice(14, 30)).join(''));
    expect([...seen].sort().join('')).toBe(alphabet);
  });
});

describe('parseRequestId', () => {
  const id = newRequestId(nowMs);

  it('gives back what was made', () => {
    for (let i = 0; i < 1_000; i++) {
      const made = newRequestId(nowMs + i);
      expect(parseRequestId(made)).toBe(made);
    }
  });

  it('forgives what people do to an id: case, blanks, a dash, O for 0, I and L for 1', () => {
    const forgiven = `  ${id.toLowerCase().replace('_', '-').replaceAll('0', 'o').replaceAll('1', 'l')}\n`;
    expect(parseRequestId(forgiven)).toBe(id);
    expect(parseRequestId(id.replaceAll('0', 'O').replaceAll('1', 'I'))).toBe(id);
  });

  it('catches every single wrong character', () => {
    for (let index = 4; index < id.length; index++)
      for (const character of alphabet)
        if (character !== id.charAt(index)) expect(parseRequestId(replaceAt(id, index, character))).toBeNull();
  });

  it('catches every swap of neighbours', () => {
    for (let round = 0; round < 200; round++) {
      const made = newRequestId(nowMs);
      for (let index = 4; index < made.length - 1; index++) {
        const swapped = replaceAt(made, index, made.charAt(index + 1) + made.charAt(index));
        if (swapped !== made) expect(parseRequestId(swapped)).toBeNull();
      }
    }
  });

  it.each([
    '',
    'req_',
    'hello',
    id.slice(0, -1),
    `${id}0`,
    id.slice(4),
    `x${id}`,
    `${id.slice(0, -1)}U`,
    `${id}\n${id}`,
  ])('is no id: %o', (text) => {
    expect(parseRequestId(text)).toBeNull();
  });
});
