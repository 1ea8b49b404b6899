import { formatUsd } from '../base/money.ts';
import type { Facts } from './client.ts';
import { type Output, printable } from './output.ts';
import { memberText, when } from './words.ts';

const tokenWords: readonly (readonly [member: string, words: string])[] = [
  ['input', 'input'],
  ['cache_read', 'read from cache'],
  ['cache_write_5m', 'written to cache (5 min)'],
  ['cache_write_1h', 'written to cache (1 h)'],
  ['audio_input', 'audio input'],
  ['image_input', 'image input'],
  ['output', 'output'],
  ['reasoning', 'of it reasoning'],
  ['audio_output', 'audio output'],
  ['image_output', 'image output'],
  ['images', 'images'],
];

/** A request as a page for a person: what was asked, what happened, what it cost. */
export function showRequest(output: Output, facts: Facts): void {
  const heading = (text: string) => {
    output.line();
    output.line(output.style('bold', text));
  };
  output.line(output.style('bold', memberText(facts, 'id')));
  output.line(summary(output, facts));
  output.line();
  for (const sentence of (facts['explanation'] ?? []) as readonly string[]) output.line(printable(sentence));
  heading('Asked');
  output.facts(askedLines(facts));
  heading('Happened');
  output.facts(happenedLines(facts));
  const attempts = (facts['attempts'] ?? []) as readonly Facts[];
  if (attempts.length > 0) {
    heading('Tries at the vendor');
    output.table(attemptColumns, attempts.map(attemptRow));
  }
  heading('Charged');
  output.facts(chargeLines(facts));
}

function summary(output: Output, facts: Facts): string {
  const code = memberText(facts, 'error_code');
  const status = `status ${memberText(facts, 'status', 'none')}`;
  const text = [memberText(facts, 'outcome').replaceAll('_', ' '), status, code]
    .filter((each) => each !== '')
    .join(', ');
  return output.style(memberText(facts, 'outcome') === 'completed' ? 'green' : 'yellow', printable(text));
}

function askedLines(facts: Facts): [string, string][] {
  const asked = memberText(facts, 'model_asked', 'none');
  const routed = memberText(facts, 'model_routed', asked);
  const served = memberText(facts, 'model_served', routed);
  const tool = [memberText(facts, 'client_tool', 'unknown'), memberText(facts, 'client_version')].join(' ').trim();
  return [
    ['received', when(facts['received_at'])],
    ['key', memberText(facts, 'key_prefix', 'none that was readable')],
    ['group', `${memberText(facts, 'group_id', 'none')} (${memberText(facts, 'vendor', 'no vendor')})`],
    ['endpoint', `${memberText(facts, 'method')} ${memberText(facts, 'endpoint')}, ${memberText(facts, 'mode')}`],
    ['model', [...new Set([asked, routed, served])].join(' → ')],
    ['tool', tool],
    ['size', `${memberText(facts, 'bytes_in')} bytes in, ${memberText(facts, 'bytes_out')} bytes out`],
  ];
}

function happenedLines(facts: Facts): [string, string][] {
  const limit = facts['limit'] as Facts | null | undefined;
  const lines: [string, string][] = [
    [
      'status',
      `${memberText(facts, 'status', 'none')}, from the vendor ${memberText(facts, 'upstream_status', 'none')}`,
    ],
    ['times', times(facts)],
    ['where', `region ${memberText(facts, 'region')}, node ${memberText(facts, 'node')}`],
    ['channel', memberText(facts, 'channel_id', 'none')],
    ["vendor's id of the answer", memberText(facts, 'vendor_response_id', 'none')],
  ];
  if (limit) {
    const reset = limit['reset_at'] === null ? '' : `, reset ${when(limit['reset_at'])}`;
    const used = `${limitAmount(limit, 'used')} of ${limitAmount(limit, 'limit')} used${reset}`;
    lines.push(['closest limit', `${memberText(limit, 'kind')}: ${used}`]);
  }
  if (facts['incident']) lines.push(['incident', memberText(facts, 'incident')]);
  return lines;
}

/** Spending is counted in nano-USD, everything else in itself. */
function limitAmount(limit: Facts, name: string): string {
  const value = limit[name];
  const isMoney = memberText(limit, 'kind').startsWith('spend_') && Number.isSafeInteger(value);
  return isMoney ? `${formatUsd(BigInt(value as number))} USD` : memberText(limit, name);
}

function times(facts: Facts): string {
  const steps = [
    ['admitted', 'admitted_ms'],
    ['head', 'head_ms'],
    ['first token', 'first_token_ms'],
    ['end', 'duration_ms'],
  ] as const;
  const known = steps.filter(([, member]) => facts[member] !== null && facts[member] !== undefined);
  return known.map(([words, member]) => `${words} ${memberText(facts, member)} ms`).join(', ') || 'none';
}

function chargeLines(facts: Facts): [string, string][] {
  const charge = (facts['charge'] ?? {}) as Facts;
  const lines: [string, string][] = [];
  const tokens = facts['tokens'] as Facts | null | undefined;
  if (tokens) {
    const used = tokenWords.filter(([member]) => Number(tokens[member] ?? 0) > 0);
    const text = used.map(([member, words]) => `${memberText(tokens, member)} ${words}`).join(', ');
    lines.push(['tokens', `${text || 'none'} (source: ${memberText(facts, 'usage_source')})`]);
  }
  for (const line of (charge['lines'] ?? []) as readonly Facts[]) {
    const rated =
      memberText(line, 'rated_as') === memberText(line, 'class') ? '' : `, rated as ${memberText(line, 'rated_as')}`;
    const sum = `${memberText(line, 'quantity')} × ${memberText(line, 'rate_usd')} USD = ${memberText(line, 'amount_usd')} USD${rated}`;
    lines.push([memberText(line, 'class'), sum]);
  }
  const multiplier = memberText(charge, 'multiplier', '1');
  const cost = memberText(charge, 'cost_usd', '0');
  lines.push(['price', memberText(charge, 'price_id', 'none')]);
  lines.push([
    'charged',
    `${cost} USD at list price × ${multiplier} = ${memberText(charge, 'actual_cost_usd', '0')} USD`,
  ]);
  const unruled = facts['outcome'] === 'open' ? 'not decided yet' : 'nothing was to be charged';
  lines.push(['why', memberText(charge, 'rule_words', unruled)]);
  return lines;
}

const attemptColumns = [
  { title: 'TRY', align: 'right' },
  { title: 'CHANNEL', flexible: true },
  { title: 'STATUS', align: 'right' },
  { title: 'HEAD MS', align: 'right' },
  { title: 'END MS', align: 'right' },
  { title: "VENDOR'S REQUEST ID", flexible: true },
  { title: 'FAILURE', flexible: true },
] as const;

function attemptRow(attempt: Facts): string[] {
  return [
    memberText(attempt, 'number'),
    memberText(attempt, 'channel_id'),
    memberText(attempt, 'status', '-'),
    memberText(attempt, 'head_ms', '-'),
    memberText(attempt, 'ended_ms', '-'),
    memberText(attempt, 'vendor_request_id', '-'),
    memberText(attempt, 'failure', 'none'),
  ];
}
