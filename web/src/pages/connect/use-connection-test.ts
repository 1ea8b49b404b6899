import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import type { RequestDetail } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { useCan, useOrganization } from '../../session.tsx';
import {
  modelsCall,
  type Refusal,
  readModels,
  readRefusal,
  smallCall,
  type TestCall,
  type TestedVendor,
} from './test-call.ts';

export interface TestSubject {
  readonly vendor: TestedVendor;
  readonly secret: string;
  readonly model: string;
}

export type StepState = 'waiting' | 'running' | 'passed' | 'failed' | 'skipped';

/** What became of one call. */
export interface CallResult {
  readonly state: StepState;
  readonly ms: number | null;
  /** Null where nothing answered. */
  readonly status: number | null;
  readonly requestId: string | null;
  /** Why it failed, in the words of whoever answered; null also where nobody did. */
  readonly refusal: Refusal | null;
}

export interface ConnectionTest {
  readonly models: CallResult & { readonly count: number | null; readonly listed: boolean };
  readonly call: CallResult;
  /** What the books say of the call that counts, as soon as they do. */
  readonly booked: { readonly state: StepState; readonly request: RequestDetail | null };
}

const waiting: CallResult = { state: 'waiting', ms: null, status: null, requestId: null, refusal: null };
const untried: ConnectionTest = {
  models: { ...waiting, count: null, listed: false },
  call: waiting,
  booked: { state: 'waiting', request: null },
};

/** The vendor may think for a while; whoever waits sees the seconds. */
const callTimeoutMs = 90_000;
/** Records follow their calls within a second or so. */
const lookEveryMs = 700;
const mostLooks = 12;

/** A real call through the gateway, step by step: what the key may use, a tiny question, what was booked for it. */
export function useConnectionTest() {
  const [test, setTest] = useState<ConnectionTest | null>(null);
  const [running, setRunning] = useState(false);
  const leaving = useRef<AbortController>(null);
  useEffect(() => () => leaving.current?.abort(), []);
  const { id: organization } = useOrganization();
  const { id: locale } = useLanguage();
  const seesRequests = useCan('requests.read');

  const run = useCallback(
    async (subject: TestSubject) => {
      leaving.current?.abort();
      const control = new AbortController();
      leaving.current = control;
      const { signal } = control;
      let now = untried;
      const show = (next: Partial<ConnectionTest>) => {
        now = { ...now, ...next };
        if (!signal.aborted) setTest(now);
      };
      const look = async (requestId: string | null) => {
        if (requestId === null || !seesRequests) return show({ booked: { state: 'skipped', request: null } });
        show({ booked: { state: 'running', request: null } });
        const request = await booked({ organization, id: requestId, locale, signal });
        show({ booked: { state: request ? 'passed' : 'skipped', request } });
      };
      setRunning(true);
      await tryIt(subject, signal, show, look);
      if (!signal.aborted) setRunning(false);
    },
    [organization, locale, seesRequests],
  );
  return { test, running, run };
}

async function tryIt(
  { vendor, secret, model }: TestSubject,
  signal: AbortSignal,
  show: (next: Partial<ConnectionTest>) => void,
  look: (requestId: string | null) => Promise<void>,
): Promise<void> {
  show({ ...untried, models: { ...untried.models, state: 'running' } });
  const first = await send(modelsCall(vendor.family, secret), signal);
  const list = first.passed ? readModels(vendor.family, first.answer) : null;
  const listed = list?.includes(model) ?? false;
  show({
    models: { ...resultOf(first), state: list === null ? 'failed' : 'passed', count: list?.length ?? null, listed },
  });
  if (list === null) {
    show({ call: { ...waiting, state: 'skipped' } });
    return look(first.requestId);
  }
  show({ call: { ...waiting, state: 'running' } });
  const second = await send(smallCall(vendor, secret, model), signal);
  show({ call: resultOf(second) });
  await look(second.requestId);
}

interface Sent {
  readonly passed: boolean;
  readonly ms: number;
  readonly status: number | null;
  readonly requestId: string | null;
  readonly answer: unknown;
}

async function send({ path, ...call }: TestCall, leaving: AbortSignal): Promise<Sent> {
  const startedMs = performance.now();
  const signal = AbortSignal.any([leaving, AbortSignal.timeout(callTimeoutMs)]);
  const elapsed = () => Math.round(performance.now() - startedMs);
  try {
    // Without the cookie of the session: the key alone has to do.
    const response = await fetch(path, { ...call, signal, credentials: 'omit', cache: 'no-store', redirect: 'error' });
    const answer: unknown = await response.json().catch(() => null);
    const requestId = response.headers.get('x-request-id');
    return { passed: response.ok, ms: elapsed(), status: response.status, requestId, answer };
  } catch {
    return { passed: false, ms: elapsed(), status: null, requestId: null, answer: null };
  }
}

function resultOf({ passed, ms, status, requestId, answer }: Sent): CallResult {
  return { state: passed ? 'passed' : 'failed', ms, status, requestId, refusal: passed ? null : readRefusal(answer) };
}

interface Look {
  readonly organization: string;
  readonly id: string;
  readonly locale: 'en' | 'zh';
  readonly signal: AbortSignal;
}

/** The record of a call, once it is there and has ended; null where there is none to be seen. */
async function booked({ organization, id, locale, signal }: Look): Promise<RequestDetail | null> {
  const ask = { params: { organization, id }, query: { locale }, signal };
  let last: RequestDetail | null = null;
  for (let count = 0; count < mostLooks && !signal.aborted; count++) {
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    last = await api.get('/control/v1/organizations/{organization}/requests/{id}', ask).catch(() => last);
    if (last !== null && last.outcome !== 'open') return last;
  }
  return last;
}
