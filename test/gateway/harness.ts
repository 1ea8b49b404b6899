import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { newKey } from '../../src/base/key-format.ts';
import { createLog, silentLog } from '../../src/base/log.ts';
import { LocalCounters } from '../../src/cluster/index.ts';
import { createGateway, type Gateway, type GatewayPorts } from '../../src/gateway/index.ts';
import type { Catalogue, Channel, GatewaySettings, Group, Key, KeyLookup } from '../../src/gateway/ports.ts';
import { testChannel, testGroup, testKey, testModel } from '../../src/gateway/testing.ts';
import { decodeLine, type JournalEntry, JournalWriter, type RequestRecord } from '../../src/journal/index.ts';
import type { Family } from '../../src/vendors/index.ts';

/** A gateway without a database: real server, real journal, real counters, catalogue and keys as plain data. */
export interface TestGateway {
  readonly url: string;
  readonly gateway: Gateway;
  readonly directory: string;
  /** One secret per family, and any that `addKey` made. */
  readonly keys: Readonly<Record<Family, string>>;
  addKey(family: Family, change?: Partial<Key>): string;
  setGroup(family: Family, change: Partial<Group>): void;
  /** What the directory answers for any key; null: the truth. */
  lookup: KeyLookup | null;
  entries(): JournalEntry[];
  /** The close record of a request, awaited. */
  record(requestId: string | null): Promise<RequestRecord>;
  /** Awaits the record of any request that was refused with a code. */
  refused(code: string): Promise<RequestRecord>;
  /** Awaits the record of any request that ended in a way. */
  ended(outcome: RequestRecord['outcome']): Promise<RequestRecord>;
  close(): Promise<void>;
}

export const families: readonly Family[] = ['openai', 'anthropic', 'gemini'];

export const testModels: Readonly<Record<Family, string>> = {
  openai: 'gpt-5.5',
  anthropic: 'claude-sonnet-4-6',
  gemini: 'gemini-3.5-flash',
};

const basePaths: Readonly<Record<Family, string>> = { openai: '/v1', anthropic: '', gemini: '' };

export interface HarnessOptions {
  /** `http://host:port` of the upstream; path prefixes by family when it is the sandbox. */
  readonly upstream: string;
  readonly sandboxPaths?: boolean;
  readonly settings?: Partial<GatewaySettings>;
  readonly segmentBytes?: number;
  readonly ports?: Partial<GatewayPorts>;
}

