import { expect, test } from 'vitest';
import { sentencesOf } from './sentences.ts';

const explanation = ['Who asked for what.', 'What happened.', 'How long it took.', 'The last one.'];

test('a call that was answered needs no sentence that says so', () => {
  const view = { explanation, outcome: 'completed', error_code: null, fault: null };
  expect(sentencesOf(view)).toEqual({
    headline: null,
    others: ['Who asked for what.', 'How long it took.', 'The last one.'],
  });
});

test('why a call failed is the headline, and who has to act is said elsewhere', () => {
  const view = { explanation, outcome: 'refused', error_code: 'key_disabled', fault: 'you' } as const;
  expect(sentencesOf(view)).toEqual({
    headline: 'What happened.',
    others: ['Who asked for what.', 'How long it took.'],
  });
});

test('where nobody has to act nothing is left out', () => {
  const view = { explanation, outcome: 'client_left_early', error_code: null, fault: null };
  expect(sentencesOf(view)).toMatchObject({ headline: 'What happened.', others: { length: 3 } });
});
