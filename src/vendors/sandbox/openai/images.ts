import type { Call } from '../call.ts';
import { noTokens, type TokenClasses } from '../counts.ts';
import type { Json } from '../json.ts';
import { tinyPngBase64 } from '../media.ts';
import type { Form } from '../multipart.ts';
import { Refusal } from '../problem.ts';
import type { StreamEvent } from '../stream.ts';
import { countTokens } from '../tokens.ts';
import type { CallBody } from '../vendor.ts';
import { streamProblem } from './problems.ts';
import { modelOf } from './prompt.ts';

/** Of one generated image, and of one given for editing: the vendor's own figures for 1024 × 1024 in medium and low. */
const outputImageTokens = 1056;
const inputImageTokens = 323;
const maxImages = 10;

interface Order {
  readonly model: string;
  readonly prompt: string;
  readonly count: number;
  readonly givenImages: number;
  readonly stream: boolean;
  readonly partial: number;
}

/** `POST /images/generations`. */
export function generateImages(call: Call, body: Json): void {
  const field = (name: string): string | null => (body[name] === undefined ? null : String(body[name]));
  draw(call, orderOf(call, field, 0));
}

/** `POST /images/edits` and `/images/variations`: multipart, or JSON with image references. */
export function editImages(call: Call, { json, form }: CallBody): void {
  if (form.files.length === 0 && json['prompt'] !== undefined) {
    generateImages(call, json);
    return;
  }
  const given = form.files.filter((file) => file.name.startsWith('image')).length;
  if (given === 0) throw new Refusal('missing', "Missing required parameter: 'image'.", 'image');
  draw(call, orderOf(call, fieldOf(form), given));
}

function fieldOf(form: Form): (name: string) => string | null {
  return (name) => form.fields.get(name) ?? null;
}

function orderOf(call: Call, field: (name: string) => string | null, givenImages: number): Order {
  const model = modelOf(call, field('model') ?? 'gpt-image-2');
  const prompt = field('prompt');
  if (prompt === null && givenImages === 0)
    throw new Refusal('missing', "Missing required parameter: 'prompt'.", 'prompt');
  const count = Number(field('n') ?? 1);
  if (!(Number.isInteger(count) && count >= 1 && count <= maxImages))
    throw new Refusal('invalid', `Invalid value for 'n': expected an integer from 1 to ${maxImages}.`, 'n');
  const partial = Math.min(Number(field('partial_images') ?? 0) || 0, 3);
  return { model, prompt: prompt ?? '', count, givenImages, stream: field('stream') === 'true', partial };
}

function draw(call: Call, order: Order): void {
  const byTokens = !order.model.startsWith('dall-e');
  const tokens: TokenClasses = {
    ...noTokens,
    input: byTokens ? countTokens(order.prompt) : 0,
    imageInput: byTokens ? order.givenImages * inputImageTokens : 0,
    imageOutput: byTokens ? order.count * outputImageTokens : 0,
    images: order.count,
  };
  const usage = call.produce(tokens);
  const described = { background: 'opaque', output_format: 'png', quality: 'medium', size: '1024x1024' };
  if (order.stream) {
    call.stream({
      contentType: 'text/event-stream; charset=utf-8',
      events: events(order, described, usage),
      problemText: streamProblem,
      lines: true,
    });
    return;
  }
  const data = Array.from({ length: order.count }, () => ({ b64_json: tinyPngBase64 }));
  const created = Math.floor(Date.now() / 1000);
  if (!byTokens) {
    // The number of images is told by the images themselves.
    call.json({ created, data }, { ...noTokens, images: order.count });
    return;
  }
  const reported = usage ?? { ...noTokens, images: order.count };
  call.json({ created, data, ...described, ...(usage === null ? {} : { usage: imageUsage(usage) }) }, reported);
}

function imageUsage(tokens: TokenClasses): Json {
  const input = tokens.input + tokens.imageInput;
  return {
    input_tokens: input,
    input_tokens_details: { text_tokens: tokens.input, image_tokens: tokens.imageInput },
    output_tokens: tokens.imageOutput,
    output_tokens_details: { text_tokens: 0, image_tokens: tokens.imageOutput },
    total_tokens: input + tokens.imageOutput,
  };
}

function* events(order: Order, described: Json, usage: TokenClasses | null): Generator<StreamEvent> {
  const base = { b64_json: tinyPngBase64, created_at: Math.floor(Date.now() / 1000), ...described };
  const edit = order.givenImages > 0 ? 'image_edit' : 'image_generation';
  for (let i = 0; i < order.partial; i++) {
    const type = `${edit}.partial_image`;
    yield { text: `event: ${type}\ndata: ${JSON.stringify({ type, ...base, partial_image_index: i })}\n\n`, output: 0 };
  }
  const type = `${edit}.completed`;
  const shown = usage === null ? {} : { usage: imageUsage(usage) };
  yield {
    text: `event: ${type}\ndata: ${JSON.stringify({ type, ...base, ...shown })}\n\n`,
    output: 0,
    reported: usage,
  };
}
