import { expect, test } from 'vitest';
import { AppError } from '../base/errors.ts';
import { alwaysOpen, checkTargets, defaultPolicies, due, officeHours, priorities, targetsJson } from './index.ts';

test('each plan keeps what the support page says of it', () => {
  const { starter, pro, enterprise, vulnerability } = defaultPolicies;
  for (const priority of priorities) {
    expect(Object.values(starter.targets[priority])).toEqual([null, null, null]);
    expect(enterprise.targets[priority].firstResponseMs).toBeLessThanOrEqual(24 * 3_600_000);
    expect(vulnerability.targets[priority].firstResponseMs).toBe(8 * 3_600_000);
  }
  const saturdayMs = Date.parse('2026-11-21T12:00Z');
  const urgent = due(alwaysOpen, saturdayMs, enterprise.targets.urgent.firstResponseMs ?? 0);
  expect(urgent).toBeLessThan(due(officeHours('UTC'), saturdayMs, pro.targets.urgent.firstResponseMs ?? 0));
});

test('targets are read as they are written', () => {
  for (const { targets } of Object.values(defaultPolicies))
    expect(checkTargets(JSON.parse(JSON.stringify(targetsJson(targets))))).toEqual(targets);
});

test.each([
  [null, /^targets must be an object/],
  [{ low: null }, /^low must be an object/],
  [{ first_response_ms: 59_999 }, /^normal\.first_response_ms must/],
  [{ first_response_ms: 60_000.5 }, /^normal\.first_response_ms must/],
  [{ next_response_ms: '3600000' }, /^normal\.next_response_ms must/],
  [{ resolution_ms: undefined }, /^normal\.resolution_ms must/],
  [{ resolution_ms: 91 * 24 * 3_600_000 }, /^normal\.resolution_ms must/],
])('%j is refused by the name of the field', (change, message) => {
  const json = targetsJson(defaultPolicies.pro.targets);
  const input = change === null || 'low' in change ? change : { ...json, normal: { ...json.normal, ...change } };
  expect(() => checkTargets(input)).toThrow(expect.objectContaining({ code: 'targets_invalid' }));
  expect(() => checkTargets(input)).toThrow(message);
  expect(() => checkTargets(input)).toThrow(AppError);
});
