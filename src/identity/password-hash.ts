import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { ThrottledError } from '../http/index.ts';

/** OWASP's first choice of 2025 for argon2id: 19 MiB, two passes, one lane; about 30 ms. */
const cost = { memoryKiB: 19_456, passes: 2, lanes: 1 } as const;
const saltBytes = 16;
const tagBytes = 32;

/** Hashing takes threads that files need as well, and 19 MiB each. */
const hashesAtOnce = 2;
/** About two seconds of waiting; whoever comes then is sent away. */
const hashesWaiting = 100;

interface Parsed {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Buffer;
  readonly tag: Buffer;
}

let running = 0;
const waiting: (() => void)[] = [];

/** A password as argon2id in PHC form: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<tag>`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const tag = await derive(password, { ...cost, salt, tag: Buffer.alloc(tagBytes) });
  return `$argon2id$v=19$m=${cost.memoryKiB},t=${cost.passes},p=${cost.lanes}$${base64(salt)}$${base64(tag)}`;
}

/** Takes the time of one hash whether there is something to compare with or not. */
export async function verifyPassword(hash: string | null, password: string): Promise<boolean> {
  const parsed = hash === null ? null : parse(hash);
  const tag = await derive(password, parsed ?? { ...cost, salt: randomBytes(saltBytes), tag: Buffer.alloc(tagBytes) });
  return parsed !== null && timingSafeEqual(tag, parsed.tag);
}

/** Whether a hash was made with other parameters than today's. */
export function isOutdated(hash: string): boolean {
  const parsed = parse(hash);
  return parsed === null || parsed.memoryKiB !== cost.memoryKiB || parsed.passes !== cost.passes;
}

function parse(hash: string): Parsed | null {
  const match = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$([\w+/]{20,})\$([\w+/]{40,})$/.exec(hash);
  if (!match) return null;
  const [, memory, passes, lanes, salt = '', tag = ''] = match;
  return {
    memoryKiB: Number(memory),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

async function derive(password: string, { memoryKiB, passes, lanes, salt, tag }: Parsed): Promise<Buffer> {
  await slot();
  try {
    return await new Promise((resolve, reject) => {
      const parameters = {
        // One person types é as one character, another's keyboard as two.
        message: Buffer.from(password.normalize('NFC')),
        nonce: salt,
        parallelism: lanes,
        tagLength: tag.length,
        memory: memoryKiB,
        passes,
      };
      argon2('argon2id', parameters, (error, key) => (error === null ? resolve(key) : reject(error)));
    });
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

async function slot(): Promise<void> {
  if (running < hashesAtOnce) {
    running++;
    return;
  }
  if (waiting.length >= hashesWaiting) {
    throw new ThrottledError('too_many_calls', 'Too many people sign in at once; try again in a few seconds.', 5);
  }
  // The one who leaves hands its place over, so the count stays.
  await new Promise<void>((resolve) => waiting.push(resolve));
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
