export { type DeliveryOptions, deliverDue, webhookContext, writtenFor } from './deliver.ts';
export { guardedGet, guardedPost } from './guarded-post.ts';
export { type Audience, recipientsOf, rolesFor } from './recipients.ts';
export {
  createTelling,
  type DeliveryBody,
  type DeskNotice,
  type DeskNoticeKind,
  deliveryChannel,
  queueDelivery,
  type Tell,
  type WebhookEvent,
  webhookEvents,
} from './tell.ts';
export { startDelivering } from './webhook-worker.ts';
