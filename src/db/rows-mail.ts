import type { Generated } from 'kysely';
import type { GeneratedJson, GeneratedTime, Int8OrNull, Json, TimeOrNull } from './column-types.ts';

/** Tables of the module `mail`. */
export interface MailTables {
  outbox: OutboxMailRow;
  suppressed_addresses: SuppressedAddressRow;
  mail_domains: MailDomainRow;
}

export interface OutboxMailRow {
  id: string;
  dedupe_key: Generated<string | null>;
  kind: string;
  account_id: Generated<string | null>;
  recipient: string;
  locale: 'en' | 'zh';
  subject: string;
  text_body: string;
  html_body: string;
  message_id: string;
  state: Generated<'waiting' | 'sending' | 'sent' | 'shown' | 'failed' | 'withdrawn' | 'suppressed'>;
  attempts: Generated<number>;
  next_attempt_at: GeneratedTime;
  last_error: Generated<string | null>;
  last_error_at: TimeOrNull;
  expires_at: TimeOrNull;
  sent_at: TimeOrNull;
  created_at: GeneratedTime;
  mailbox_id: Generated<string | null>;
  ticket_number: Int8OrNull;
  headers: GeneratedJson<Record<string, unknown>>;
  files: GeneratedJson<readonly unknown[]>;
  bounced_at: TimeOrNull;
  bounce: Json<Record<string, unknown> | null>;
  delivered: Generated<string[]>;
}

export interface SuppressedAddressRow {
  address: string;
  reason: 'bounce' | 'complaint' | 'staff';
  outbox_id: Generated<string | null>;
  detail: Generated<string>;
  created_at: GeneratedTime;
}

export interface MailDomainRow {
  domain: string;
  selector: string;
  private_key: Buffer;
  public_key: string;
  created_at: GeneratedTime;
}
