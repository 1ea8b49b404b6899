import { checkKey } from '../base/key-format.ts';
import { parseRequestId } from '../base/request-id.ts';
import type { Family } from '../gateway/ports.ts';
import { type Address, baseUrlFor, freeCallUrl, modelsUrl, readAddress } from './doctor-address.ts';
import { type Answer, get, member, modelsIn, nearNames, postNothing } from './doctor-calls.ts';
import { checkNetwork } from './doctor-network.ts';

export interface DoctorOptions {
  readonly baseUrl: string;
  readonly key: string;
  readonly model: string | null;
  /** Whose tools are to use it. */
  readonly vendor: Family | null;
}

export interface Finding {
  readonly check: 'address' | 'network' | 'gateway' | 'key' | 'vendor' | 'model' | 'limits';
  readonly ok: boolean;
  /** Stable; null when all is well. */
  readonly code: string | null;
  readonly message: string;
  /** Of the call that showed it: support finds it by that. */
  readonly requestId: string | null;
}

export interface Diagnosis {
  readonly ok: boolean;
  /** What is wrong and what to do, or that all is well, in one line. */
  readonly summary: string;
  readonly requestId: string | null;
  readonly findings: readonly Finding[];
}

type Check = Finding['check'];

/** Anthropic's and Gemini's lists come in pages; each reads its own word. */
const wholeList = 'limit=1000&pageSize=1000';

/** Runs the checks in the order of the FAQ's checklist and stops at the first that fails: the rest would follow from it. */
export async function diagnose(options: DoctorOptions, environment: NodeJS.ProcessEnv): Promise<Diagnosis> {
  const findings: Finding[] = [];
  for await (const finding of checks(options, environment)) {
    findings.push(finding);
    if (finding.ok) continue;
    // What shows before a call is made has no id of its own: the call before it proves when and where this was asked.
    const requestId = findings.findLast((each) => each.requestId !== null)?.requestId ?? null;
    return { ok: false, summary: finding.message, requestId, findings };
  }
  const last = findings.at(-1);
  const said = findings.filter(({ check }) => ['key', 'vendor', 'model', 'limits'].includes(check));
  const summary = `All is well. ${said.map((finding) => finding.message).join(' ')}`;
  return { ok: true, summary, requestId: last?.requestId ?? null, findings };
}

async function* checks(options: DoctorOptions, environment: NodeJS.ProcessEnv): AsyncGenerator<Finding> {
  const read = readAddress(options.baseUrl);
  if (!read.ok) {
    yield bad('address', read.code, read.message);
    return;
  }
  const { address } = read;
  yield good('address', `The base URL has a known form: ${address.root}${address.form}.`);
  const problem = await checkNetwork(address, environment);
  if (problem) {
    yield bad('network', problem.code, problem.message);
    return;
  }
  yield good('network', `${address.host} port ${address.port} takes connections.`);
  yield gatewayFinding(address, await get(`${address.root}/health`, null));
  const form = keyFormFinding(options.key);
  if (form) {
    yield form;
    return;
  }
  yield keyFinding(await get(`${address.root}/health`, options.key));
  yield* vendorAndModel(options, address);
}

function gatewayFinding(address: Address, answer: Answer | null): Finding {
  const what = `${address.root}/health`;
  if (answer === null) return bad('gateway', 'gateway_silent', `${what} broke off or gave no answer within 15 s.`);
  if (answer.location !== null) {
    const target = answer.location.replace(/\/health$/, '');
    return bad('gateway', 'gateway_redirects', `${address.root} redirects to ${target}; use that as base URL.`);
  }
  const healthy = member(answer.body, 'status') === 'healthy';
  if (healthy && answer.requestId !== null && parseRequestId(answer.requestId)) {
    const version = String(member(answer.body, 'version') ?? 'unknown');
    return good('gateway', `It is a Lodge gateway, version ${version}.`, answer.requestId);
  }
  if (member(answer.body, 'status') === 'draining') {
    return bad('gateway', 'shutting_down', 'The gateway is shutting down; try again in a moment.', answer.requestId);
  }
  if (answer.error !== null && answer.requestId !== null) {
    return bad('gateway', answer.error.code ?? 'gateway_error', answer.error.message, answer.requestId);
  }
  const server = answer.server === null ? '' : `, server ${answer.server}`;
  const message = `${address.root} answers, but is no Lodge gateway (status ${answer.status}${server}): check host, port and path of the base URL.`;
  return bad('gateway', 'not_a_gateway', message);
}

/** What can be seen on the key alone, before it is sent anywhere. */
function keyFormFinding(key: string): Finding | null {
  // The fixed part differs by site. The key names its own; whether it is this site's, the gateway tells.
  const site = /sk-([a-z0-9]{2,16})-/.exec(key)?.[1] ?? 'lodge';
  const checked = checkKey(key, site);
  if (checked.ok) return null;
  // `sk-proj-…` is OpenAI's own, not the cut-off key of a site named proj.
  const stranger = checkKey(key, '');
  const { problem, hint } = !stranger.ok && stranger.problem === 'vendor_key' ? stranger : checked;
  return bad('key', `key_${problem}`, hint);
}

