import { describe, expect, it } from 'vitest';
import { JsonScan } from './json-scan.ts';
import { capture, compileShape, mark, type Shape, self, text } from './json-shape.ts';

interface Seen {
  readonly values: readonly (readonly [slot: number, json: string | null, start: number, end: number])[];
  readonly textBytes: number;
  readonly state: string;
}

function scan(shape: Shape, json: Buffer, cuts: readonly number[] = [], limitBytes = 1_000): Seen {
  const values: [number, string | null, number, number][] = [];
  let textBytes = 0;
  const scanner = new JsonScan(
    shape,
    {
      value: (slot, bytes, from, to, start, end) =>
        values.push([slot, bytes === null ? null : bytes.toString('utf8', from, to), start, end]),
      text: (_slot, byteCount) => {
        textBytes += byteCount;
      },
    },
    limitBytes,
  );
  let from = 0;
  for (const to of [...cuts, json.length]) {
    scanner.push(Buffer.from(json.subarray(from, to)));
    from = to;
  }
  return { values, textBytes, state: scanner.state };
}

/** The same at every split into two, and byte by byte. */
function scanEverywhere(shape: Shape, json: Buffer, limitBytes = 1_000): Seen {
  const whole = scan(shape, json, [], limitBytes);
  for (let at = 0; at <= json.length; at++)
    expect(scan(shape, json, [at], limitBytes), `split at ${at}`).toEqual(whole);
  const everyByte = Array.from({ length: Math.max(0, json.length - 1) }, (_, i) => i + 1);
  expect(scan(shape, json, everyByte, limitBytes)).toEqual(whole);
  return whole;
}

const shape = compileShape({
  model: capture(1),
  usage: capture(2),
  list: [{ [self]: mark(3), name: capture(4), content: text(5) }],
  deep: { a: { b: capture(6) } },
});

