import { z } from 'zod';
import { isMailAddress } from '../mail/index.ts';

/** Input members that several endpoints take. */
export const emailField = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'must have at most 254 characters')
  .refine((text) => isMailAddress(text), 'must be a mail address such as name@example.com');

/** As it is typed: no trimming, and no rules, which are checked where one is set. */
export const passwordField = z.string().min(1, 'is missing').max(1_000, 'is too long');

export const nameField = z
  .string()
  .trim()
  .min(1, 'is missing')
  .max(100, 'must have at most 100 characters')
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'must be one line of text');

export const localeField = z.enum(['en', 'zh']);
export const tokenField = z.string().min(1, 'is missing').max(500, 'is too long');
export const codeField = z
  .string()
  .trim()
  .min(1, 'is missing')
  .max(40, 'is too long')
  .transform((text) => text.replace(/\s+/g, ''));
/** What a password is confirmed with, for changes that open a way in. */
export const confirmField = passwordField
  .optional()
  .describe('The present password. Needed unless you signed in within the last 15 minutes, or have no password.');
export const idField = z
  .string()
  .max(64)
  .regex(/^[a-z]+_[0-9a-f]+$/, 'is no id');

/** For an answer that says nothing: what was asked for has been taken up. */
export const taken = z.object({ status: z.literal('accepted') });
export const accepted = { status: 202, body: { status: 'accepted' } } as const;
