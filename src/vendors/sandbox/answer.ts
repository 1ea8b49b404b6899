import type { Faults } from './faults.ts';
import { exampleOf } from './schema.ts';
import { countTokens, hashText, runningText, tokenize } from './tokens.ts';

export interface Tool {
  readonly name: string;
  /** A `custom` tool takes free text. */
  readonly kind: 'function' | 'custom';
  readonly schema: unknown;
  readonly namespace: string | null;
}

/** What a wire has understood of a request. */
export interface Ask {
  /** The last thing the user said: cues are looked for here, and the answer depends on it. */
  readonly prompt: string;
  readonly tools: readonly Tool[];
  /** `any`: some tool must be called; otherwise the name of the one that must. */
  readonly toolChoice: 'none' | 'auto' | 'any' | { readonly name: string };
  /** The conversation ends with a tool's result. */
  readonly afterTool: boolean;
  /** A JSON Schema that the text must meet; `true`: any JSON. */
  readonly schema: unknown;
  /** Of reasoning and text together. Null: no limit. */
  readonly maxTokens: number | null;
  readonly reasoningTokens: number;
  readonly stops: readonly string[];
  readonly faults: Faults;
}

export interface ToolCall {
  readonly tool: Tool;
  /** JSON, or free text for a custom tool; in pieces of one token. */
  readonly input: readonly string[];
}

/** What the model says, in pieces of one token each (several tokens a piece with the fault `events`). */
export interface Answer {
  readonly reasoning: readonly string[];
  readonly text: readonly string[];
  readonly calls: readonly ToolCall[];
  readonly finish: 'stop' | 'length' | 'tools' | 'stop_sequence';
  readonly stop: string | null;
  readonly reasoningTokens: number;
  /** Reasoning included. */
  readonly outputTokens: number;
}

const greeting = tokenize('Hello from the sandbox:');
const toolGreeting = tokenize('The tool has answered:');
const callCue = /\b(?:call|use) (the|all|both) tools?\b/i;
const maxCalls = 4;

/** The same request gets the same answer. */
export function answerTo(ask: Ask): Answer {
  const limit = ask.maxTokens ?? Number.POSITIVE_INFINITY;
  const reasoningTokens = Math.min(ask.reasoningTokens, limit);
  const reasoning = runningText(hashText(ask.prompt), reasoningTokens, true);
  const left = limit - reasoningTokens;
  const tools = toolsToCall(ask);
  if (tools.length > 0) return withCalls(tools, reasoning, left);
  const stopped = atStop(fullText(ask), ask.stops);
  const cut = stopped.pieces.length > left;
  const pieces = cut ? stopped.pieces.slice(0, left) : stopped.pieces;
  return {
    reasoning,
    text: ask.faults.events === null ? pieces : grouped(pieces, ask.faults.events),
    calls: [],
    finish: cut ? 'length' : stopped.stop === null ? 'stop' : 'stop_sequence',
    stop: cut ? null : stopped.stop,
    reasoningTokens,
    outputTokens: reasoningTokens + pieces.length,
  };
}

function fullText(ask: Ask): readonly string[] {
  const { faults, schema, prompt } = ask;
  if (schema !== null && schema !== undefined && schema !== false)
    return tokenize(JSON.stringify(schema === true ? { answer: 'sandbox' } : exampleOf(schema)));
  if (faults.echo) return tokenize(prompt.replaceAll(/\[sandbox:[^\]]*\]/g, '').trim());
  const seed = hashText(prompt);
  const start = ask.afterTool ? toolGreeting : greeting;
  const count = Math.max(faults.tokens ?? 0, faults.events ?? 0);
  const total = faults.tokens === null && faults.events === null ? start.length + 8 + (seed % 8) : count;
  if (total <= start.length) return start.slice(0, total);
  return [...start, ...runningText(seed, total - start.length, false)];
}

function toolsToCall(ask: Ask): readonly Tool[] {
  const { toolChoice, tools } = ask;
  if (toolChoice === 'none' || tools.length === 0) return [];
  if (typeof toolChoice === 'object') {
    const named = tools.find((tool) => tool.name === toolChoice.name);
    return named === undefined ? [] : [named];
  }
  const cue = callCue.exec(ask.prompt);
  if (ask.afterTool ? toolChoice !== 'any' : cue === null && toolChoice !== 'any') return [];
  return tools.slice(0, cue === null || cue[1]?.toLowerCase() === 'the' ? 1 : maxCalls);
}

function withCalls(tools: readonly Tool[], reasoning: readonly string[], left: number): Answer {
  const calls: ToolCall[] = [];
  let spent = 0;
  for (const tool of tools) {
    const text = tool.kind === 'custom' ? 'sandbox' : JSON.stringify(exampleOf(tool.schema) ?? {});
    const input = tokenize(text).slice(0, Math.max(0, left - spent - countTokens(tool.name)));
    calls.push({ tool, input });
    spent += countTokens(tool.name) + input.length;
    if (spent >= left) break;
  }
  const cut = spent >= left;
  const outputTokens = reasoning.length + spent;
  const finish = cut ? 'length' : 'tools';
  return { reasoning, text: [], calls, finish, stop: null, reasoningTokens: reasoning.length, outputTokens };
}

function atStop(
  pieces: readonly string[],
  stops: readonly string[],
): { pieces: readonly string[]; stop: string | null } {
  if (stops.length === 0) return { pieces, stop: null };
  const text = pieces.join('');
  let first = text.length;
  let stop: string | null = null;
  for (const candidate of stops) {
    const at = candidate === '' ? -1 : text.indexOf(candidate);
    if (at >= 0 && at < first) {
      first = at;
      stop = candidate;
    }
  }
  return stop === null ? { pieces, stop } : { pieces: tokenize(text.slice(0, first)), stop };
}

/** Exactly `count` groups, or as many as there are pieces. */
function grouped(pieces: readonly string[], count: number): readonly string[] {
  if (count >= pieces.length) return pieces;
  const groups: string[] = [];
  for (let i = 0; i < count; i++) {
    const from = Math.floor((i * pieces.length) / count);
    groups.push(pieces.slice(from, Math.floor(((i + 1) * pieces.length) / count)).join(''));
  }
  return groups;
}

/** Pieces hold one token each unless the fault `events` has put several together. */
export function tokensPerPiece(answer: Answer): number {
  return answer.text.length === 0 ? 0 : (answer.outputTokens - answer.reasoningTokens) / answer.text.length;
}
