import type { Answer } from '../../api/client.ts';

export type Mail = Answer<'/admin/v1/mail'>['data'][number];

export const states = [
  'waiting',
  'sending',
  'sent',
  'shown',
  'failed',
  'withdrawn',
  'suppressed',
] as const satisfies readonly Mail['state'][];

export const kinds = [
  'verify-email',
  'already-registered',
  'reset-password',
  'verify-new-email',
  'email-changed',
  'password-changed',
  'new-device',
  'two-factor-changed',
  'passkey-changed',
  'recovery-code-used',
  'access-token-created',
  'invitation',
  'key-disabled',
  'key-reported',
  'ticket-pressing',
  'test',
  'ticket-reply',
  'ticket-answer',
] as const;
