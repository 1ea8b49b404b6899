import { systemClock } from '../base/clock.ts';
import type { Route } from '../http/index.ts';
import { channelTestRoutes } from './route-channel-test.ts';
import { channelRoutes } from './route-channels.ts';
import { aliasRoutes, groupModelRoutes } from './route-group-models.ts';
import { groupRoutes, vendorRoutes } from './route-groups.ts';
import { modelRoutes } from './route-models.ts';
import { priceRoutes } from './route-prices.ts';
import type { CatalogueRouteOptions, RouteParts } from './route-shapes.ts';

export { type OfferRouteOptions, offerRoutes } from './route-offer.ts';
export type { CatalogueRouteOptions };

/** The admin API of the catalogue. Money and multipliers are decimal text, times ISO 8601, credentials never leave. */
export function catalogueRoutes(options: CatalogueRouteOptions): readonly Route[] {
  const { database, sealer, allowPrivate, clock = systemClock } = options;
  const parts: RouteParts = { pool: database.pool, rules: { sealer, allowPrivate }, clock };
  return [
    ...vendorRoutes(parts),
    ...groupRoutes(parts),
    ...groupModelRoutes(parts),
    ...aliasRoutes(parts),
    ...channelRoutes(parts),
    ...(options.channelTests ? channelTestRoutes(parts, options.channelTests) : []),
    ...modelRoutes(parts),
    ...priceRoutes(parts),
  ];
}
