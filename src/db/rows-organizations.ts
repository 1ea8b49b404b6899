import type { Generated } from 'kysely';
import type { GeneratedTime, Time, TimeOrNull } from './column-types.ts';

/** Tables of the module `organizations`. */
export interface OrganizationTables {
  organizations: OrganizationRow;
  roles: RoleRow;
  members: MemberRow;
  teams: TeamRow;
  team_members: TeamMemberRow;
  projects: ProjectRow;
  grants: GrantRow;
  invitations: InvitationRow;
}

export interface OrganizationRow {
  id: string;
  name: string;
  kind: Generated<'personal' | 'shared'>;
  state: Generated<'active' | 'suspended' | 'deleted'>;
  created_at: GeneratedTime;
  updated_at: GeneratedTime;
  leaked_key_rule: Generated<'disable' | 'grace' | 'tell'>;
  leaked_key_grace_minutes: Generated<number>;
}

export interface RoleRow {
  organization_id: string;
  id: string;
  name: string;
  note: Generated<string>;
  permissions: string[];
  created_at: GeneratedTime;
  updated_at: GeneratedTime;
}

export interface MemberRow {
  organization_id: string;
  account_id: string;
  roles: string[];
  state: Generated<'active' | 'disabled'>;
  joined_at: GeneratedTime;
  last_active_at: TimeOrNull;
}

export interface TeamRow {
  organization_id: string;
  id: string;
  name: string;
  note: Generated<string>;
  created_at: GeneratedTime;
}

export interface TeamMemberRow {
  organization_id: string;
  team_id: string;
  account_id: string;
}

export interface ProjectRow {
  organization_id: string;
  id: string;
  team_id: Generated<string | null>;
  name: string;
  note: Generated<string>;
  archived_at: TimeOrNull;
  created_at: GeneratedTime;
}

export interface GrantRow {
  organization_id: string;
  id: string;
  account_id: string;
  place: 'team' | 'project';
  place_id: string;
  role: string;
  created_at: GeneratedTime;
}

export interface InvitationRow {
  organization_id: string;
  id: string;
  email: string;
  roles: string[];
  team_ids: Generated<string[]>;
  locale: Generated<'en' | 'zh'>;
  token_hash: Buffer;
  state: Generated<'open' | 'accepted' | 'declined' | 'revoked'>;
  invited_by: Generated<string | null>;
  accepted_by: Generated<string | null>;
  expires_at: Time;
  sends: Generated<number>;
  sent_at: GeneratedTime;
  created_at: GeneratedTime;
}
