import { createHmac } from 'node:crypto';
import type { RedactionOptions } from '../kinds.ts';

export const options: RedactionOptions = {
  site: 'lodge',
  personalData: false,
  fingerprint: (secret) => createHmac('sha256', 'a key of the test').update(secret).digest('base64url'),
};
