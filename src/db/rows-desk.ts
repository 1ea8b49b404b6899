import type { Generated, GeneratedAlways } from 'kysely';
import type {
  GeneratedInt8,
  GeneratedJson,
  GeneratedTime,
  Int8,
  Int8OrNull,
  Json,
  Time,
  TimeOrNull,
} from './column-types.ts';

/** Tables of the module `desk`. */
export interface DeskTables {
  calendars: CalendarRow;
  target_policies: TargetPolicyRow;
  support_plans: SupportPlanRow;
  tickets: TicketRow;
  ticket_messages: TicketMessageRow;
  ticket_attachments: TicketAttachmentRow;
  ticket_events: TicketEventRow;
  ticket_participants: TicketParticipantRow;
  ticket_facts: TicketFactRow;
  ticket_links: TicketLinkRow;
  ticket_presence: TicketPresenceRow;
  ticket_uploads: TicketUploadRow;
  ticket_upload_pieces: TicketUploadPieceRow;
  routing_rules: RoutingRuleRow;
  macros: MacroRow;
  desk_webhooks: DeskWebhookRow;
  desk_deliveries: DeskDeliveryRow;
  leaked_keys: LeakedKeyRow;
}

export interface CalendarRow {
  id: string;
  name: string;
  time_zone: string;
  week: Json<Record<string, unknown>>;
  exceptions: GeneratedJson<readonly unknown[]>;
  updated_at: GeneratedTime;
}

export interface TargetPolicyRow {
  id: string;
  version: number;
  name: string;
  calendar_id: Generated<string | null>;
  targets: Json<Record<string, unknown>>;
  created_at: GeneratedTime;
}

export interface SupportPlanRow {
  organization_id: string;
  plan: 'starter' | 'pro' | 'enterprise';
  policy_id: Generated<string | null>;
  calendar_id: Generated<string | null>;
  address: Generated<string | null>;
  updated_at: GeneratedTime;
}

export interface TicketRow {
  number: GeneratedInt8;
  subject: string;
  state: Generated<'open' | 'waiting' | 'solved' | 'closed'>;
  queue: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
  priority: Generated<'low' | 'normal' | 'high' | 'urgent'>;
  mailbox_id: Generated<string | null>;
  came_by: 'mail' | 'console' | 'api' | 'staff';
  requester_address: string;
  requester_name: Generated<string>;
  account_id: Generated<string | null>;
  organization_id: Generated<string | null>;
  verified: Generated<boolean>;
  locale: 'en' | 'zh';
  assignee_id: Generated<string | null>;
  tags: Generated<string[]>;
  snoozed_until: TimeOrNull;
  merged_into: Int8OrNull;
  target: Json<Record<string, unknown>>;
  due_at: TimeOrNull;
  due_kind: Generated<'first_response' | 'next_response' | 'resolution' | null>;
  breached: Generated<boolean>;
  notice_at: TimeOrNull;
  version: Generated<number>;
  opened_at: GeneratedTime;
  changed_at: GeneratedTime;
  last_message_at: GeneratedTime;
  last_author: Generated<'customer' | 'staff' | 'system'>;
  first_replied_at: TimeOrNull;
  solved_at: TimeOrNull;
  closed_at: TimeOrNull;
  rating: Generated<number | null>;
  rating_comment: Generated<string | null>;
  rated_at: TimeOrNull;
  unread: Generated<boolean>;
}

export interface TicketMessageRow {
  id: string;
  ticket_number: Int8;
  at: GeneratedTime;
  kind: 'in' | 'out' | 'note' | 'automatic';
  account_id: Generated<string | null>;
  author_address: Generated<string>;
  author_name: Generated<string>;
  verified: Generated<boolean>;
  subject: Generated<string>;
  body: string;
  quoted: Generated<string>;
  html: Generated<string | null>;
  recipients: GeneratedJson<Record<string, unknown>>;
  message_id: Generated<string | null>;
  incoming_id: Generated<string | null>;
  outbox_id: Generated<string | null>;
  automatic: Generated<string | null>;
  findings: GeneratedJson<readonly unknown[]>;
  search: GeneratedAlways<string | null>;
}

export interface TicketAttachmentRow {
  id: string;
  message_id: string;
  file_id: string;
  name: string;
  type: string;
  size: number;
  content_id: Generated<string | null>;
  inline: Generated<boolean>;
  scan: Generated<'clean' | 'infected' | 'unscanned'>;
}

export interface TicketEventRow {
  id: GeneratedInt8;
  ticket_number: Int8;
  at: GeneratedTime;
  kind: string;
  actor_id: Generated<string | null>;
  actor_name: Generated<string>;
  data: GeneratedJson<Record<string, unknown>>;
  once: Generated<string | null>;
}

export interface TicketParticipantRow {
  ticket_number: Int8;
  address: string;
  name: Generated<string>;
  account_id: Generated<string | null>;
  role: 'requester' | 'cc' | 'follower';
  added_at: GeneratedTime;
}

export interface TicketFactRow {
  ticket_number: Int8;
  kind: string;
  value: string;
  message_id: string;
  detail: GeneratedJson<Record<string, unknown>>;
}

export interface TicketLinkRow {
  ticket_number: Int8;
  other_number: Int8;
  kind: 'related' | 'duplicate' | 'follow_up' | 'split';
  created_by: Generated<string | null>;
  created_at: GeneratedTime;
}

export interface TicketPresenceRow {
  ticket_number: Int8;
  account_id: string;
  typing: boolean;
  seen_at: Time;
}

export interface TicketUploadRow {
  id: string;
  account_id: Generated<string | null>;
  name: string;
  size: number;
  created_at: GeneratedTime;
}

export interface TicketUploadPieceRow {
  upload_id: string;
  number: number;
  bytes: Buffer;
}

export interface RoutingRuleRow {
  id: string;
  position: number;
  name: string;
  enabled: Generated<boolean>;
  conditions: Json<Record<string, unknown>>;
  actions: Json<Record<string, unknown>>;
  updated_at: GeneratedTime;
}

export interface MacroRow {
  id: string;
  name: string;
  texts: Json<Record<string, unknown>>;
  actions: GeneratedJson<Record<string, unknown>>;
  position: Generated<number>;
  updated_at: GeneratedTime;
}

export interface DeskWebhookRow {
  id: string;
  name: string;
  url: string;
  secret: Generated<Buffer | null>;
  format: 'lodge' | 'slack';
  events: string[];
  enabled: Generated<boolean>;
  updated_at: GeneratedTime;
}

export interface DeskDeliveryRow {
  id: string;
  webhook_id: string;
  event: string;
  body: Json<Record<string, unknown>>;
  state: Generated<'waiting' | 'sent' | 'failed'>;
  attempts: Generated<number>;
  next_attempt_at: GeneratedTime;
  last_error: Generated<string | null>;
  created_at: GeneratedTime;
}

export interface LeakedKeyRow {
  key_id: string;
  reported_at: GeneratedTime;
  reported_by: string;
  ticket_number: Int8OrNull;
  disable_at: TimeOrNull;
  disabled_at: TimeOrNull;
}
