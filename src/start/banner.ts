import path from 'node:path';

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
  /** Where mail is taken; null: nowhere. */
  readonly mail: { readonly address: string; readonly smtp: string } | null;
  /** Sign-in of the first operator; only on the start that made it. */
  readonly operator: { readonly email: string; readonly password: string } | null;
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
  if (facts.mail !== null) lines.push(`  mail      to ${facts.mail.address}, by SMTP on ${facts.mail.smtp}`);
  lines.push('', `Open ${facts.url} in a browser.`);
  if (facts.operator !== null) lines.push(...operatorLines(facts.operator));
  // The command line looks in ./data unless it is told.
  const lodge = facts.dataDir === path.resolve('data') ? 'npx lodge' : `LODGE_DATA_DIR=${facts.dataDir} npx lodge`;
  const calls = demoCalls.filter(({ group }) => facts.demoKeys[group] !== undefined);
  lines.push('', ...(calls.length > 0 ? pasteLines(facts, calls, lodge) : emptySiteLines(lodge)));
  lines.push('', 'Stop with Ctrl-C.', '');
  return lines.join('\n');
}

/** Said once: the password is known nowhere else, and has to be changed at the first sign-in. */
function operatorLines({ email, password }: { readonly email: string; readonly password: string }): string[] {
  return [
    'Sign in as the operator, and choose a password of your own; this one is not shown again:',
    '',
    `  e-mail    ${email}`,
    `  password  ${password}`,
  ];
}

function pasteLines(facts: BannerFacts, calls: readonly DemoCall[], lodge: string): string[] {
  const lines = ['Paste any of these into another terminal:'];
  for (const { title, group, call } of calls)
    lines.push('', `  # ${title}`, `  ${call(facts.url, facts.demoKeys[group] ?? '')}`);
  return [
    ...lines,
    '',
    'Each answer carries an X-Request-Id. See what is known of it, without any content:',
    '',
    `  ${lodge} requests show <X-Request-Id>`,
  ];
}

/** Without the sandbox there is nothing to call until the operator has said whom to buy from. */
function emptySiteLines(lodge: string): string[] {
  return [
    'To serve a vendor, make a group, say which models it has and where it leads, and make a key:',
    '',
    `  ${lodge} groups add openai-main --vendor openai`,
    `  ${lodge} groups models openai-main gpt-5.5 gpt-5.4-mini`,
    `  ${lodge} channels add openai-direct --group openai-main --base-url https://api.openai.com/v1 --credential-env OPENAI_API_KEY`,
    `  ${lodge} keys create --group openai-main --name first`,
    '',
    `${lodge} models list shows the models that have a price, ${lodge} requests list what has been called.`,
  ];
}
