import { describe, expect, it } from 'vitest';
import { MultipartModel } from './multipart-model.ts';

const contentType = 'multipart/form-data; boundary=----b0undary';

function form(...parts: readonly string[]): Buffer {
  return Buffer.from(`${parts.map((part) => `------b0undary\r\n${part}\r\n`).join('')}------b0undary--\r\n`, 'latin1');
}

function field(name: string, value: string): string {
  return `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
}

const file =
  'Content-Disposition: form-data; name="file"; filename="a.wav"\r\nContent-Type: audio/wav\r\n\r\nRIFF\r\n\x00\xff------\r\n--x model\r\n';

/** What leaves, with each model in angle brackets, and the models. */
function pass(body: Buffer, cut: readonly number[], type = contentType) {
  const reader = new MultipartModel(type);
  const models: string[] = [];
  const out: Buffer[] = [];
  const take = (pieces: ReturnType<MultipartModel['push']>): void => {
    for (const piece of pieces) {
      if (Buffer.isBuffer(piece)) out.push(piece);
      else {
        models.push(piece.model);
        out.push(Buffer.from(piece.model));
      }
    }
  };
  let from = 0;
  for (const to of [...cut, body.length]) {
    take(reader.push(body.subarray(from, to)));
    from = to;
  }
  take(reader.end());
  return { models, bytes: Buffer.concat(out) };
}

describe('multipart model', () => {
  const bodies = {
    'behind the file': form(file, field('language', 'en'), field('model', 'whisper-1')),
    'before the file': form(field('model', 'whisper-1'), file),
    'with a preamble and an epilogue': Buffer.concat([
      Buffer.from('hello\r\n'),
      form(field('model', 'whisper-1')),
      Buffer.from('bye'),
    ]),
    'unquoted, in other case': form('content-disposition:form-data;NAME=model\r\n\r\nwhisper-1', file),
    'with an escape': form('Content-Disposition: form-data; name="mo\\del"\r\n\r\nwhisper-1'),
    extended: form("Content-Disposition: form-data; name*=utf-8''mod%65l\r\n\r\nwhisper-1"),
  };
  for (const [name, body] of Object.entries(bodies)) {
    it(`finds the field ${name}, split at every byte`, () => {
      for (let at = 0; at <= body.length; at++) {
        expect(pass(body, [at])).toEqual({ models: ['whisper-1'], bytes: body });
      }
      const everyByte = Array.from({ length: body.length - 1 }, (_, i) => i + 1);
      expect(pass(body, everyByte)).toEqual({ models: ['whisper-1'], bytes: body });
    });
  }

  it('reports both of two', () => {
    expect(pass(form(field('model', 'a'), field('model', 'b')), []).models).toEqual(['a', 'b']);
  });

  it('is not taken in by a part that only looks like it', () => {
    const body = form(field('prompt', 'Content-Disposition: form-data; name="model"\r\n\r\nx'), field('models', 'y'));
    expect(pass(body, []).models).toEqual([]);
  });

  it('never lets a form without a model go whole', () => {
    const body = form(file);
    for (let at = 0; at <= body.length; at++) {
      expect(pass(body, [at]).bytes.includes('b0undary--')).toBe(false);
    }
  });

  it('tells the caller an impossible name instead of holding on to an endless value or head', () => {
    const long = 'x'.repeat(5_000);
    expect(pass(form(field('model', long)), [400, 900]).models[0]?.length).toBeGreaterThan(200);
    const head = `X-Pad: ${'y'.repeat(20_000)}\r\nContent-Disposition: form-data; name="model"\r\n\r\nz`;
    expect(pass(form(field('model', 'a'), head), []).models).not.toEqual(['a']);
  });

  it('reads nothing without a usable boundary', () => {
    const body = form(field('model', 'a'));
    for (const type of ['application/json', 'multipart/form-data', 'multipart/form-data; boundary=a; boundary=b', '']) {
      expect(pass(body, [], type)).toEqual({ models: [], bytes: body });
    }
    expect(pass(body, [], 'Multipart/Form-Data; charset=utf-8; boundary="----b0undary"').models).toEqual(['a']);
  });
});
