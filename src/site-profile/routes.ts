import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { FileBody, type FilePieces, InputError, type Route, route } from '../http/index.ts';
import {
  publicSiteBody,
  publicSiteSchema,
  type SiteSurroundings,
  siteChangeBody,
  siteSettingsBody,
  siteSettingsSchema,
} from './json.ts';
import { checkLogo, type Logo } from './logo.ts';
import type { SiteProfileStore } from './store.ts';

export type { SiteSurroundings };

const yearSeconds = 31_536_000;

/** An SVG of our own origin that somebody opens by itself runs nothing, and loads nothing. */
const logoPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/** The site's face: for everybody, and for the staff who change it. */
export function siteProfileRoutes(store: SiteProfileStore, surroundings: SiteSurroundings): readonly Route[] {
  return [...publicRoutes(store, surroundings), ...staffRoutes(store, surroundings)];
}

function publicRoutes(store: SiteProfileStore, surroundings: SiteSurroundings): Route[] {
  return [
    route({
      method: 'GET',
      path: '/control/v1/site',
      summary: 'Show what everybody may know of the site',
      access: 'public',
      responses: { 200: publicSiteSchema },
      handle: async () => ({
        status: 200,
        body: publicSiteBody(store.current(), store.defaults, surroundings),
      }),
    }),
    route({
      method: 'GET',
      path: '/control/v1/site/logo',
      summary: 'Load the site’s logo',
      access: 'public',
      query: z.object({
        v: z.string().max(100).optional().describe('As in logo_url: then it may be kept for a year.'),
      }),
      responses: { 200: new FileBody('image/*') },
      problems: { logo_not_found: 404 },
      async handle(_context, { query }) {
        const logo = await store.logo();
        if (logo === null) throw new AppError('logo_not_found', 'This site has no logo.');
        const kept = query.v === logo.tag ? `public, max-age=${yearSeconds}, immutable` : 'no-cache';
        const headers = {
          'content-type': logo.contentType,
          'content-length': String(logo.bytes.length),
          'content-security-policy': logoPolicy,
          'cache-control': kept,
          etag: `"${logo.tag}"`,
        };
        return { status: 200, body: onePiece(logo.bytes), headers };
      },
    }),
  ];
}

function staffRoutes(store: SiteProfileStore, { url }: SiteSurroundings): Route[] {
  const path = '/admin/v1/site';
  return [
    route({
      method: 'GET',
      path,
      summary: 'Show the site’s settings',
      access: 'staff:site.read',
      responses: { 200: siteSettingsSchema },
      handle: async () => ({ status: 200, body: siteSettingsBody(store.stored(), store.defaults, url()) }),
    }),
    route({
      method: 'PATCH',
      path,
      summary: 'Change the site’s settings; members left out stay as they are',
      access: 'staff:site.write',
      body: siteChangeBody,
      responses: { 200: siteSettingsSchema },
      async handle({ actor }, { body: { logo, ...members } }) {
        const change = logo === undefined ? members : { ...members, logo: logo && logoOf(logo) };
        const outcome = await store.change(actor, change);
        if (outcome.kind === 'wrong') {
          throw new InputError(outcome.problems.map(({ member, message }) => ({ field: `body.${member}`, message })));
        }
        return { status: 200, body: siteSettingsBody(store.stored(), store.defaults, url()) };
      },
    }),
  ];
}

function logoOf({ content_type, data }: NonNullable<z.output<typeof siteChangeBody>['logo']>): Logo {
  const logo = checkLogo(content_type, data);
  if (typeof logo === 'string') throw new InputError([{ field: 'body.logo', message: `the logo ${logo}` }]);
  return logo;
}

async function* onePiece(bytes: Buffer): FilePieces {
  yield bytes;
}
