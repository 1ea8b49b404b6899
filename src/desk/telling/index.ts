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
