import { createHash } from 'node:crypto';
import { svgProblem } from './svg.ts';

export const logoContentTypes = ['image/svg+xml', 'image/png', 'image/webp'] as const;
export type LogoContentType = (typeof logoContentTypes)[number];

export interface Logo {
  readonly contentType: LogoContentType;
  readonly bytes: Buffer;
  /** Of exactly these bytes: it stands in the address, so that a browser keeps a logo until there is another. */
  readonly tag: string;
}

/** A logo is shown at about 30 pixels in height: 128 kB is ample. */
export const logoMaxBytes = 128 * 1024;
/** Of a side. A small file can unfold into an image that fills memory. */
const sideMaxPixels = 2_048;

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * A logo of Base64 text, or the words that complete "the logo …" for its sender.
 *
 * @param data Base64, with padding or without
 */
export function checkLogo(contentType: LogoContentType, data: string): Logo | string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(data)) return 'must be Base64 of the file, without a "data:" in front';
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > logoMaxBytes) return `has ${bytes.length} bytes; ${logoMaxBytes} is the limit`;
  const problem = imageProblem(contentType, bytes);
  if (problem !== null) return problem;
  return { contentType, bytes, tag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22) };
}

function imageProblem(contentType: LogoContentType, bytes: Buffer): string | null {
  switch (contentType) {
    case 'image/svg+xml':
      return svgProblem(bytes);
    case 'image/png':
      return sizeProblem(pngSize(bytes), 'PNG');
    case 'image/webp':
      return sizeProblem(webpSize(bytes), 'WebP');
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function sizeProblem(size: Size | null, what: string): string | null {
  if (size === null || size.width === 0 || size.height === 0) return `is not a ${what} image`;
  const { width, height } = size;
  if (Math.max(width, height) <= sideMaxPixels) return null;
  return `is ${width} × ${height} pixels; ${sideMaxPixels} a side is the limit`;
}

/** Of its first chunk, IHDR. */
function pngSize(bytes: Buffer): Size | null {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(pngStart)) return null;
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** RFC 9649: the first chunk says whether it is lossy, lossless or extended. */
function webpSize(bytes: Buffer): Size | null {
  if (bytes.length < 30) return null;
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return null;
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return null;
  }
}
