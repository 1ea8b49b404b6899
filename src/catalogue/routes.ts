import type { Route } from '../http/index.ts';
import { channelRoutes } from './route-channels.ts';
import { aliasRoutes, groupModelRoutes } from './route-group-models.ts';
import { groupRoutes, vendorRoutes } from './route-groups.ts';
import { modelRoutes } from './route-models.ts';
import { priceRoutes } from './route-prices.ts';
import type { CatalogueRouteOptions } from './route-shapes.ts';

export type { CatalogueRouteOptions };

/** The admin API of the catalogue. Money and multipliers are decimal text, times ISO 8601, credentials never leave. */
export function catalogueRoutes(options: CatalogueRouteOptions): readonly Route[] {
  return [
    ...vendorRoutes(options),
    ...groupRoutes(options),
    ...groupModelRoutes(options),
    ...aliasRoutes(options),
    ...channelRoutes(options),
    ...modelRoutes(options),
    ...priceRoutes(options),
  ];
}
