import type { Generated } from 'kysely';
import type { GeneratedJson, GeneratedTime, Int8, Int8OrNull, Json, TimeOrNull } from './column-types.ts';

/** Tables of the module `mailroom`. */
export interface MailroomTables {
  mailboxes: MailboxRow;
  mailbox_cursors: MailboxCursorRow;
  incoming_mails: IncomingMailRow;
  incoming_places: IncomingPlaceRow;
  files: FileRow;
  file_pieces: FilePieceRow;
}

export interface MailboxRow {
  id: string;
  address: string;
  name: string;
  purpose: Generated<'support' | 'billing' | 'security'>;
  enabled: Generated<boolean>;
  signatures: GeneratedJson<Record<string, unknown>>;
  imap: Json<Record<string, unknown> | null>;
  imap_secret: Generated<Buffer | null>;
  created_at: GeneratedTime;
  updated_at: GeneratedTime;
}

export interface MailboxCursorRow {
  mailbox_id: string;
  folder: string;
  uid_validity: Int8;
  last_uid: Int8;
  polled_at: TimeOrNull;
  last_error: Generated<string | null>;
  last_error_at: TimeOrNull;
}

export interface IncomingMailRow {
  id: string;
  mailbox_id: Generated<string | null>;
  came_by: 'smtp' | 'imap' | 'command';
  received_at: GeneratedTime;
  message_id: string;
  sha256: Buffer;
  content_sha256: Buffer;
  size: number;
  envelope: Json<Record<string, unknown>>;
  raw: Generated<Buffer | null>;
  state: Generated<'stored' | 'read' | 'threaded' | 'routed' | 'answered' | 'quarantined' | 'ignored'>;
  attempts: Generated<number>;
  next_attempt_at: GeneratedTime;
  last_error: Generated<string | null>;
  quarantine_code: Generated<string | null>;
  quarantined_from: Generated<string | null>;
  reading: Json<Record<string, unknown> | null>;
  ticket_number: Int8OrNull;
  message: Generated<string | null>;
  opened_ticket: Generated<boolean>;
  repeats: GeneratedJson<readonly unknown[]>;
}

export interface IncomingPlaceRow {
  mailbox_id: string;
  folder: string;
  uid_validity: Int8;
  uid: Int8;
  mail_id: string;
}

export interface FileRow {
  id: string;
  sha256: Buffer;
  size: number;
  created_at: GeneratedTime;
}

export interface FilePieceRow {
  file_id: string;
  number: number;
  bytes: Buffer;
}
