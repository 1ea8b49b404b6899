import { z } from 'zod';
import { type Route, route } from '../http/index.ts';
import { confirmProblems } from './confirm.ts';
import type { Core } from './core.ts';
import { codeField, passwordField } from './shapes.ts';
import { confirmEnrolment, disable, enrol, renewRecoveryCodes, twoFactorProblems } from './two-factor.ts';

const only = <Code extends keyof typeof twoFactorProblems>(...codes: Code[]) => ({
  ...confirmProblems,
  ...Object.fromEntries(codes.map((code) => [code, twoFactorProblems[code]])),
});
const body = z.object({
  password: passwordField.optional().describe('The present one; leave it out if you have none.'),
});
const codesSchema = z.object({
  recovery_codes: z.array(z.string()).describe('Shown this once; each opens one sign-in.'),
});

export function twoFactorRoutes(core: Core): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/control/v1/account/two-factor',
      summary: 'Begin to set up two-factor sign-in: a secret and recovery codes, shown this once',
      access: 'account',
      body,
      responses: {
        200: codesSchema.extend({
          uri: z.string().describe('otpauth://…, for a QR code.'),
          secret: z.string().describe('The same in base32, for typing.'),
        }),
      },
      problems: only('two_factor_on'),
      async handle(context, input) {
        const { uri, secret, recoveryCodes } = await enrol(core, context, input.body.password);
        return { status: 200, body: { uri, secret, recovery_codes: [...recoveryCodes] } };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/account/two-factor/confirm',
      summary: 'Turn two-factor sign-in on with a first one-time code',
      access: 'account',
      body: z.object({ code: codeField }),
      responses: { 204: null },
      problems: only('two_factor_on', 'two_factor_code_wrong'),
      async handle(context, input) {
        await confirmEnrolment(core, context, input.body.code);
        return { status: 204, body: null };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/account/two-factor/disable',
      summary: 'Turn two-factor sign-in off',
      access: 'account',
      body,
      responses: { 204: null },
      problems: only('two_factor_off'),
      async handle(context, input) {
        await disable(core, context, input.body.password);
        return { status: 204, body: null };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/account/two-factor/recovery-codes',
      summary: 'Make new recovery codes; those of before open nothing any more',
      access: 'account',
      body,
      responses: { 200: codesSchema },
      problems: only('two_factor_off'),
      async handle(context, input) {
        const codes = await renewRecoveryCodes(core, context, input.body.password);
        return { status: 200, body: { recovery_codes: codes } };
      },
    }),
  ];
}
