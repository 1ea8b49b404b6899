/**
 * What the operator sells: vendors, groups, channels, models, aliases and prices, kept in Postgres and checked on the
 * way in. It seeds a new site, follows every change within a second for the gateway, and keeps every version of a price.
 * It never gives a credential back, never changes a price that was in force, and knows no request and no customer.
 */
export { isPublicAddress } from './address-rules.ts';
export {
  addChannel,
  type ChannelRules,
  getChannel,
  listChannels,
  removeChannel,
  setChannel,
} from './channel-store.ts';
export { firstStart } from './first-start.ts';
export {
  addAlias,
  addGroupModels,
  listAliases,
  listGroupModels,
  removeAlias,
  removeGroupModel,
  setAlias,
  setGroupModels,
} from './group-models.ts';
export {
  addGroup,
  getGroup,
  listGroups,
  removeGroup,
  setGroup,
} from './group-store.ts';
export {
  addModel,
  getModel,
  listModels,
  modelPlace,
  removeModel,
  setModel,
} from './model-store.ts';
export { refreshPrices } from './price-refresh.ts';
export { listPrices, removePrice, setPrice } from './price-store.ts';
export { catalogueProblems } from './problems.ts';
export { loadCatalogue } from './snapshot.ts';
export {
  addVendor,
  getVendor,
  listVendors,
  removeVendor,
  setVendor,
} from './vendor-store.ts';
export { type CatalogueView, pruneChanges, watchCatalogue } from './watch.ts';
