export const impacts = ['none', 'blocked', 'everyone', 'production'] as const;
export type Impact = (typeof impacts)[number];

/** What the form adds to what somebody has written. The desk reads it out again, as it does from a mail. */
export interface TicketFacts {
  readonly requests: readonly string[];
  readonly key: string;
  readonly model: string;
  readonly tool: string;
  readonly version: string;
  readonly impact: Impact;
  readonly order: string;
}

export interface FactWords {
  readonly labels: Readonly<Record<'request' | 'key' | 'model' | 'tool' | 'impact' | 'order', string>>;
  readonly impactOf: (impact: Exclude<Impact, 'none'>) => string;
}

/** One line for each fact, in the order in which the desk looks. Pure. */
export function factLines(facts: TicketFacts, { labels, impactOf }: FactWords): readonly string[] {
  const { requests, key, model, tool, version, impact, order } = facts;
  const line = (name: keyof FactWords['labels'], value: string) =>
    value.trim() === '' ? [] : [`${labels[name]}: ${value.trim()}`];
  return [
    ...requests.flatMap((id) => line('request', id)),
    ...line('key', key),
    ...line('model', model),
    ...line('tool', `${tool} ${tool === '' ? '' : version}`),
    ...line('order', order),
    ...(impact === 'none' ? [] : line('impact', impactOf(impact))),
  ];
}

/** The message as it is sent: what was written, then the facts. Pure. */
export function composeText(text: string, lines: readonly string[]): string {
  return [text.trim(), lines.join('\n')].filter((part) => part !== '').join('\n\n');
}

/**
 * The subject as it is sent. Where a contract counts production trouble as urgent, it is the subject that has to say so.
 * Pure.
 */
export function composeSubject(subject: string, impact: Impact, sentence: string): string {
  const bare = subject.trim();
  const words = sentence.replace(/[.。]$/, '');
  return impact === 'production' && !bare.includes(words) ? `${bare} (${words})` : bare;
}
