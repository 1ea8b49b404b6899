import type { RequestRecord } from './record.ts';

/** What no request has before it has gone anywhere. The close record repeats every fact, so these need not be written. */
const notYet = {
  channelId: null,
  modelServed: null,
  bytesOut: 0,
  headMs: null,
  firstTokenMs: null,
  durationMs: null,
  usage: null,
  usageSource: 'none',
  cost: '0',
  actualCost: '0',
  chargeRule: null,
  status: null,
  upstreamStatus: null,
  errorCode: null,
  fault: null,
  retries: 0,
  outcome: 'open',
  vendorResponseId: null,
  attempts: [],
} as const satisfies Partial<RequestRecord>;

/** The facts of a request that has just been opened. */
export type OpenFacts = Omit<RequestRecord, keyof typeof notYet>;

/** Half of a record's text, and this is written for every call before it goes up. */
export function openFacts(record: RequestRecord): OpenFacts {
  return {
    id: record.id,
    receivedAtMs: record.receivedAtMs,
    organizationId: record.organizationId,
    projectId: record.projectId,
    keyId: record.keyId,
    keyPrefix: record.keyPrefix,
    region: record.region,
    node: record.node,
    vendor: record.vendor,
    groupId: record.groupId,
    endpoint: record.endpoint,
    wire: record.wire,
    family: record.family,
    method: record.method,
    modelAsked: record.modelAsked,
    modelRouted: record.modelRouted,
    mode: record.mode,
    clientTool: record.clientTool,
    clientVersion: record.clientVersion,
    bytesIn: record.bytesIn,
    admittedMs: record.admittedMs,
    priceId: record.priceId,
    multiplier: record.multiplier,
    estimate: record.estimate,
    limit: record.limit,
  };
}

/** A whole record again, as of the moment of opening. */
export function openedRecord(facts: OpenFacts): RequestRecord {
  return { ...notYet, ...facts };
}
