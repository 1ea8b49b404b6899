import { expect, test } from 'vitest';
import { fileName, type Progress, readFile } from './export-run.ts';
import { perMinute } from './per-minute.ts';

function streamed(pieces: readonly string[], fail = false): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      if (fail) controller.error(new Error('broken'));
      else controller.close();
    },
  });
  const headers = { 'x-total-rows': '3', 'content-disposition': 'attachment; filename="usage-hours.csv"' };
  return new Response(body, { headers });
}

test('a file is read in pieces, and its rows are counted without the titles', async () => {
  const seen: Progress[] = [];
  const response = streamed(['a,b\r', '\n1,2\r\n3,', '4\r\n5,6\r\n']);
  expect(fileName(response)).toBe('usage-hours.csv');
  const file = await readFile(response, (progress) => seen.push(progress));
  expect(await file.text()).toBe('a,b\r\n1,2\r\n3,4\r\n5,6\r\n');
  expect(seen.map(({ rows }) => rows)).toEqual([0, 1, 3]);
  expect(seen.at(-1)?.total).toBe(3);
});

test('a file that breaks off is none', async () => {
  await expect(readFile(streamed(['a,b\r\n'], true), () => undefined)).rejects.toThrow();
});

test('a step that goes on counts as long as it has lasted', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 12, minute)).toISOString();
  const steps = [0, 60, 120].map((minute) => ({ start: at(minute), end: at(minute + 60), date: null }));
  const zero = [0, 0, 0];
  const points = {
    requests: [120, 30, 0],
    failures: zero,
    input_tokens: [600, 300, 0],
    output_tokens: zero,
    cache_write_tokens: zero,
    cache_read_tokens: zero,
    cost_usd: ['0', '0', '0'],
    actual_cost_usd: ['0', '0', '0'],
    average_duration_ms: zero,
  };
  expect(perMinute({ steps, points }, Date.UTC(2026, 10, 21, 13, 30))).toEqual({
    requests: [2, 1, null],
    tokens: [10, 10, null],
  });
});
