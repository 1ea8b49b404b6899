import { expect, test } from 'vitest';
import { zonesByRegion } from './time-zones.ts';

test('zones stand by region, with UTC once', () => {
  const names = ['Asia/Shanghai', 'America/Argentina/Buenos_Aires', 'America/New_York', 'UTC'];
  expect(zonesByRegion(names)).toEqual([
    [
      'America',
      [
        { id: 'America/Argentina/Buenos_Aires', label: 'Argentina/Buenos Aires' },
        { id: 'America/New_York', label: 'New York' },
      ],
    ],
    ['Asia', [{ id: 'Asia/Shanghai', label: 'Shanghai' }]],
    ['UTC', [{ id: 'UTC', label: 'UTC' }]],
  ]);
});

test('what the browser knows has every zone of the API in it', () => {
  const zones = zonesByRegion(Intl.supportedValuesOf('timeZone')).flatMap(([, list]) => list.map(({ id }) => id));
  expect(zones).toContain('Europe/Berlin');
  expect(new Set(zones).size).toBe(zones.length);
});
