import { expect, test } from 'vitest';
import { deltaEvent, lastEvents } from '../traffic.ts';
import { EventCounter } from './event-counter.ts';

function count(pieces: readonly (string | Buffer)[]): EventCounter {
  const counter = new EventCounter();
  for (const piece of pieces) counter.push(Buffer.from(piece));
  return counter;
}

test('events in order, however they are split', () => {
  const bytes = Buffer.from(deltaEvent(0) + deltaEvent(1) + deltaEvent(2) + lastEvents.join(''));
  for (let at = 1; at < bytes.length; at++)
    expect(count([bytes.subarray(0, at), bytes.subarray(at)])).toMatchObject({ events: 3, disorder: 0, done: true });
});

test('a comment is no event', () => {
  expect(count([deltaEvent(0), ': keep-alive\n\n', deltaEvent(1)])).toMatchObject({
    events: 2,
    disorder: 0,
    done: false,
  });
});

test('lost, doubled and swapped events are found', () => {
  expect(count([deltaEvent(0), deltaEvent(2)]).disorder).toBe(1);
  expect(count([deltaEvent(0), deltaEvent(0)]).disorder).toBe(1);
  expect(count([deltaEvent(0), deltaEvent(2), deltaEvent(1)]).disorder).toBe(2);
  expect(count([deltaEvent(1), deltaEvent(0)]).disorder).toBe(2);
});
