/** Where a suite of official SDKs is pointed: straight at the sandbox vendor, or at Lodge in front of it. */
export interface Target {
  /** What each SDK takes as its base URL. */
  readonly openaiUrl: string;
  readonly anthropicUrl: string;
  readonly geminiUrl: string;
  readonly keys: { readonly openai: string; readonly anthropic: string; readonly gemini: string };
  /** What a request id looks like there. */
  readonly requestId: RegExp;
  /** Whether Lodge answers: then every answer, also Gemini's, has an `x-request-id`. */
  readonly lodge: boolean;
}

/** The target of a suite: it is known only once `beforeAll` has run. */
export type GetTarget = () => Target;

export const chatModel = 'gpt-4o';
export const reasoningModel = 'gpt-5.4-mini';
export const claudeModel = 'claude-sonnet-4-6';
export const geminiModel = 'gemini-2.5-flash';

export const question = 'Who keeps the gate?';
export const toolQuestion = 'Please call the tool and tell me what it says.';

export const weatherSchema = {
  type: 'object',
  properties: { city: { type: 'string' }, days: { type: 'integer' } },
  required: ['city', 'days'],
  additionalProperties: false,
} as const;

/** What the sandbox puts into a call of a tool with that schema. */
export const weatherInput = { city: 'sandbox', days: 1 };
