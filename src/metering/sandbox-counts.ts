import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { SandboxCall } from './audit-sandbox.ts';

const count = z.number().nonnegative();

const callSchema = z.object({
  requestId: z.string(),
  atMs: z.number(),
  vendor: z.string(),
  path: z.string(),
  status: z.int().nullable(),
  outcome: z.string(),
  reported: z
    .object({
      input: count,
      cacheRead: count,
      cacheWrite5m: count,
      cacheWrite1h: count,
      audioInput: count,
      imageInput: count,
      output: count,
      reasoning: count,
      audioOutput: count,
      imageOutput: count,
      images: count,
    })
    .nullable(),
});

/**
 * The calls that a sandbox vendor has counted, oldest first, read from its `GET /sandbox/counts` line by line.
 *
 * @throws AppError `sandbox_unreachable`
 */
export async function* fetchSandboxCounts(sandboxUrl: string, signal?: AbortSignal): AsyncGenerator<SandboxCall> {
  let rest = '';
  try {
    const response = await fetch(`${sandboxUrl}/sandbox/counts`, signal ? { signal } : {});
    if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') yield callSchema.parse(JSON.parse(line));
    }
    if (rest !== '') yield callSchema.parse(JSON.parse(rest));
  } catch (cause) {
    throw new AppError('sandbox_unreachable', 'The sandbox vendor’s count could not be read; is the sandbox running?', {
      cause,
    });
  }
}
