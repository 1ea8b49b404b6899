import { Transform, type TransformCallback } from 'node:stream';
import { MultipartModel } from '../vendors/index.ts';
import { admitModel } from './admission.ts';
import type { Call } from './call.ts';
import type { GatewayContext } from './context.ts';
import { BodyRefused, type Refusal, refusal } from './errors.ts';
import type { Outgoing } from './outgoing.ts';

/**
 * A body that flows through instead of being held: files to transcribe, images to edit, whatever pass-through brings.
 * The model of a form can stand behind the file, so the form flows up while it is looked for, and its last piece waits
 * until the model is known and allowed: a vendor cannot work on half a form.
 */
export function opaqueBody(call: Call, path: string, context: GatewayContext): Outgoing | Refusal {
  const { head, match, request } = call;
  if (!head || !match) return refusal('internal_error');
  const maxBytes = context.settings.maxOpaqueBodyBytes;
  if (head.contentLength > maxBytes) return refusal('body_too_large', { limit: maxBytes });
  const form = match.endpoint.modelPlace === 'multipart';
  if (form && head.contentEncoding !== '')
    return refusal('unsupported_encoding', { encoding: head.contentEncoding.slice(0, 20) });
  if (head.contentEncoding !== '') head.upstream.push('content-encoding', head.contentEncoding);
  // A model's name may change its length on the way, so only what cannot change keeps its announced one.
  if (!form && head.contentLength >= 0) head.upstream.push('content-length', String(head.contentLength));
  const body = new OpaqueBody(call, maxBytes, form ? new MultipartModel(head.contentType) : null);
  // Whoever reads the body listens for its errors only as long as it reads: one that comes before or after, when a client
  // leaves, has no other listener and would end the process.
  body.on('error', () => {});
  request.on('aborted', () => body.destroy(new BodyRefused(refusal('body_incomplete'))));
  return { path, body, hideUsage: false, conversation: null };
}

class OpaqueBody extends Transform {
  readonly #call: Call;
  readonly #maxBytes: number;
  readonly #form: MultipartModel | null;
  #flowing = false;

  constructor(call: Call, maxBytes: number, form: MultipartModel | null) {
    super({ highWaterMark: 64 * 1024 });
    this.#call = call;
    this.#maxBytes = maxBytes;
    this.#form = form;
  }

  /** The client's bytes flow once somebody reads: earlier, a refusal would come before anybody could hear it. */
  override _read(size: number): void {
    if (!this.#flowing) {
      this.#flowing = true;
      this.#call.request.pipe(this);
    }
    super._read(size);
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#call.bytesIn += chunk.length;
    const refused =
      this.#call.bytesIn > this.#maxBytes
        ? refusal('body_too_large', { limit: this.#maxBytes })
        : this.#pass(this.#form?.push(chunk) ?? [chunk]);
    done(refused ? new BodyRefused(refused) : null);
  }

  override _flush(done: TransformCallback): void {
    let refused = this.#pass(this.#form?.end() ?? []);
    if (this.#form && this.#call.model === null) refused ??= refusal('model_missing');
    done(refused ? new BodyRefused(refused) : null);
  }

  #pass(pieces: ReturnType<MultipartModel['push']>): Refusal | null {
    for (const piece of pieces) {
      if (Buffer.isBuffer(piece)) {
        this.push(piece);
        continue;
      }
      if (this.#call.modelAsked !== null && this.#call.modelAsked !== piece.model) return refusal('model_ambiguous');
      const refused = admitModel(this.#call, piece.model);
      if (refused) return refused;
      this.push(Buffer.from(this.#call.model?.id ?? piece.model));
    }
    return null;
  }
}
