export { decideRoute } from './decide-route.ts';
export {
  firstQueueOf,
  type ReadSigns,
  type Report,
  type ReportSigns,
  routeMail,
  routeTicket,
} from './route-mail.ts';
export {
  type Actions,
  actionsShape,
  type Conditions,
  conditionsShape,
  type Prefix,
  type Route,
  type RoutingFacts,
  type RoutingRule,
} from './rule.ts';
export { readRules, type StoredRule } from './rules-store.ts';
