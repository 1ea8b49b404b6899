import { z } from 'zod';
import { type Route, route } from '../http/index.ts';
import { confirmProblems } from './confirm.ts';
import type { Core } from './core.ts';
import {
  addPasskey,
  deletePasskey,
  listPasskeys,
  type PasskeyRow,
  passkeyProblems,
  renamePasskey,
  signInPasskey,
  startPasskey,
  startPasskeySignIn,
} from './passkeys.ts';
import { confirmField, idField, nameField } from './shapes.ts';

const webAuthn = z.record(z.string().max(100), z.unknown());
const optionsSchema = z.object({ options: webAuthn.describe('For the browser, in the JSON form of WebAuthn.') });
const responseField = z
  .looseObject({
    id: z.string().min(1).max(2_000),
    rawId: z.string().min(1).max(2_000),
    type: z.literal('public-key'),
    response: z.record(z.string().max(100), z.unknown()),
    clientExtensionResults: z.record(z.string().max(100), z.unknown()),
  })
  .describe('What the browser answered, in the JSON form of WebAuthn.');
const passkeyName = nameField.max(60, 'must have at most 60 characters');
const passkeySchema = z.object({
  id: z.string(),
  name: z.string(),
  created_at: z.iso.datetime().nullable(),
  synced: z.boolean().describe('Kept by a password manager or a cloud, not by one device alone.'),
});
const shown = ({ id, name, created_at, backed_up }: PasskeyRow) => ({
  id,
  name: name ?? 'Passkey',
  created_at: created_at?.toISOString() ?? null,
  synced: backed_up,
});

export function passkeyRoutes(core: Core): readonly Route[] {
  return [...signInRoutes(core), ...ownRoutes(core), ...oneRoutes(core)];
}

function signInRoutes(core: Core): Route[] {
  return [
    route({
      method: 'POST',
      path: '/control/v1/sign-in/passkey/options',
      summary: 'Begin to sign in with a passkey',
      access: 'public',
      responses: { 200: optionsSchema },
      async handle(context) {
        const { options, cookies } = await startPasskeySignIn(core, context);
        return { status: 200, body: { options }, headers: { 'set-cookie': cookies } };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/sign-in/passkey',
      summary: 'Sign in with a passkey',
      access: 'public',
      body: z.object({ response: responseField, remember: z.boolean().default(false) }),
      responses: { 200: z.object({ next: z.literal('done') }) },
      problems: { passkey_failed: passkeyProblems.passkey_failed },
      async handle(context, { body }) {
        const cookies = await signInPasskey(core, context, body.response, body.remember);
        return { status: 200, body: { next: 'done' as const }, headers: { 'set-cookie': cookies } };
      },
    }),
  ];
}

function ownRoutes(core: Core): Route[] {
  const { passkey_failed, passkeys_full } = passkeyProblems;
  return [
    route({
      method: 'GET',
      path: '/control/v1/account/passkeys',
      summary: 'List your passkeys',
      access: 'account',
      responses: { 200: z.object({ data: z.array(passkeySchema) }) },
      handle: async ({ person }) => ({
        status: 200,
        body: { data: (await listPasskeys(core, person)).map(shown) },
      }),
    }),
    route({
      method: 'POST',
      path: '/control/v1/account/passkeys/options',
      summary: 'Begin to add a passkey',
      access: 'account',
      body: z.object({ password: confirmField }),
      responses: { 200: optionsSchema },
      problems: { ...confirmProblems, passkeys_full },
      async handle(context, { body }) {
        const { options, cookies } = await startPasskey(core, context, body.password);
        return { status: 200, body: { options }, headers: { 'set-cookie': cookies } };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/account/passkeys',
      summary: 'Add a passkey',
      access: 'account',
      body: z.object({ name: passkeyName, response: responseField }),
      responses: { 201: passkeySchema },
      problems: { passkey_failed },
      handle: async (context, { body }) => ({
        status: 201,
        body: shown(await addPasskey(core, context, body.name, body.response)),
      }),
    }),
  ];
}

function oneRoutes(core: Core): Route[] {
  const { passkey_not_found } = passkeyProblems;
  return [
    route({
      method: 'PATCH',
      path: '/control/v1/account/passkeys/{passkey}',
      summary: 'Rename a passkey',
      access: 'account',
      params: z.object({ passkey: idField }),
      body: z.object({ name: passkeyName }),
      responses: { 204: null },
      problems: { passkey_not_found },
      async handle(context, { params, body }) {
        await renamePasskey(core, context, params.passkey, body.name);
        return { status: 204, body: null };
      },
    }),
    route({
      method: 'DELETE',
      path: '/control/v1/account/passkeys/{passkey}',
      summary: 'Delete a passkey',
      access: 'account',
      params: z.object({ passkey: idField }),
      responses: { 204: null },
      problems: { passkey_not_found },
      async handle(context, { params }) {
        await deletePasskey(core, context, params.passkey);
        return { status: 204, body: null };
      },
    }),
  ];
}
