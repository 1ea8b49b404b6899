import type { Generated } from 'kysely';
import type { GeneratedJson, GeneratedTime, TimeOrNull } from './column-types.ts';

/** Tables of the module `notices`. */
export interface NoticeTables {
  announcements: AnnouncementRow;
  announcement_dismissals: AnnouncementDismissalRow;
  notifications: NotificationRow;
}

export interface AnnouncementRow {
  id: string;
  level: Generated<'info' | 'warning' | 'critical'>;
  title_en: Generated<string>;
  title_zh: Generated<string>;
  body_en: Generated<string>;
  body_zh: Generated<string>;
  starts_at: GeneratedTime;
  ends_at: TimeOrNull;
  created_by: Generated<string | null>;
  created_at: GeneratedTime;
  updated_at: GeneratedTime;
}

export interface AnnouncementDismissalRow {
  account_id: string;
  announcement_id: string;
}

export interface NotificationRow {
  account_id: string;
  id: string;
  kind: string;
  facts: GeneratedJson<Record<string, unknown>>;
  organization_id: Generated<string | null>;
  read_at: TimeOrNull;
  created_at: GeneratedTime;
}
