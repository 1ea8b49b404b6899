/** What a person sees when the site is up: where it is, and calls to paste. */
export interface BannerFacts {
  readonly siteName: string;
  readonly version: string;
  readonly url: string;
  readonly dataDir: string;
  readonly database: 'embedded' | 'server';
  readonly readyMs: number;
  readonly firstStart: boolean;
  readonly sandboxUrl: string | null;
  /** Secrets by group. */
  readonly demoKeys: Readonly<Record<string, string>>;
}

interface DemoCall {
  readonly title: string;
  readonly group: string;
  readonly call: (url: string, key: string) => string;
}

const demoCalls: readonly DemoCall[] = [
  {
    title: 'OpenAI',
    group: 'openai-standard',
    call: (url, key) =>
      `curl ${url}/v1/chat/completions -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" -d '{"model":"gpt-5.5","messages":[{"role":"user","content":"Say hello"}]}'`,
  },
  {
    title: 'Anthropic',
    group: 'anthropic-standard',
    call: (url, key) =>
      `curl ${url}/v1/messages -H "x-api-key: ${key}" -H "anthropic-version: 2023-06-01" -H "Content-Type: application/json" -d '{"model":"claude-sonnet-4-6","max_tokens":100,"messages":[{"role":"user","content":"Say hello"}]}'`,
  },
  {
    title: 'Gemini',
    group: 'gemini-standard',
    call: (url, key) =>
      `curl ${url}/v1beta/models/gemini-3.5-flash:generateContent -H "x-goog-api-key: ${key}" -H "Content-Type: application/json" -d '{"contents":[{"parts":[{"text":"Say hello"}]}]}'`,
  },
];

export function banner(facts: BannerFacts): string {
  const lines = [
    '',
    `${facts.siteName} ${facts.version} is ready on ${facts.url} (${(facts.readyMs / 1000).toFixed(1)} s)`,
    `  data      ${facts.dataDir}${facts.database === 'embedded' ? ', with its own Postgres' : ''}`,
  ];
  if (facts.sandboxUrl !== null)
    lines.push(`  sandbox   ${facts.sandboxUrl} plays the vendors: no call leaves this machine`);
  const calls = demoCalls.filter(({ group }) => facts.demoKeys[group] !== undefined);
  if (calls.length > 0) lines.push('', 'Paste any of these into another terminal:');
  for (const { title, group, call } of calls)
    lines.push('', `  # ${title}`, `  ${call(facts.url, facts.demoKeys[group] ?? '')}`);
  if (calls.length > 0)
    lines.push(
      '',
      'Each answer carries an X-Request-Id. See what is known of it, without any content:',
      '',
      '  npx lodge requests show <X-Request-Id>',
    );
  lines.push('', 'Stop with Ctrl-C.', '');
  return lines.join('\n');
}
