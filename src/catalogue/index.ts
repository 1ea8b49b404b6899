/**
 * What the operator sells: vendors, groups, channels, models, aliases and prices, kept in Postgres and checked on the
 * way in. It seeds a new site, follows every change within a second for the gateway, and keeps every version of a price.
 * It never gives a credential back, never changes a price that was in force, and knows no request and no customer.
 */
export { isPublicAddress } from './address-rules.ts';
export {
  addChannel,
  type ChannelChange,
  type ChannelInput,
  type ChannelRules,
  type ChannelView,
  getChannel,
  listChannels,
  removeChannel,
  type Sealer,
  setChannel,
} from './channel-store.ts';
export { type FirstStart, firstStart } from './first-start.ts';
export {
  type AliasView,
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
  type GroupChange,
  type GroupInput,
  type GroupView,
  getGroup,
  listGroups,
  removeGroup,
  setGroup,
} from './group-store.ts';
export {
  addModel,
  getModel,
  listModels,
  type ModelChange,
  type ModelInput,
  type ModelView,
  modelPlace,
  removeModel,
  setModel,
} from './model-store.ts';
export { type RateName, type RateTexts, rateNames, type TierInput } from './price-form.ts';
export { type PriceChange, type PriceRefresh, refreshPrices } from './price-refresh.ts';
export { getPrice, listPrices, type PriceInput, type PriceView, removePrice, setPrice } from './price-store.ts';
export { type CatalogueProblem, catalogueProblems } from './problems.ts';
export { loadCatalogue, type SnapshotOptions } from './snapshot.ts';
export type { Page } from './sql.ts';
export {
  addVendor,
  getVendor,
  listVendors,
  removeVendor,
  setVendor,
  type VendorInput,
  type VendorView,
} from './vendor-store.ts';
export { type CatalogueView, pruneChanges, type WatchOptions, watchCatalogue } from './watch.ts';
