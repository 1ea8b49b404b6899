import {
  type ConnectionErrorFact,
  type ErrorCodeFact,
  readConnectionErrors,
  readErrorCodes,
  readStatuses,
  type StatusFact,
} from './errors.ts';
import { type Language, languageOf } from './language.ts';
import { type ModelFact, type NameFact, readKeyPrefixes, readModels, readOrderIds } from './names.ts';
import { type BodyFact, type HeaderFact, readBodies, readHeaders } from './pasted.ts';
import { type MistypedIdFact, type RequestIdFact, type RequestIds, readRequestIds } from './request-ids.ts';
import { type ImpactFact, readChargeQuestion, readExpectation, readImpact, readIncidentQuestion } from './sentences.ts';
import { firstOfEach, fold, type Place, type Source } from './source.ts';
import { readSubject, type SubjectPrefix } from './subject.ts';
import { readTimes, type TimeFact } from './times.ts';
import { readTools, type ToolFact } from './tools.ts';
import { offsetZone, readZones, type Zone, type ZoneFact } from './zones.ts';

export interface ReportInput {
  readonly subject: string;
  /** Without secrets. */
  readonly text: string;
  /** Text of what was attached as text, likewise. */
  readonly attachmentsText?: readonly string[];
}

export interface ReportOptions {
  /** The fixed part of the site's keys: the setting `LODGE_KEY_SITE`. */
  readonly site: string;
  readonly receivedAtMs: number;
  /** Of the mail's `Date:`, in minutes: the clock on the writer's wall. Null or absent: unknown. */
  readonly sentOffsetMinutes?: number | null;
  /** Codes of the gateway's table of errors. */
  readonly errorCodes?: Iterable<string>;
  /** Names and aliases of models, as the catalogue spells them. */
  readonly models?: Iterable<string>;
}

/** What a mail says, as far as it is exact. Lists are in the order of subject, text and attachments, each fact once. */
export interface ReportFacts {
  readonly prefix: SubjectPrefix | null;
  /** The subject without prefixes. */
  readonly subject: string;
  readonly language: Language;
  /** At most 20, as their check characters prove. */
  readonly requestIds: readonly RequestIdFact[];
  readonly mistypedIds: readonly MistypedIdFact[];
  readonly times: readonly TimeFact[];
  readonly statuses: readonly StatusFact[];
  readonly errorCodes: readonly ErrorCodeFact[];
  /** Failures without an answer: `ECONNRESET`, 连接超时. */
  readonly connectionErrors: readonly ConnectionErrorFact[];
  readonly headers: readonly HeaderFact[];
  readonly bodies: readonly BodyFact[];
  readonly tools: readonly ToolFact[];
  readonly models: readonly ModelFact[];
  readonly orderIds: readonly NameFact[];
  readonly keyPrefixes: readonly NameFact[];
  readonly zones: readonly ZoneFact[];
  readonly impact: readonly ImpactFact[];
  /** Where it says what was expected, or came instead. */
  readonly expectation: Place | null;
  /** Where it asks whether something is the matter on our side. */
  readonly incidentQuestion: Place | null;
  /** Where it questions a charge or a payment. */
  readonly chargeQuestion: Place | null;
}

/** The desk's cap: a mail about more than these is about a day, not about calls. */
const mostRequestIds = 20;
const mostTimes = 20;
const mostOthers = 30;

/** Reads the facts out of what a customer wrote. Takes time in proportion to its length. */
export function readReport(input: ReportInput, options: ReportOptions): ReportFacts {
  const sources = sourcesOf(input);
  const { prefix, rest } = readSubject(input.subject);
  const language = languageOf(rest, input.text);
  const chinese = language === 'zh';
  const codes = new Set(options.errorCodes ?? []);
  const models = new Map([...(options.models ?? [])].map((model) => [model.toLowerCase(), model]));
  const ids: RequestIds = { ids: [], mistyped: [] };
  for (const source of sources) readRequestIds(source, options.receivedAtMs, ids, mostRequestIds);
  const zones = sources.flatMap((source) => readZones(source, chinese));
  const tools = withVersions(sources.flatMap(readTools));
  const sent = options.sentOffsetMinutes == null ? null : offsetZone(options.sentOffsetMinutes);
  const taken = tools.map(({ place }) => place);
  const context = { receivedAtMs: options.receivedAtMs, chinese, stated: statedZone(zones), sent, taken };
  return {
    prefix,
    subject: rest,
    language,
    requestIds: ids.ids,
    mistypedIds: ids.mistyped,
    times: each(sources, (source) => readTimes(source, context, mostTimes), timeKey).slice(0, mostTimes),
    statuses: each(sources, readStatuses, ({ status }) => String(status)),
    errorCodes: each(
      sources,
      (source) => readErrorCodes(source, codes),
      ({ code }) => code,
    ),
    connectionErrors: each(sources, readConnectionErrors, ({ text }) => text.toLowerCase()),
    headers: each(sources, readHeaders, ({ name, value }) => `${name} ${value}`),
    bodies: each(sources, readBodies, ({ place, ...body }) => JSON.stringify(body)),
    tools,
    models: each(
      sources,
      (source) => readModels(source, models),
      ({ model }) => model,
    ),
    orderIds: each(sources, readOrderIds, ({ value }) => value),
    keyPrefixes: each(
      sources,
      (source) => readKeyPrefixes(source, options.site),
      ({ value }) => value,
    ),
    zones: firstOfEach(zones, ({ name }) => name, mostOthers),
    impact: each(sources.filter(isWritten), readImpact, ({ kind }) => kind),
    expectation: firstPlace(sources, readExpectation),
    incidentQuestion: firstPlace(sources, readIncidentQuestion),
    chargeQuestion: firstPlace(sources, readChargeQuestion),
  };
}

function sourcesOf({ subject, text, attachmentsText = [] }: ReportInput): readonly Source[] {
  return [
    { part: 'subject', attachment: null, text: fold(subject) },
    { part: 'text', attachment: null, text: fold(text) },
    ...attachmentsText.map((attached, attachment) => ({
      part: 'attachment' as const,
      attachment,
      text: fold(attached),
    })),
  ];
}

/** Sentences are looked for in what a person wrote, not in logs. */
function isWritten({ part }: Source): boolean {
  return part !== 'attachment';
}

function each<T>(sources: readonly Source[], read: (source: Source) => T[], keyOf: (fact: T) => string): T[] {
  return firstOfEach(sources.flatMap(read), keyOf, mostOthers);
}

function firstPlace(sources: readonly Source[], read: (source: Source) => Place | null): Place | null {
  for (const source of sources.filter(isWritten)) {
    const place = read(source);
    if (place !== null) return place;
  }
  return null;
}

function timeKey({ atMs, precision }: TimeFact): string {
  return `${atMs} ${precision}`;
}

/** A version that is named in one part is the program's in all. */
function withVersions(tools: readonly ToolFact[]): ToolFact[] {
  const named = tools.filter(({ version }) => version !== null);
  return firstOfEach([...named, ...tools], ({ tool }) => tool, 15);
}

/** The one zone that stands for all times. */
function statedZone(zones: readonly ZoneFact[]): Zone | null {
  const own = firstOfEach(
    zones.filter(({ attached }) => !attached),
    ({ name }) => name,
    2,
  );
  return own.length === 1 ? (own[0] ?? null) : null;
}
