import type { Generated } from 'kysely';
import type { GeneratedTime, Int8, Time, TimeOrNull } from './column-types.ts';

/** Tables of the module `identity`. */
export interface IdentityTables {
  accounts: AccountRow;
  credentials: CredentialRow;
  sessions: SessionRow;
  verifications: VerificationRow;
  two_factors: TwoFactorRow;
  used_codes: UsedCodeRow;
  passkeys: PasskeyRow;
  sign_ins: SignInRow;
  known_devices: KnownDeviceRow;
  access_tokens: AccessTokenRow;
  replays: ReplayRow;
}

export interface AccountRow {
  id: string;
  name: string;
  email: string;
  email_verified: Generated<boolean>;
  image: Generated<string | null>;
  two_factor_enabled: Generated<boolean>;
  locale: Generated<'en' | 'zh'>;
  time_zone: Generated<string | null>;
  staff_role: Generated<'admin' | 'support' | 'sales' | 'read-only' | null>;
  state: Generated<'active' | 'disabled'>;
  must_change_password: Generated<boolean>;
  created_at: GeneratedTime;
  updated_at: GeneratedTime;
}

export interface CredentialRow {
  id: string;
  account_id: string;
  provider: string;
  subject: string;
  password: Generated<string | null>;
  access_token: Generated<string | null>;
  refresh_token: Generated<string | null>;
  id_token: Generated<string | null>;
  access_token_expires_at: TimeOrNull;
  refresh_token_expires_at: TimeOrNull;
  scope: Generated<string | null>;
  created_at: GeneratedTime;
  updated_at: GeneratedTime;
}

/** link: the first sign-in, by the mail that verifies the address, or the one after a reset. */
export type SignInMethod = 'password' | 'passkey' | 'sso' | 'recovery_code' | 'totp' | 'link';

export interface SessionRow {
  id: string;
  account_id: string;
  token: string;
  expires_at: Time;
  ip_address: Generated<string | null>;
  user_agent: Generated<string | null>;
  remember: Generated<boolean>;
  method: Generated<SignInMethod | null>;
  acting_as: Generated<string | null>;
  acting_since: TimeOrNull;
  acting_until: TimeOrNull;
  created_at: GeneratedTime;
  updated_at: GeneratedTime;
}

export interface VerificationRow {
  id: string;
  identifier: string;
  value: string;
  expires_at: Time;
  created_at: GeneratedTime;
  updated_at: GeneratedTime;
  subject: Generated<string | null>;
}

export interface TwoFactorRow {
  id: string;
  account_id: string;
  secret: string;
  backup_codes: string;
  verified: Generated<boolean | null>;
  failed_verification_count: Generated<number | null>;
  locked_until: TimeOrNull;
}

export interface UsedCodeRow {
  account_id: string;
  step: Int8;
  used_at: GeneratedTime;
}

export interface PasskeyRow {
  id: string;
  account_id: string;
  name: Generated<string | null>;
  public_key: string;
  credential_id: string;
  counter: number;
  device_type: string;
  backed_up: boolean;
  transports: Generated<string | null>;
  aaguid: Generated<string | null>;
  created_at: TimeOrNull;
}

export interface SignInRow {
  account_id: string;
  id: string;
  at: GeneratedTime;
  method: SignInMethod;
  outcome: 'passed' | 'wrong_password' | 'wrong_code' | 'disabled' | 'throttled';
  ip_address: Generated<string | null>;
  user_agent: Generated<string | null>;
  new_device: Generated<boolean>;
}

export interface KnownDeviceRow {
  account_id: string;
  device_hash: Buffer;
  first_seen_at: GeneratedTime;
  last_seen_at: GeneratedTime;
}

export interface AccessTokenRow {
  id: string;
  account_id: string;
  name: string;
  prefix: string;
  hash: Buffer;
  permissions: string;
  organization_id: Generated<string | null>;
  expires_at: TimeOrNull;
  last_used_at: TimeOrNull;
  revoked_at: TimeOrNull;
  created_at: GeneratedTime;
}

export interface ReplayRow {
  caller: string;
  idempotency_key: string;
  fingerprint: Buffer;
  status: Generated<number | null>;
  reply_sealed: Generated<Buffer | null>;
  created_at: GeneratedTime;
}
