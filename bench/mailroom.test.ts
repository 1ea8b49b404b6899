import { expect, test } from 'vitest';
import { measureMailroom } from './mailroom.ts';

test('mail in numbers is answered, each once, by a site as it is started', { timeout: 180_000 }, async () => {
  const { states, takenPerSecond } = await measureMailroom(150, 4);
  expect(states).toMatchObject({ answered: 150, quarantined: 0, ignored: 0 });
  expect(takenPerSecond).toBeGreaterThan(0);
});
