import { type ModelFacts, modelBody, modelListBody } from '../vendors/index.ts';
import { decideModel, isModelName } from './admit.ts';
import { sendBytes } from './answer.ts';
import type { Call } from './call.ts';
import type { GatewayContext } from './context.ts';
import { type Refusal, refusal } from './errors.ts';
import type { Group, Key } from './ports.ts';
import { settle } from './settle.ts';
import { usageAnswer } from './usage-answer.ts';

const json = 'application/json; charset=utf-8';

/** Answers what no vendor needs to be asked for: models, usage, health, the base URL. */
export async function answerLocally(call: Call, context: GatewayContext): Promise<Refusal | null> {
  call.request.resume();
  const id = call.match?.endpoint.id;
  switch (id) {
    case 'lodge.base':
      return answerBase(call, context);
    case 'lodge.health':
      return answerJson(call, context, health(call, context));
    case 'lodge.hello':
    case 'lodge.probe':
      return answerJson(call, context, { status: 'ok' });
  }
  const { key, group } = call;
  // Only the base, health and probes may be asked for without a key.
  if (!key || !group) return refusal('key_missing');
  if (id === 'lodge.usage') {
    const answer = await usageAnswer(call, key, group, context);
    return 'code' in answer ? answer : answerJson(call, context, answer.body);
  }
  return answerModels(call, key, group, context);
}

function answerModels(call: Call, key: Key, group: Group, context: GatewayContext): Refusal | null {
  const { match } = call;
  if (!match) return refusal('internal_error');
  if (match.pathModel) {
    const name = match.pathModel.name;
    const model = decideModel(group, key, name);
    call.modelAsked = 'id' in model || isModelName(name) ? name : null;
    if ('code' in model) return model;
    call.model = model;
    return answerText(call, context, modelBody(match.endpoint.family, facts(group, model.id, name)));
  }
  const listed = visibleModels(group, key);
  return answerText(call, context, modelListBody(match.endpoint.family, listed, call.query));
}

/** What the key may use: canonical names first, then the aliases that lead to one of them. */
function visibleModels(group: Group, key: Key): ModelFacts[] {
  const allowed = (id: string): boolean => key.allowedModels === null || key.allowedModels.has(id);
  const canonical = [...group.models.keys()].filter(allowed).map((id) => facts(group, id, id));
  const aliased = [...group.aliases].filter(([, id]) => allowed(id)).map(([alias, id]) => facts(group, id, alias));
  return [...canonical, ...aliased];
}

function facts(group: Group, id: string, shownAs: string): ModelFacts {
  const model = group.models.get(id);
  return {
    id: shownAs,
    displayName: model?.displayName ?? id,
    createdAtMs: model?.createdAtMs ?? 0,
    ownedBy: group.vendor.id,
    mode: model?.mode ?? 'chat',
    maxInputTokens: model?.maxInputTokens ?? null,
    maxOutputTokens: model?.maxOutputTokens ?? null,
  };
}

function health(call: Call, context: GatewayContext): object {
  const { settings, clock } = context;
  const facts = {
    status: context.draining ? 'draining' : 'healthy',
    service: settings.siteName,
    version: settings.version,
    region: settings.region,
  };
  const timestamp = new Date(clock.now()).toISOString();
  if (!call.key) return { ...facts, authenticated: false, timestamp };
  return {
    ...facts,
    authenticated: true,
    key_prefix: call.key.prefix,
    vendor: call.group?.vendor.id ?? null,
    group: call.key.groupId,
    timestamp,
  };
}

function answerBase(call: Call, context: GatewayContext): null {
  if (!call.head?.wantsHtml) {
    const { siteName, region, docsBaseUrl } = context.settings;
    return answerJson(call, context, {
      status: 'reachable',
      service: siteName,
      region,
      request_id: call.id,
      message: 'The gateway is reachable. Set this address and a key in your tool.',
      docs: docsBaseUrl,
    });
  }
  const page = context.pages.baseUrl({
    path: call.path,
    acceptLanguage: call.head.acceptLanguage,
    query: call.query,
    requestId: call.id,
  });
  for (const [name, value] of Object.entries(page.headers)) call.response.setHeader(name, value);
  return answer(call, context, 'text/html; charset=utf-8', page.html);
}

function answerJson(call: Call, context: GatewayContext, value: object): null {
  return answerText(call, context, JSON.stringify(value));
}

function answerText(call: Call, context: GatewayContext, text: string): null {
  return answer(call, context, json, text);
}

function answer(call: Call, context: GatewayContext, contentType: string, text: string): null {
  const body = Buffer.from(text);
  call.bytesOut = body.length;
  settle(call, { outcome: 'completed', status: 200, errorCode: null, fault: null }, context.settle);
  sendBytes(call, 200, contentType, body);
  return null;
}
