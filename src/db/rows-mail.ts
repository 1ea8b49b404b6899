import type { Generated } from 'kysely';
import type { GeneratedTime, TimeOrNull } from './column-types.ts';

/** Tables of the module `mail`. */
export interface MailTables {
  outbox: OutboxMailRow;
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
  state: Generated<'waiting' | 'sending' | 'sent' | 'shown' | 'failed'>;
  attempts: Generated<number>;
  next_attempt_at: GeneratedTime;
  last_error: Generated<string | null>;
  last_error_at: TimeOrNull;
  expires_at: TimeOrNull;
  sent_at: TimeOrNull;
  created_at: GeneratedTime;
}