function keyFinding(answer: Answer | null): Finding {
  if (answer === null) return bad('key', 'gateway_silent', 'The gateway broke off the call that carried the key.');
  if (member(answer.body, 'authenticated') === true) {
    const prefix = String(member(answer.body, 'key_prefix') ?? 'given');
    const group = member(answer.body, 'group');
    const where = typeof group === 'string' ? ` of the group ${group}` : '';
    return good('key', `The key ${prefix}…${where} is accepted.`, answer.requestId);
  }
  const message = answer.error?.message ?? `The gateway does not accept the key (status ${answer.status}).`;
  return bad('key', answer.error?.code ?? 'key_refused', message, answer.requestId);
}

async function* vendorAndModel(options: DoctorOptions, address: Address): AsyncGenerator<Finding> {
  const answer = await get(`${modelsUrl(address)}?${wholeList}`, options.key);
  const listed = answer?.status === 200 ? modelsIn(answer.body) : null;
  if (answer === null || listed === null) {
    const message = answer?.error?.message ?? 'The list of models could not be read.';
    yield bad('vendor', answer?.error?.code ?? 'models_unreadable', message, answer?.requestId ?? null);
    return;
  }
  yield vendorFinding(options, address, listed.family, answer.requestId);
  if (options.model === null) yield listFinding(listed.names, answer.requestId);
  else yield await modelFinding(options, address, options.model, listed.names);
  yield limitsFinding(await postNothing(freeCallUrl(address, listed.family), options.key));
}

function listFinding(names: readonly string[], requestId: string | null): Finding {
  if (names.length === 0) {
    const message = 'The key may use no model: its group lists none, or its own list leaves none. Tell support.';
    return bad('model', 'no_models', message, requestId);
  }
  const few = names.slice(0, 3).join(', ');
  return good('model', `It may use ${names.length} models (${few}${names.length > 3 ? ', …' : ''}).`, requestId);
}

/** A call that names no model is refused for that, and free, unless a limit or the site's state refuses it before. */
function limitsFinding(answer: Answer | null): Finding {
  if (answer === null) return bad('limits', 'gateway_silent', 'The gateway broke off a call to the endpoint itself.');
  const code = answer.error?.code ?? `status_${answer.status}`;
  if (code === 'model_missing' || code === 'model_not_found')
    return good('limits', 'No limit stands in the way.', answer.requestId);
  return bad('limits', code, answer.error?.message ?? `Calls end with status ${answer.status}.`, answer.requestId);
}

function vendorFinding(options: DoctorOptions, address: Address, family: Family, requestId: string | null): Finding {
  const { root, form } = address;
  if (address.family !== null && address.family !== family) {
    const message = `The key is for ${family}, the base URL ${root}${form} is for ${address.family}: use ${baseUrlFor(root, family)} with it, or a key of a group of ${address.family}.`;
    return bad('vendor', 'wrong_vendor', message, requestId);
  }
  if (options.vendor !== null && options.vendor !== family) {
    const message = `The key is for ${family}, not for ${options.vendor}: one key serves one vendor; make a key in a group of ${options.vendor}.`;
    return bad('vendor', 'wrong_vendor', message, requestId);
  }
  if (options.vendor === 'openai' && !form.endsWith('/v1')) {
    const message = `OpenAI tools need /v1 at the end of the base URL: ${baseUrlFor(root, 'openai')}.`;
    return bad('vendor', 'base_url_form', message, requestId);
  }
  if (options.vendor !== null && options.vendor !== 'openai' && /\/v1(beta)?$/.test(form)) {
    const message = `${options.vendor} tools add the version themselves: the base URL is ${baseUrlFor(root, family)}.`;
    return bad('vendor', 'base_url_form', message, requestId);
  }
  return good('vendor', `It belongs to a group of ${family}.`, requestId);
}

/** By a call of its own, because a list shows canonical names and aliases work too. */
async function modelFinding(
  options: DoctorOptions,
  address: Address,
  model: string,
  names: readonly string[],
): Promise<Finding> {
  const answer = await get(`${modelsUrl(address)}/${encodeURIComponent(model)}`, options.key);
  if (answer?.status === 200) return good('model', `It may use ${model}.`, answer.requestId);
  const near = nearNames(model, names);
  const hint = near.length > 0 ? ` Near: ${near.join(', ')}.` : '';
  const message = answer?.error?.message ?? `The model ${model} is not enabled for the key.${hint}`;
  return bad('model', answer?.error?.code ?? 'model_not_found', message, answer?.requestId ?? null);
}

function good(check: Check, message: string, requestId: string | null = null): Finding {
  return { check, ok: true, code: null, message, requestId };
}

function bad(check: Check, code: string, message: string, requestId: string | null = null): Finding {
  return { check, ok: false, code, message: message.replaceAll(/\s+/g, ' '), requestId };
}
