import { describe, expect, test } from 'vitest';
import { FaultMemory, type Faults, markersIn, noFaults, parseFaults } from './faults.ts';

function faults(list: string): Faults {
  const parsed = parseFaults(list);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed;
}

describe('faults', () => {
  test('are combined from one list', () => {
    expect(faults('status=503, retry-after=2;crlf,tag=mine')).toEqual({
      ...noFaults,
      text: 'status=503,retry-after=2,crlf,tag=mine',
      status: 503,
      retryAfterSeconds: 2,
      crlf: true,
    });
    expect(faults('html-error').status).toBe(502);
    expect(faults('huge-header').hugeHeaderBytes).toBe(65_536);
    expect(faults('')).toBe(noFaults);
  });

  test.each(['constructor=1', 'tag=what was said'])('%s is refused', (list) =>
    expect(parseFaults(list)).toEqual({ problem: expect.any(String) }),
  );

  test('a switch keeps nothing of what stands behind it', () => {
    expect(faults('crlf=what was said').text).toBe('crlf');
  });

  test.each(['status=200', 'status=abc', 'tokens=-1', 'split=0', 'delay-ms=9999999', 'tokens', 'tokens=1e9'])(
    '%s is refused with the range',
    (list) => expect(parseFaults(list)).toEqual({ problem: expect.stringMatching(/whole number from \d+ to \d+/) }),
  );

  test('an unknown name is refused', () => {
    expect(parseFaults('stauts=503')).toEqual({ problem: expect.stringContaining('unknown fault "stauts"') });
  });

  test('markers are found anywhere in a body', () => {
    expect(markersIn(Buffer.from('{"a":"x [sandbox:status=503] y","b":["[sandbox:crlf]"]}'))).toBe('status=503,crlf');
    expect(markersIn(Buffer.from('[sandbox:never closed'))).toBe('');
    expect(markersIn(Buffer.from(`[sandbox:${'x'.repeat(500)}]`))).toBe('');
    expect(markersIn(Buffer.from('[sandbox:crlf]'.repeat(100))).split(',')).toHaveLength(8);
  });

  test('times=n holds for the first n calls with that list', () => {
    const memory = new FaultMemory();
    const list = faults('status=503,times=2');
    expect([1, 2, 3].map(() => memory.apply(list).status)).toEqual([503, 503, null]);
    expect(memory.apply(faults('status=503,times=2,tag=other')).status).toBe(503);
  });
});
