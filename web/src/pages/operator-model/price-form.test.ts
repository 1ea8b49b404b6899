import { expect, test } from 'vitest';
import { priceProblems, ratesIn } from './price-form.ts';

const form = (fields: Readonly<Record<string, string>>) => (name: string) => fields[name] ?? '';

test('the rates that were filled in', () => {
  const text = form({ 'rates.input': '2.50', 'rates.output': '10', 'tiers.0.rates.input': '5' });
  expect(ratesIn(text, 'rates')).toEqual({ input: '2.50', output: '10' });
  expect(ratesIn(text, 'tiers.0.rates')).toEqual({ input: '5' });
});

test('a form that is right', () => {
  expect(priceProblems(form({ 'rates.input': '0.000000001' }), [])).toEqual({});
  expect(priceProblems(form({ 'rates.input': '1', 'tiers.3.over_input_tokens': '200000' }), [3])).toEqual({});
});

test.each([
  [{}, [], { 'rates.input': 'rateMissing' }],
  [{ 'rates.input': '1,5' }, [], { 'rates.input': 'rateWrong' }],
  [{ 'rates.output': '-1' }, [], { 'rates.output': 'rateWrong' }],
  [{ 'rates.input': '1.0000000001' }, [], { 'rates.input': 'rateWrong' }],
  [{ 'rates.input': '1', 'tiers.0.over_input_tokens': '0' }, [0], { 'tiers.0.over_input_tokens': 'tierWrong' }],
  [
    { 'rates.input': '1', 'tiers.0.over_input_tokens': '5', 'tiers.0.rates.output': 'x' },
    [0],
    { 'tiers.0.rates.output': 'rateWrong' },
  ],
] as const)('a form that is wrong: %o', (fields, tiers, problems) => {
  expect(priceProblems(form(fields), tiers)).toEqual(problems);
});
