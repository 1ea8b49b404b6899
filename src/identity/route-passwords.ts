import { z } from 'zod';
import { type Route, route } from '../http/index.ts';
import { confirmProblems } from './confirm.ts';
import type { Core } from './core.ts';
import { askForEmail } from './email-change.ts';
import { changePassword, forgotPassword, resetPassword } from './passwords.ts';
import { limiter } from './route-registration.ts';
import { accepted, emailField, passwordField, taken, tokenField } from './shapes.ts';

const mailsPerHour = 60;
const newPasswordField = passwordField.describe('12 to 128 characters.');

export function passwordRoutes(core: Core): readonly Route[] {
  const mails = limiter(core, mailsPerHour);
  return [
    route({
      method: 'POST',
      path: '/control/v1/forgot-password',
      summary: 'Send a link to set a new password',
      access: 'public',
      body: z.object({ email: emailField }),
      responses: { 202: taken },
      async handle(context, { body }) {
        mails(context.actor.ipAddress);
        await forgotPassword(core, body.email);
        return accepted;
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/reset-password',
      summary: 'Set a new password with the token of a mail; all sessions end',
      access: 'public',
      body: z.object({ token: tokenField, password: newPasswordField }),
      responses: { 204: null },
      problems: { link_invalid: 400 },
      async handle(context, { body }) {
        const cookies = await resetPassword(core, context, body.token, body.password);
        return { status: 204, body: null, headers: { 'set-cookie': cookies } };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/account/password',
      summary: 'Change your password; your other sessions end',
      access: 'account',
      beforePasswordChange: true,
      body: z.object({
        password: passwordField.optional().describe('The present one; leave it out when you have none.'),
        new_password: newPasswordField,
      }),
      responses: { 204: null },
      problems: confirmProblems,
      async handle(context, { body }) {
        await changePassword(core, context, body.password, body.new_password);
        return { status: 204, body: null };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/account/email',
      summary: 'Send a link to a new address, which becomes yours once it was opened',
      access: 'account',
      body: z.object({ email: emailField, password: passwordField.optional() }),
      responses: { 202: taken },
      problems: confirmProblems,
      async handle(context, { body }) {
        mails(context.actor.ipAddress);
        await askForEmail(core, context, body.email, body.password);
        return accepted;
      },
    }),
  ];
}
