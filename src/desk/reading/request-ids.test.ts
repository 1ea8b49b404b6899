import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newRequestId } from '../../base/request-id.ts';
import { readReport } from './index.ts';

const receivedAtMs = Date.UTC(2026, 10, 21, 15);
const read = (text: string) => readReport({ subject: 'bug: x', text }, { site: 'lodge', receivedAtMs });
const idsOf = (text: string) => read(text).requestIds.map(({ id }) => id);

const ids = fc.integer({ min: Date.UTC(2025, 0), max: receivedAtMs }).map((atMs) => newRequestId(atMs));
const cut = fc.integer({ min: 1, max: 27 });

/** What mail programs, web pages and people do to an id. */
const damages: Readonly<Record<string, (id: string, at: number) => string>> = {
  'a soft break': (id, at) => `${id.slice(0, 4 + at)}=\r\n${id.slice(4 + at)}`,
  'a line end': (id, at) => `${id.slice(0, 4 + at)}\n${id.slice(4 + at)}`,
  'a quoted line end': (id, at) => `> see ${id.slice(0, 4 + at)}\r\n> ${id.slice(4 + at)}`,
  'a line end quoted thrice': (id, at) => `>>> ${id.slice(0, 4 + at)}\n> > > ${id.slice(4 + at)} it was`,
  'a hyphen of a shell': (id, at) => `${id.slice(0, 4 + at)}\\\n  ${id.slice(4 + at)}`,
  'a zero-width space': (id, at) => `${id.slice(0, 4 + at)}\u200b${id.slice(4 + at)}`,
  'a soft hyphen': (id, at) => `${id.slice(0, 4 + at)}\u00ad${id.slice(4 + at)}`,
  'a word break of HTML': (id, at) => `<p>${id.slice(0, 4 + at)}<wbr>${id.slice(4 + at)}</p>`,
  'tags of HTML': (id, at) => `${id.slice(0, 4 + at)}</span><span class="x">${id.slice(4 + at)}`,
  'small letters': (id) => id.toLowerCase(),
  'capital letters': (id) => id.toUpperCase(),
  'a dash': (id) => id.replace('_', '-'),
  'an escaped line': (id) => id.replace('_', '\\_'),
  'an encoded line': (id) => `?id=${id.replace('_', '%5F')}&x=1`,
  'quoted-printable': (id) => id.replace('_', '=5F'),
  'an entity': (id) => id.replace('_', '&#95;'),
  'full-width letters': (id) => [...id].map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join(''),
  'bold Markdown': (id) => `**${id}**`,
  'code of Markdown': (id) => `\`${id}\``,
  'quotes and brackets': (id) => `("${id}"),`,
  'angle brackets': (id) => `<${id}>`,
  'a word right behind it': (id) => `id:${id}，请看`,
  'JSON in JSON': (id) => `{\\"request_id\\":\\"${id}\\"}`,
};

describe('an id is found through', () => {
  test.each(Object.entries(damages))('%s', (_name, damage) => {
    fc.assert(
      fc.property(ids, cut, (id, at) => {
        expect(idsOf(`Hello, ${damage(id, at)}\nBye`)).toEqual([id]);
      }),
      { numRuns: 60 },
    );
  });
});

test('a wrong character or a swap is a typo, never another id', () => {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  fc.assert(
    fc.property(ids, cut, fc.integer({ min: 1, max: 31 }), (id, at, by) => {
      const index = 4 + at;
      const other = alphabet[(alphabet.indexOf(id.charAt(index)) + by) % 32] ?? '';
      const wrong = id.slice(0, index) + other + id.slice(index + 1);
      const facts = read(`the id is ${wrong}.`);
      expect(facts.requestIds).toEqual([]);
      expect(facts.mistypedIds.map(({ text, reason }) => [text, reason])).toEqual([[wrong, 'check']]);
    }),
  );
});

test('a character too few or too many is a typo', () => {
  const id = newRequestId(receivedAtMs);
  for (const wrong of [id.slice(0, -1), `${id.slice(0, 20)}${id.slice(21)}`, id.slice(0, 24)]) {
    const facts = read(`see ${wrong} please`);
    expect(facts.requestIds).toEqual([]);
    expect(facts.mistypedIds).toMatchObject([{ text: wrong, reason: 'length' }]);
  }
});

test('what only looks alike is neither', () => {
  for (const text of [
    'req_011CSHoEeqs5C35K2UUqR7Fy',
    'req_4d9f1c2b3a4958677869504132241506',
    'req_abc',
    'require_0123456789',
    'request_id',
    'req 1 of 2',
    'prereq_01',
    'freq-0123456789ABCDEF',
    'req_\nreq_\nreq_',
  ])
    expect([read(text).requestIds, read(text).mistypedIds]).toEqual([[], []]);
});

test('each once, twenty at most, in the order in which they stand', () => {
  const many = Array.from({ length: 40 }, (_, i) => newRequestId(receivedAtMs - i));
  expect(idsOf(many.flatMap((id) => [id, id.toLowerCase()]).join('\n'))).toEqual(many.slice(0, 20));
  expect(idsOf(many.slice(0, 3).join(''))).toEqual(many.slice(0, 3));
});

test('each with its place, in the part that it stood in', () => {
  const [first = '', second = '', third = ''] = Array.from({ length: 3 }, () => newRequestId(receivedAtMs));
  const facts = readReport(
    { subject: `bug: ${first}`, text: `Hi\n> ${second}`, attachmentsText: ['nothing', `at ${third}`] },
    { site: 'lodge', receivedAtMs },
  );
  expect(facts.requestIds.map(({ place }) => place)).toEqual([
    { part: 'subject', attachment: null, start: 5, end: 37, quoted: false },
    { part: 'text', attachment: null, start: 5, end: 37, quoted: true },
    { part: 'attachment', attachment: 1, start: 3, end: 35, quoted: false },
  ]);
});
