import { z } from 'zod';
import { type Route, route, Throttle, ThrottledError } from '../http/index.ts';
import type { Core } from './core.ts';
import { takeEmail } from './email-change.ts';
import { register, resendVerification, verifyEmail } from './registration.ts';
import { accepted, emailField, localeField, nameField, passwordField, taken, tokenField } from './shapes.ts';

const hourMs = 3_600_000;
/** Of one address; a class of students registers within a lesson. */
const registrationsPerHour = 60;
const mailsPerHour = 60;

/** Answers 202 whether there is such an account or not. */
export function registrationRoutes(core: Core): readonly Route[] {
  const registrations = limiter(core, registrationsPerHour);
  const mails = limiter(core, mailsPerHour);
  return [
    route({
      method: 'POST',
      path: '/control/v1/register',
      summary: 'Create an account',
      access: 'public',
      body: z.object({
        name: nameField,
        email: emailField,
        password: passwordField.describe('12 to 128 characters; refused when it is common or made of your address.'),
        locale: localeField.default('en'),
        invitation: tokenField.optional().describe('Token of an invitation: lets you in where registration is closed.'),
      }),
      responses: { 202: taken },
      problems: { registration_closed: 403 },
      async handle(context, { body }) {
        registrations(context.actor.ipAddress);
        await register(core, context, { ...body, invitation: body.invitation ?? null });
        return accepted;
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/verify-email',
      summary: 'Verify an address with the token of a mail: a new account’s, which signs in, or a changed one',
      access: 'public',
      body: z.object({ token: tokenField }),
      responses: { 200: z.object({ next: z.enum(['done', 'email_changed']) }) },
      problems: { link_invalid: 400, sign_in_failed: 401, email_taken: 409 },
      async handle(context, { body }) {
        if (await takeEmail(core, context, body.token))
          return { status: 200, body: { next: 'email_changed' as const } };
        const cookies = await verifyEmail(core, context, body.token);
        return { status: 200, body: { next: 'done' as const }, headers: { 'set-cookie': cookies } };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/verify-email/resend',
      summary: 'Send the mail that verifies an address again',
      access: 'public',
      body: z.object({ email: emailField }),
      responses: { 202: taken },
      async handle(context, { body }) {
        mails(context.actor.ipAddress);
        await resendVerification(core, body.email);
        return accepted;
      },
    }),
  ];
}

/** @returns a function that counts an address and throws `too_many_calls` */
export function limiter(core: Core, perHour: number): (ipAddress: string | null) => void {
  const throttle = new Throttle(core.clock, perHour, hourMs);
  return (ipAddress) => {
    const waitSeconds = throttle.count(ipAddress ?? '');
    if (waitSeconds === 0) return;
    const minutes = Math.ceil(waitSeconds / 60);
    const message = `Too many of these from your network; try again in ${minutes} minutes.`;
    throw new ThrottledError('too_many_calls', message, waitSeconds);
  };
}
