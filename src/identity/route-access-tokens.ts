import { z } from 'zod';
import { type TokenPermission, tokenPermissions } from '../base/permissions.ts';
import { type Route, route } from '../http/index.ts';
import {
  type AccessToken,
  accessTokenProblems,
  createAccessToken,
  listAccessTokens,
  revokeAccessToken,
} from './access-tokens.ts';
import { confirmProblems } from './confirm.ts';
import type { Core } from './core.ts';
import { confirmField, idField, nameField } from './shapes.ts';

const permissionField = z.enum(tokenPermissions as [TokenPermission, ...TokenPermission[]]);
const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().describe('All of the token that is ever shown again.'),
  permissions: z.array(z.string()),
  organization: z.string().nullable().describe('Null: every organization of the account.'),
  expires_at: z.iso.datetime().nullable(),
  last_used_at: z.iso.datetime().nullable().describe('To within five minutes.'),
  created_at: z.iso.datetime(),
});
const shown = (token: AccessToken) => ({
  id: token.id,
  name: token.name,
  prefix: token.prefix,
  permissions: token.permissions,
  organization: token.organization_id,
  expires_at: token.expires_at?.toISOString() ?? null,
  last_used_at: token.last_used_at?.toISOString() ?? null,
  created_at: token.created_at.toISOString(),
});

export function accessTokenRoutes(core: Core): readonly Route[] {
  const { access_token_not_found, access_tokens_full } = accessTokenProblems;
  return [
    route({
      method: 'GET',
      path: '/control/v1/account/tokens',
      summary: 'List your access tokens',
      access: 'account',
      responses: { 200: z.object({ data: z.array(tokenSchema) }) },
      handle: async ({ person }) => ({
        status: 200,
        body: { data: (await listAccessTokens(core, person)).map(shown) },
      }),
    }),
    route({
      method: 'POST',
      path: '/control/v1/account/tokens',
      summary: 'Create an access token; its secret is shown this once',
      access: 'account',
      body: z.object({
        name: nameField,
        permissions: z.array(permissionField).min(1, 'choose at least one').max(tokenPermissions.length),
        organization: idField.nullable().default(null).describe('Null: every organization of yours.'),
        expires_at: z.iso.datetime().nullable().default(null).describe('Null: never.'),
        password: confirmField,
      }),
      responses: { 201: z.object({ token: tokenSchema, secret: z.string() }) },
      problems: { ...confirmProblems, access_tokens_full },
      async handle(context, { body }) {
        const { token, secret } = await createAccessToken(core, context, {
          name: body.name,
          permissions: body.permissions,
          organizationId: body.organization,
          expiresAt: body.expires_at === null ? null : new Date(body.expires_at),
          password: body.password,
        });
        return { status: 201, body: { token: shown(token), secret } };
      },
    }),
    route({
      method: 'DELETE',
      path: '/control/v1/account/tokens/{token}',
      summary: 'Revoke an access token, from its next call on',
      access: 'account',
      params: z.object({ token: idField }),
      responses: { 204: null },
      problems: { access_token_not_found },
      async handle(context, { params }) {
        await revokeAccessToken(core, context, params.token);
        return { status: 204, body: null };
      },
    }),
  ];
}
