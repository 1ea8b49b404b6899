import { expect, test } from 'vitest';
import { composeSubject, composeText, factLines, type TicketFacts } from './compose.ts';

const words = {
  labels: { request: 'Request', key: 'Key', model: 'Model', tool: 'Tool', impact: 'Impact', order: 'Order' },
  impactOf: (impact: string) => `is ${impact}`,
};
const nothing: TicketFacts = { requests: [], key: '', model: '', tool: '', version: '', impact: 'none', order: '' };

test('facts that nobody gave leave no line', () => {
  expect(factLines(nothing, words)).toEqual([]);
  expect(factLines({ ...nothing, version: '1.2' }, words)).toEqual([]);
  expect(composeText(' It fails. ', [])).toBe('It fails.');
});

test('facts stand below the text, a line for each', () => {
  const facts: TicketFacts = {
    requests: ['req_A', 'req_B'],
    key: 'sk-lodge-Ab3dEf9h…',
    model: 'gpt-5.5',
    tool: 'Codex',
    version: '0.169.0',
    impact: 'blocked',
    order: 'INV-7',
  };
  expect(composeText('It fails.', factLines(facts, words))).toBe(
    [
      'It fails.',
      '',
      'Request: req_A',
      'Request: req_B',
      'Key: sk-lodge-Ab3dEf9h…',
      'Model: gpt-5.5',
      'Tool: Codex 0.169.0',
      'Order: INV-7',
      'Impact: is blocked',
    ].join('\n'),
  );
});

test('production trouble stands in the subject, once', () => {
  expect(composeSubject('Down', 'production', 'production is affected.')).toBe('Down (production is affected)');
  expect(composeSubject('Down (production is affected)', 'production', 'production is affected')).toBe(
    'Down (production is affected)',
  );
  expect(composeSubject(' Slow ', 'everyone', 'x')).toBe('Slow');
});
