import type { Endpoint, Family } from '../src/vendors/types.ts';

interface EndpointRow {
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly passThrough: boolean;
}

const families: readonly (readonly [Family, string])[] = [
  ['openai', 'OpenAI'],
  ['anthropic', 'Anthropic'],
  ['gemini', 'Gemini'],
];

/** `docs/endpoints.md`: what is served, by family. */
export function endpointPage(rows: readonly EndpointRow[]): string {
  const parts = families.map(([family, name]) =>
    [
      `## ${name}`,
      '',
      '| method and path | name in records | streams | metered | counts in |',
      '| --- | --- | --- | --- | --- |',
      ...rows.filter((row) => row.endpoint.family === family).map(line),
    ].join('\n'),
  );
  return `${[
    '<!-- Made from src/vendors/endpoint-table.ts by `npm run generate`. -->',
    '',
    '# Endpoints',
    '',
    'Paths below the API base URL. The same endpoints answer below `/openai`, `/anthropic` and `/gemini`; Gemini’s also under',
    '`/v1`, where three vendors share paths and the key decides. `GET /v1/models` and its kin are answered by the site and show',
    'what the key can use; everything else goes to the vendor. `*` stands after what is served only where the group allows',
    'pass-through. With pass-through, other paths of the vendor are relayed as well and metered by what they return; without it',
    'they are refused with `endpoint_not_enabled`.',
    '',
    'The site itself answers `GET /health` (public; with a key it tells whether the key works), `GET /v1/usage` (usage, limits and',
    'balance of the key), and `GET` on a base URL.',
    '',
    parts.join('\n\n'),
  ].join('\n')}\n`;
}

function line({ endpoint, path, passThrough }: EndpointRow): string {
  const streams = { never: '', asked: 'when asked', always: 'always' }[endpoint.streams];
  const metered = endpoint.metering === 'free' ? 'free' : 'usage';
  const window = endpoint.limitClass === 'counting' ? 'counting' : 'calls';
  return `| \`${endpoint.method} ${path}\`${passThrough ? ' *' : ''} | \`${endpoint.id}\` | ${streams} | ${metered} | ${window} |`;
}
