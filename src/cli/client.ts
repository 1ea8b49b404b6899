import { z } from 'zod';
import { CliError, type ExitCode, exitCodes } from './exit.ts';
import { notRunning, type RunningSite } from './site.ts';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;
/** A body of the admin API as it came: members are read by name and shown, never computed with. */
export type Facts = Readonly<Record<string, unknown>>;

const problem = z.object({
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).default([]),
  request_id: z.string().nullable().default(null),
});

const page = z.object({
  data: z.array(z.record(z.string(), z.unknown())),
  next_cursor: z.string().nullable().default(null),
});

/** A backup or a price refresh may take a while; an answer that takes longer never comes. */
const callTimeoutMs = 120_000;
/** At 200 a page: two million items, then something is wrong. */
const pagesMax = 10_000;

/** The admin API of a running site. */
export class AdminClient {
  readonly #site: RunningSite;

  constructor(site: RunningSite) {
    this.#site = site;
  }

  /** @throws CliError with the exit code that fits the refusal */
  async call(method: string, path: string, options: { query?: Query; body?: unknown } = {}): Promise<unknown> {
    const url = new URL(this.#site.url + path);
    for (const [name, value] of Object.entries(options.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers: Record<string, string> = { authorization: `Bearer ${this.#site.adminToken}` };
    const init: RequestInit = { method, headers, signal: AbortSignal.timeout(callTimeoutMs) };
    if (options.body !== undefined) {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(options.body);
    }
    const { response, text } = await this.#send(url, init);
    if (response.ok) return text === '' ? null : parseJson(text);
    throw refusalOf(response, text);
  }

  async facts(method: string, path: string, options: { query?: Query; body?: unknown } = {}): Promise<Facts> {
    return (await this.call(method, path, options)) as Facts;
  }

  /** Items of a list over all its pages, `limit` at most. */
  async list(path: string, query: Query = {}, limit = Number.POSITIVE_INFINITY): Promise<Facts[]> {
    const items: Facts[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < pagesMax; pages++) {
      const size = Math.min(200, limit - items.length);
      const answer = page.parse(await this.call('GET', path, { query: { ...query, limit: size, cursor } }));
      items.push(...answer.data);
      if (answer.next_cursor === null || items.length >= limit) break;
      cursor = answer.next_cursor;
    }
    return items;
  }

  async #send(url: URL, init: RequestInit): Promise<{ response: Response; text: string }> {
    try {
      const response = await fetch(url, init);
      return { response, text: await response.text() };
    } catch (error) {
      if ((error as Error).name !== 'TimeoutError') throw notRunning(this.#site.dataDir);
      const message = `The site at ${this.#site.url} did not answer within ${callTimeoutMs / 1_000} s. Its log says more.`;
      throw new CliError(exitCodes.unreachable, 'site_timeout', message);
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refusalOf(response: Response, text: string): CliError {
  const parsed = problem.safeParse(parseJson(text));
  if (!parsed.success) {
    const message = `The site answered ${response.status} without saying why. Is another program listening on its address?`;
    return new CliError(exitCodes.failed, 'answer_unreadable', message, response.headers.get('x-request-id'));
  }
  const { code, detail, errors, request_id: requestId } = parsed.data;
  const lines = errors.map(
    (error) => `${error.field.replace(/^(body|query|params)\.?/, '') || 'input'}: ${error.message}`,
  );
  return new CliError(exitOf(response.status), code, lines.length > 0 ? lines.join('\n') : detail, requestId);
}

function exitOf(status: number): ExitCode {
  if (status === 404) return exitCodes.notFound;
  if (status === 400 || status === 422) return exitCodes.usage;
  return status < 500 ? exitCodes.refused : exitCodes.failed;
}

/** A path from segments, each of which may hold anything. */
export function adminPath(...segments: readonly string[]): string {
  return `/admin/v1/${segments.map(encodeURIComponent).join('/')}`;
}