export async function startGateway(options: HarnessOptions): Promise<TestGateway> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lodge-gateway-'));
  const journal = new JournalWriter({
    directory,
    sync: 'timer',
    ...(options.segmentBytes !== undefined && { segmentBytes: options.segmentBytes }),
  });
  const groups = new Map(families.map((family) => [family, makeGroup(family, options)]));
  let version = 1;
  let catalogue: Catalogue = asCatalogue(groups, version);
  const keys = new Map<string, Key>();
  const addKey = (family: Family, change: Partial<Key> = {}): string => {
    const { secret, prefix } = newKey('lodge');
    keys.set(
      secret,
      testKey({ id: `key-${keys.size + 1}`, prefix, groupId: `${family}-standard`, ...roomy, ...change }),
    );
    return secret;
  };
  const settings: GatewaySettings = {
    siteName: 'Lodge',
    region: 'local',
    node: 'node-1',
    version: '0.0.0',
    keySite: 'lodge',
    docsBaseUrl: 'http://docs.test',
    supportAddress: 'support@lodge.localhost',
    maxJsonBodyBytes: 32 * 1024 * 1024,
    maxOpaqueBodyBytes: 64 * 1024 * 1024,
    timersMs: { connect: 1_000, head: 10_000, firstToken: 10_000, idle: 10_000, total: 60_000 },
    clientTimersMs: { head: 20_000, request: 60_000 },
    maxRunning: 1_000,
    keepAliveMs: 0,
    ...options.settings,
  };
  const log = process.env['LODGE_TEST_LOG'] ? createLog('debug') : silentLog;
  const test: { lookup: KeyLookup | null } = { lookup: null };
  const gateway = createGateway({
    clock: systemClock,
    log,
    settings,
    catalogue: () => catalogue,
    keys: { find: (secret) => test.lookup ?? keys.get(secret) ?? 'unknown' },
    counters: new LocalCounters(),
    wallet: null,
    usage: {
      report: () => Promise.reject(new Error('no database here')),
    },
    pages: { baseUrl: ({ requestId }) => ({ html: `<!doctype html><title>${requestId}</title>`, headers: {} }) },
    journal,
    addressAllowed: () => true,
    elsewhere: () => null,
    ...options.ports,
  });
  const port = await listening(gateway.server);
  const entries = (): JournalEntry[] => readEntries(directory);
  return {
    url: `http://127.0.0.1:${port}`,
    gateway,
    directory,
    keys: { openai: addKey('openai'), anthropic: addKey('anthropic'), gemini: addKey('gemini') },
    addKey,
    setGroup(family, change) {
      const group = groups.get(family) as Group;
      groups.set(family, { ...group, ...change });
      catalogue = asCatalogue(groups, ++version);
    },
    get lookup() {
      return test.lookup;
    },
    set lookup(value) {
      test.lookup = value;
    },
    entries,
    record: (requestId) => closeRecord(entries, `request ${requestId}`, ({ id }) => id === requestId),
    refused: (code) => closeRecord(entries, code, ({ errorCode }) => errorCode === code),
    ended: (outcome) => closeRecord(entries, outcome, (record) => record.outcome === outcome),
    async close() {
      await gateway.drain(100);
      journal.close();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

const roomy = {
  limits: { requestsPerMinute: 100_000, countsPerMinute: 100_000, tokensPerMinute: null, concurrency: null, spend: {} },
};

function asCatalogue(groups: ReadonlyMap<Family, Group>, version: number): Catalogue {
  return { version, groups: new Map([...groups.values()].map((group) => [group.id, group])) };
}

function makeGroup(family: Family, options: HarnessOptions): Group {
  const names = { openai: 'OpenAI', anthropic: 'Anthropic', gemini: 'Gemini' };
  const model = testModel(testModels[family]);
  const extra = family === 'openai' ? ['gpt-4o-transcribe', 'gpt-image-2', 'text-embedding-3-small'] : [];
  return testGroup({
    id: `${family}-standard`,
    displayName: `${names[family]} Standard`,
    vendor: { id: family, displayName: names[family], family },
    models: new Map([model, ...extra.map((id) => testModel(id))].map((each) => [each.id, each])),
    aliases: new Map([['familiar', model.id]]),
    channels: [channelTo(options.upstream, family, options.sandboxPaths ? `/${family}` : '')],
  });
}

export function channelTo(origin: string, family: Family, prefix = '', id = `${family}-channel`): Channel {
  return testChannel(id, {
    origin,
    basePath: prefix + basePaths[family],
    wire: family,
    credential: `upstream-${family}`,
  });
}

async function listening(server: http.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function readEntries(directory: string): JournalEntry[] {
  const names = fs.readdirSync(directory).filter((name) => fs.statSync(path.join(directory, name)).isFile());
  return names.sort().flatMap((name) => {
    const lines = fs.readFileSync(path.join(directory, name)).toString('latin1').split('\n').slice(0, -1);
    return lines.map((line) => decodeLine(Buffer.from(line, 'latin1'))).filter((entry) => entry !== null);
  });
}

async function closeRecord(
  entries: () => JournalEntry[],
  what: string,
  wanted: (record: RequestRecord) => boolean,
): Promise<RequestRecord> {
  for (const endMs = Date.now() + 5_000; Date.now() < endMs; ) {
    for (const entry of entries()) if (entry.kind === 'close' && wanted(entry.record)) return entry.record;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`no close record: ${what}`);
}

/** What an upstream saw of a call. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  readonly closed: Promise<void>;
}

/** An upstream whose every byte the test decides. */
export interface ScriptedUpstream {
  readonly origin: string;
  readonly seen: Seen[];
  answer: (request: Seen, response: http.ServerResponse) => void | Promise<void>;
  close(): Promise<void>;
}

export async function startUpstream(): Promise<ScriptedUpstream> {
  const seen: Seen[] = [];
  const upstream = {
    answer: (_: Seen, response: http.ServerResponse): void | Promise<void> => void response.end('{}'),
  };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    const closed = new Promise<void>((resolve) => response.on('close', resolve));
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call: Seen = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks),
        closed,
      };
      seen.push(call);
      void upstream.answer(call, response);
    });
  });
  const port = await listening(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    seen,
    get answer() {
      return upstream.answer;
    },
    set answer(answer) {
      upstream.answer = answer;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers JSON as a vendor would. */
export function json(
  response: http.ServerResponse,
  body: string,
  status = 200,
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'vendor-1', ...headers });
  response.end(body);
}
