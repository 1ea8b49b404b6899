import { tokensPerPiece } from '../answer.ts';
import type { Call } from '../call.ts';
import type { TokenClasses } from '../counts.ts';
import { newId } from '../ids.ts';
import type { Json } from '../json.ts';
import { tinyPngBase64 } from '../media.ts';
import type { StreamEvent } from '../stream.ts';
import { countTokens } from '../tokens.ts';
import { problemObject, streamProblem } from './problems.ts';
import { contentsOf, inputTokens, modelOf, readTurn, type Turn } from './prompt.ts';

/** `models/X:generateContent`. */
export function generateContent(call: Call, name: string, body: Json): void {
  const turn = readTurn(call, modelOf(call, name), body);
  const usage = call.produce(turn.tokens);
  const candidates = Array.from({ length: turn.candidates }, (_, index) => ({
    content: { parts: allParts(turn), role: 'model' },
    finishReason: finishReason(turn),
    index,
  }));
  const shown = usage === null ? {} : { usageMetadata: usageMetadata(usage) };
  call.json({ candidates, ...shown, modelVersion: turn.model, responseId: newId('') }, usage);
}

/** `models/X:streamGenerateContent`: bare `data:` blocks with `alt=sse`, otherwise one JSON array that grows. */
export function streamGenerateContent(call: Call, name: string, body: Json): void {
  const turn = readTurn(call, modelOf(call, name), body);
  const usage = call.produce(turn.tokens);
  const sse = call.query.get('alt') === 'sse';
  const chunks = events(turn, usage);
  call.stream({
    contentType: sse ? 'text/event-stream' : 'application/json; charset=UTF-8',
    headers: { 'content-disposition': 'attachment' },
    events: sse ? framed(chunks) : arrayed(chunks),
    problemText: sse
      ? streamProblem
      : (problem) => `,\r\n${JSON.stringify({ error: problemObject(problem).error })}\n]`,
    lines: sse,
  });
}

/** `models/X:countTokens`. */
export function countContentTokens(call: Call, name: string, body: Json): void {
  modelOf(call, name);
  const inner = (body['generateContentRequest'] ?? body) as Json;
  const tokens = inputTokens(call, inner, contentsOf(inner['contents']));
  const details = promptDetails(tokens);
  call.json({ totalTokens: promptTotal(tokens), promptTokensDetails: details });
}

export function promptTotal(tokens: TokenClasses): number {
  return tokens.input + tokens.cacheRead + tokens.audioInput + tokens.imageInput;
}

function promptDetails(tokens: TokenClasses): Json[] {
  const details: Json[] = [{ modality: 'TEXT', tokenCount: tokens.input + tokens.cacheRead }];
  if (tokens.imageInput > 0) details.push({ modality: 'IMAGE', tokenCount: tokens.imageInput });
  if (tokens.audioInput > 0) details.push({ modality: 'AUDIO', tokenCount: tokens.audioInput });
  return details;
}

function usageMetadata(tokens: TokenClasses): Json {
  const candidates = tokens.output - tokens.reasoning + tokens.imageOutput;
  const prompt = promptTotal(tokens);
  const cached = {
    cachedContentTokenCount: tokens.cacheRead,
    cacheTokensDetails: [{ modality: 'TEXT', tokenCount: tokens.cacheRead }],
  };
  return {
    promptTokenCount: prompt,
    candidatesTokenCount: candidates,
    totalTokenCount: prompt + candidates + tokens.reasoning,
    ...(tokens.cacheRead > 0 ? cached : {}),
    promptTokensDetails: promptDetails(tokens),
    ...(tokens.imageOutput > 0
      ? { candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: tokens.imageOutput }] }
      : {}),
    ...(tokens.reasoning > 0 ? { thoughtsTokenCount: tokens.reasoning } : {}),
  };
}

function finishReason({ answer }: Turn): string {
  return answer.finish === 'length' ? 'MAX_TOKENS' : 'STOP';
}

const picturePart: Json = { inlineData: { mimeType: 'image/png', data: tinyPngBase64 } };

const thoughtSignature = 'c2FuZGJveCBzaWduYXR1cmUgb2YgdGhvdWdodHM=';

function callParts({ answer }: Turn): Json[] {
  return answer.calls.map(({ tool, input }) => {
    const call = { functionCall: { name: tool.name, args: parsed(input.join('')) } };
    return answer.reasoningTokens > 0 ? { ...call, thoughtSignature } : call;
  });
}

function allParts(turn: Turn): Json[] {
  const { answer } = turn;
  const parts: Json[] = [];
  if (turn.thoughtsShown && answer.reasoningTokens > 0) parts.push({ text: answer.reasoning.join(''), thought: true });
  parts.push(...callParts(turn));
  if (answer.text.length > 0) parts.push({ text: answer.text.join('') });
  if (turn.picture) parts.push(picturePart);
  return parts;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Every chunk tells the usage so far, as the vendor does; the last one is right. */
function* events(turn: Turn, usage: TokenClasses | null): Generator<StreamEvent> {
  const { answer } = turn;
  const end = `,"modelVersion":${JSON.stringify(turn.model)},"responseId":"${newId('')}"}`;
  const perPiece = tokensPerPiece(answer);
  let spent = answer.reasoningTokens;
  const chunk = (index: number, part: string, output: number, finish: string | null): StreamEvent => {
    spent += output;
    const sofar =
      usage === null ? null : finish === null ? { ...usage, output: Math.min(Math.round(spent), usage.output) } : usage;
    const shown = sofar === null ? '' : `,"usageMetadata":${JSON.stringify(usageMetadata(sofar))}`;
    const reason = finish === null ? '' : `,"finishReason":"${finish}"`;
    const content = `{"parts":[${part}],"role":"model"}`;
    return {
      text: `{"candidates":[{"content":${content}${reason},"index":${index}}]${shown}${end}`,
      output,
      reported: sofar,
    };
  };
  if (answer.reasoningTokens > 0) {
    const thought = turn.thoughtsShown
      ? JSON.stringify({ text: answer.reasoning.join(''), thought: true })
      : '{"text":""}';
    const first = chunk(0, thought, 0, null);
    yield { ...first, output: answer.reasoningTokens };
  }
  for (let index = 0; index < turn.candidates; index++) {
    for (const [i, part] of callParts(turn).entries()) {
      const call = answer.calls[i];
      yield chunk(
        index,
        JSON.stringify(part),
        call === undefined ? 0 : call.input.length + countTokens(call.tool.name),
        null,
      );
    }
    for (const piece of answer.text) yield chunk(index, `{"text":${JSON.stringify(piece)}}`, perPiece, null);
    if (turn.picture) yield chunk(index, JSON.stringify(picturePart), 0, null);
    yield chunk(index, '{"text":""}', 0, finishReason(turn));
  }
}

function* framed(chunks: Generator<StreamEvent>): Generator<StreamEvent> {
  for (const chunk of chunks) yield { ...chunk, text: `data: ${chunk.text}\n\n` };
}

function* arrayed(chunks: Generator<StreamEvent>): Generator<StreamEvent> {
  let before = '[';
  for (const chunk of chunks) {
    yield { ...chunk, text: `${before}${chunk.text}` };
    before = ',\r\n';
  }
  yield { text: ']', output: 0 };
}
