import type { Generated } from 'kysely';
import type { GeneratedTime, Json } from './column-types.ts';

/** Tables of the module `audit`. */
export interface AuditTables {
  audit_log: AuditEntryRow;
}

export interface AuditEntryRow {
  at: GeneratedTime;
  id: string;
  organization_id: Generated<string | null>;
  actor_kind: 'account' | 'admin_token' | 'system';
  actor_id: Generated<string | null>;
  actor_name: Generated<string>;
  as_staff: Generated<boolean>;
  acting_as: Generated<string | null>;
  token_id: Generated<string | null>;
  action: string;
  subject_kind: string;
  subject_id: string;
  subject_name: Generated<string>;
  before: Json<Record<string, unknown> | null>;
  after: Json<Record<string, unknown> | null>;
  ip_address: Generated<string | null>;
  user_agent: Generated<string | null>;
  request_id: Generated<string | null>;
}
