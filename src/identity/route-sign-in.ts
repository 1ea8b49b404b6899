import { z } from 'zod';
import { InputError, type Route, route } from '../http/index.ts';
import type { Core } from './core.ts';
import { signInSecondFactor } from './second-factor.ts';
import { codeField, emailField, passwordField } from './shapes.ts';
import { signIn } from './sign-in.ts';

export const signInProblems = {
  sign_in_failed: 401,
  sign_in_throttled: 429,
  email_unverified: 403,
} as const;

const nextSchema = z.object({ next: z.enum(['done', 'two_factor']) });

export function signInRoutes(core: Core): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/control/v1/sign-in',
      summary: 'Sign in with address and password',
      access: 'public',
      body: z.object({
        email: emailField,
        password: passwordField,
        remember: z.boolean().default(false).describe('Stay signed in for 30 days of disuse instead of 7.'),
      }),
      responses: { 200: nextSchema },
      problems: signInProblems,
      async handle(context, { body }) {
        const { next, cookies } = await signIn(core, context, body);
        return { status: 200, body: { next }, headers: { 'set-cookie': cookies } };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/sign-in/two-factor',
      summary: 'Finish a sign-in with a one-time code or a recovery code',
      access: 'public',
      body: z.object({
        code: codeField.optional(),
        recovery_code: codeField.optional(),
        trust_device: z.boolean().default(false).describe('Ask this browser for no code for 30 days.'),
      }),
      responses: { 200: nextSchema },
      problems: { sign_in_failed: 401, sign_in_throttled: 429, two_factor_expired: 401, two_factor_code_wrong: 401 },
      async handle(context, { body }) {
        const factor = factorOf(body.code, body.recovery_code);
        const { next, cookies } = await signInSecondFactor(core, context, factor, body.trust_device);
        return { status: 200, body: { next }, headers: { 'set-cookie': cookies } };
      },
    }),
  ];
}

function factorOf(code: string | undefined, recoveryCode: string | undefined) {
  if (code !== undefined && recoveryCode === undefined) return { kind: 'totp', code } as const;
  if (recoveryCode !== undefined && code === undefined) return { kind: 'recovery_code', code: recoveryCode } as const;
  throw new InputError([{ field: 'body.code', message: 'give either code or recovery_code' }]);
}
