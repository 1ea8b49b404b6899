import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { dkimSign } from 'mailauth';

/** Signs mail of `.localhost` domains, which nobody but the embedded default vouches for. */
export interface DemoSigner {
  /** What every domain under `localhost` publishes. */
  readonly published: { readonly selector: string; readonly record: string };
  /** The header lines to put before a mail. `domain` is that of its `From`. */
  sign(raw: Buffer, domain: string): Promise<string>;
}

const selector = 'lodge';
/** RFC 8410: what stands before the 32 bytes of an Ed25519 private key. */
const keyPrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const rawKeyAt = 12;

/** `seed`: 32 bytes, the same on every start, so that mail signed before a restart is still proven after it. */
export function demoSigner(seed: Buffer): DemoSigner {
  const privateKey = createPrivateKey({ key: Buffer.concat([keyPrefix, seed]), format: 'der', type: 'pkcs8' });
  return {
    published: { selector, record: `v=DKIM1; k=ed25519; p=${publicPart(privateKey)}` },
    async sign(raw, domain) {
      const key = {
        signingDomain: domain,
        selector,
        privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
        algorithm: 'ed25519-sha256',
      };
      // The library wants its list; its types want one.
      const { signatures, errors } = await dkimSign(raw, { ...key, signatureData: [key] });
      if (errors.length > 0)
        throw new Error(`The mail cannot be signed: ${errors[0]?.err.message ?? 'no reason given'}`);
      return signatures;
    },
  };
}

function publicPart(privateKey: KeyObject): string {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return der.subarray(rawKeyAt).toString('base64');
}
