interface ErrorEntry {
  readonly status: number;
  readonly actor: 'you' | 'us' | 'vendor';
  readonly retry: boolean;
  readonly meaning: string;
  readonly action: string;
  readonly message: string;
}

const actors = { you: 'you', us: 'the site', vendor: 'the vendor' } as const;

/** A code of the admin API. */
export interface AdminProblem {
  readonly code: string;
  readonly status: number;
  /** `GET /admin/v1/keys`; empty: any endpoint. */
  readonly endpoints: readonly string[];
}

/** `docs/errors.md`: an overview, then a section per code, whose heading is where error answers lead. */
export function errorPage(table: Readonly<Record<string, ErrorEntry>>, admin: readonly AdminProblem[]): string {
  const entries = Object.entries(table);
  const rows = entries.map(
    ([code, entry]) =>
      `| [\`${code}\`](#${code}) | ${entry.status} | ${actors[entry.actor]} | ${entry.retry ? 'yes' : 'no'} |`,
  );
  const sections = entries.map(
    ([code, entry]) =>
      `### ${code}\n\nStatus ${entry.status}. ${entry.meaning}\n\n* Says: ${asCode(entry.message)}\n* Who has to act: ${actors[entry.actor]}. ${entry.action}\n* ${entry.retry ? 'The same call can succeed later.' : 'Trying again changes nothing.'}`,
  );
  return `${[
    '<!-- Made from src/gateway/errors.ts by `npm run generate`. -->',
    '',
    '# Errors',
    '',
    'Every error of the gateway has a stable code. It arrives in the shape that the caller’s SDK expects (OpenAI, Anthropic or',
    'Gemini), with the code, who has to act, what to do, and the request id, which stands in the message text too and in the',
    'header `X-Request-Id`. **No error in this table is charged.** Codes are never renamed; decide on the code and the',
    'status, never on the message.',
    '',
    'An error that cannot succeed on a second try carries `x-should-retry: false`. Rate limits carry `Retry-After` in whole',
    'seconds; exhausted money carries none. A vendor’s own answer to a wrong call (a 400, say) comes through as the vendor',
    'wrote it and is not in this table.',
    '',
    '| code | status | who has to act | worth trying again |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    sections.join('\n\n'),
    '',
    '## Admin API',
    '',
    'The admin API answers with problem details (RFC 9457): `detail` says what is wrong and what to do, `errors` names the wrong',
    'fields. A code that stands above as well means the same here.',
    '',
    admin
      .filter(({ code }) => table[code] === undefined)
      .map(adminSection)
      .join('\n\n'),
  ].join('\n')}\n`;
}

function adminSection({ code, status, endpoints }: AdminProblem): string {
  const from = endpoints.length === 0 ? 'Any endpoint.' : `${endpoints.map(asCode).join(', ')}.`;
  return `### ${code}\n\nStatus ${status}. ${from}`;
}

/** As code, because `{names}` and angle brackets would otherwise be read as markup. */
function asCode(text: string): string {
  return `\`${text}\``;
}