describe('scan', () => {
  it('finds members by their whole path alone', () => {
    const json = Buffer.from(
      '{"x":{"model":"no","usage":{}},"y":["model",{"usage":1}],"model":"yes","deep":{"b":1,"a":{"b":[2]}},"a":{"b":3}}',
    );
    const seen = scanEverywhere(shape, json);
    expect(seen.values.map(([slot, value]) => [slot, value])).toEqual([
      [1, '"yes"'],
      [6, '[2]'],
    ]);
    expect(seen.state).toBe('complete');
  });

  it('tells where values stand', () => {
    const json = Buffer.from('{ "model" : "ü" ,"list":[ {"name":1 } , 2 ]}');
    for (const [, value, start, end] of scanEverywhere(shape, json).values) {
      if (value !== null) expect(json.toString('utf8', start, end)).toBe(value);
      else expect(['{"name":1 }', '2']).toContain(json.toString('utf8', start, end));
    }
  });

  it('compares keys after unescaping', () => {
    const json = Buffer.from(
      '{"mod\\u0065l":1,"\\u006d\\u006f\\u0064\\u0065\\u006C":2,"model\\"":3,"model\\u0000":4,"mode\\l":5}',
    );
    expect(scanEverywhere(shape, json).values.map(([, value]) => value)).toEqual(['1', '2']);
  });

  it('is not led astray by what strings hold', () => {
    const strings = [
      '"',
      '\\',
      '\\\\',
      '\\"',
      '{"model":"no"}',
      '}]',
      'model',
      '\u2028"}',
      'x'.repeat(70),
      `${'y'.repeat(70)}\\"`,
    ];
    for (const string of strings) {
      const json = Buffer.from(
        JSON.stringify({ a: string, b: [string, { [string]: string }], [string]: 1, model: string }),
      );
      const seen = scanEverywhere(shape, json);
      expect(seen.values.at(-1)?.[1]).toBe(JSON.stringify(string));
      expect(seen.state).toBe('complete');
    }
  });

  it('counts the UTF-8 bytes of texts, escaped or not', () => {
    for (const content of [
      'plain',
      'Zoë',
      '思考',
      '😀',
      '\n\t"\\/',
      '\u0000\u001f',
      '\ud800',
      `${'ü'.repeat(90)}"${'x'.repeat(90)}`,
    ]) {
      const plain = JSON.stringify(content);
      const escaped = `"${[...content].map((c) => [...Array(c.length)].map((_, i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')).join('')}"`;
      // A lone surrogate has no UTF-8; half of a pair is what it counts for.
      const bytes = content === '\ud800' ? 2 : Buffer.byteLength(content);
      for (const json of [plain, escaped]) {
        expect(scanEverywhere(shape, Buffer.from(`{"list":[{"content":${json}}]}`)).textBytes).toBe(bytes);
      }
    }
    expect(scanEverywhere(shape, Buffer.from('{"list":[{"content":{"a": "b"}},{"content":null}]}')).textBytes).toBe(10);
  });

  it('hands out no value beyond the limit, whatever the split', () => {
    const json = Buffer.from(`{"model":"${'x'.repeat(50)}","usage":{"a":"${'y'.repeat(19)}"}}`);
    expect(scanEverywhere(shape, json, 30).values.map(([slot, value]) => [slot, value?.length])).toEqual([
      [1, undefined],
      [2, 27],
    ]);
  });

  it('stands any nesting', () => {
    const depth = 200_000;
    const json = Buffer.from(
      `{"x":${'['.repeat(depth)}${']'.repeat(depth)},"model":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`,
    );
    const seen = scan(shape, json, [7, 1_000, 500_000]);
    expect(seen.state).toBe('complete');
    expect(seen.values).toHaveLength(1);
  });

  it('tells whole texts from broken and unfinished ones', () => {
    const states: Record<string, string> = {
      '{}': 'complete',
      ' \r\n\t{ } \n': 'complete',
      '{"a":1}': 'complete',
      '': 'running',
      '{': 'running',
      '{"a"': 'running',
      '{"a":1': 'running',
      '{"a":"\\"}': 'running',
      '[]': 'broken',
      '"a"': 'broken',
      '1': 'broken',
      null: 'broken',
      '\ufeff{}': 'broken',
      '{}{}': 'broken',
      '{},': 'broken',
      '{"a":1,}': 'broken',
      '{,}': 'broken',
      '{"a" 1}': 'broken',
      '{"a":1 "b":2}': 'broken',
      "{'a':1}": 'broken',
      '{a:1}': 'broken',
      '{"a":}': 'broken',
      '{"a":x}': 'broken',
      '{"list":[1,]}': 'broken',
      '{"list":[}': 'broken',
      '{"list":[1}}': 'broken',
    };
    for (const [json, state] of Object.entries(states)) {
      expect(scanEverywhere(shape, Buffer.from(json)).state, json).toBe(state);
    }
  });

  it('reads a top-level array as a stream of objects where the shape has one', () => {
    const both = compileShape({ a: capture(1) }, [{ a: capture(1) }]);
    expect(scanEverywhere(both, Buffer.from('[{"a":1}\n,\r\n{"a":[{"a":2}]},3]')).values.map(([, v]) => v)).toEqual([
      '1',
      '[{"a":2}]',
    ]);
    expect(scanEverywhere(both, Buffer.from('{"a":4}')).values.map(([, v]) => v)).toEqual(['4']);
    expect(scan(both, Buffer.from('[]')).state).toBe('complete');
    expect(scan(both, Buffer.from('[{"a":1}')).state).toBe('running');
  });

  it('agrees with JSON.parse on what chance makes', () => {
    const random = randomFrom(20_261_121);
    for (let round = 0; round < 400; round++) {
      const value = { ...randomObject(random, 3), model: randomValue(random, 2), ...randomObject(random, 1) };
      const json = Buffer.from(random() < 0.5 ? JSON.stringify(value) : JSON.stringify(value, null, 1));
      const cuts = [...Array(3)].map(() => Math.floor(random() * json.length)).toSorted((a, b) => a - b);
      const seen = scan(shape, json, cuts, 100_000);
      expect(seen.state).toBe('complete');
      const model = seen.values.filter(([slot]) => slot === 1).at(-1)?.[1];
      expect(JSON.parse(model ?? '')).toEqual(value.model);
    }
  });
});

/** Numbers from 0 to 1, the same for the same seed (Park and Miller). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function randomObject(random: () => number, depth: number): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (let i = Math.floor(random() * 5); i > 0; i--) object[randomString(random)] = randomValue(random, depth - 1);
  return object;
}

function randomValue(random: () => number, depth: number): unknown {
  const dice = random();
  if (depth > 0 && dice < 0.25) return randomObject(random, depth);
  if (depth > 0 && dice < 0.5) return [...Array(Math.floor(random() * 4))].map(() => randomValue(random, depth - 1));
  if (dice < 0.75) return randomString(random);
  return [null, true, false, 0, -1.5e-7, 12_345_678][Math.floor(random() * 6)];
}

function randomString(random: () => number): string {
  const parts = ['model', '"', '\\', '{', '}', '[', ']', ',', ':', 'ü', '😀', '\n', ' ', 'x'.repeat(65), 'a'];
  return [...Array(Math.floor(random() * 6))].map(() => parts[Math.floor(random() * parts.length)]).join('');
}
