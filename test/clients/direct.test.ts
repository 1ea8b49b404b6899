import { afterAll, beforeAll, describe } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { type Sandbox, startSandbox } from '../../src/vendors/sandbox/index.ts';
import { aiSuite } from './ai-suite.ts';
import { anthropicSuite } from './anthropic-suite.ts';
import { geminiSuite } from './gemini-suite.ts';
import { openaiSuite } from './openai-suite.ts';
import type { Target } from './target.ts';

/** The SDKs straight at the sandbox: what they get from it is what Lodge must let through. */
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, countsFile: null, log: silentLog });
});
afterAll(() => sandbox.close());

const target = (): Target => ({
  openaiUrl: `${sandbox.origin}/openai/v1`,
  anthropicUrl: `${sandbox.origin}/anthropic`,
  geminiUrl: `${sandbox.origin}/gemini`,
  keys: { openai: 'sandbox', anthropic: 'sandbox', gemini: 'sandbox' },
  requestId: /^req_/,
  lodge: false,
});

describe('openai', () => openaiSuite(target));
describe('anthropic', () => anthropicSuite(target));
describe('gemini', () => geminiSuite(target));
describe('ai', () => aiSuite(target));
