export { type DeliveryOptions, deliverDue, webhookContext } from './deliver.ts';
export { guardedGet } from './guarded-post.ts';
export { type Audience, rolesFor } from './recipients.ts';
export {
  createTelling,
  type DeliveryBody,
  type DeskNotice,
  type DeskNoticeKind,
  queueDelivery,
  type Tell,
  type WebhookEvent,
  webhookEvents,
} from './tell.ts';
export { startDelivering } from './webhook-worker.ts';
