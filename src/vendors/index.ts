/**
 * What is known of the vendors: their endpoints, their wires read byte by byte, their errors' shapes, models and prices.
 * It reads only the members it has to, and never keeps or rewrites content. It makes no request, knows no database and
 * no key.
 */
export { applyEdits, chatUsageEdit, type Edit, modelEdits, topLevelMember, type UsageRequest } from './body-edits.ts';
export { type ClientTool, clientTool } from './client-tool.ts';
export { matchEndpoint, type NoMatch } from './endpoints.ts';
export { errorEnvelope, errorEvent, type PublicError } from './envelope.ts';
export { type ModelFacts, modelBody, modelListBody } from './model-list.ts';
export { type FormPiece, MultipartModel } from './multipart-model.ts';
export { type ObserverOptions, observer } from './observer.ts';
export { type Peek, type PeekProblem, type Place, peekBody } from './peek.ts';
export * from './prices.ts';
export {
  familiarNames,
  noRates,
  type SeedModel,
  type SeedPrice,
  type SeedVendor,
  seedModels,
  seedVendors,
} from './seed.ts';
export type {
  BodyKind,
  Endpoint,
  EndpointMatch,
  Family,
  LimitClass,
  Metering,
  ModelPlace,
  ObservedFacts,
  Observer,
  Price,
  PriceTier,
  Rates,
  Usage,
  WireId,
} from './types.ts';
export { noUsage } from './usage.ts';
