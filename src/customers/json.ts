import { z } from 'zod';
import { auditEntryShape } from '../audit/index.ts';
import { formatUsd } from '../base/money.ts';
import type { AccountParts, AccountRow } from './account-list.ts';
import type { CustomerRow } from './customer-list.ts';
import type { CustomerParts } from './customer-page.ts';

export const timeShape = z.iso.datetime();
const usd = z.string().describe('USD, exact.');
const customerKind = z.enum(['personal', 'shared']);
const customerState = z.enum(['active', 'suspended', 'deleted']);
const memberState = z.enum(['active', 'disabled']);

const customerMembers = {
  id: z.string(),
  name: z.string(),
  kind: customerKind,
  state: customerState,
  owner: z.object({ account_id: z.string(), email: z.string(), name: z.string() }).nullable(),
  members: z.int(),
  keys: z.int().describe('Without deleted ones.'),
  spend_30d_usd: usd,
  last_request_at: timeShape.nullable(),
  created_at: timeShape,
};

export const customerShape = z.object(customerMembers).meta({ id: 'Customer' });

export const customerPageShape = z
  .object({
    ...customerMembers,
    suspension: z
      .object({ reason: z.string(), at: timeShape, by: z.string().nullable(), keys_disabled: z.int() })
      .nullable(),
    member_list: z.array(
      z.object({
        account_id: z.string(),
        name: z.string(),
        email: z.string(),
        email_verified: z.boolean(),
        roles: z.array(z.string()),
        state: memberState,
        account_state: memberState,
        joined_at: timeShape,
      }),
    ),
    projects: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        team: z.string().nullable(),
        archived_at: timeShape.nullable(),
        keys: z.int(),
      }),
    ),
    key_list: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        prefix: z.string(),
        group: z.string(),
        state: z.enum(['enabled', 'disabled', 'deleted']),
        expires_at: timeShape.nullable(),
        owner_email: z.string().nullable(),
        project: z.string().nullable(),
        last_used_at: timeShape.nullable(),
        created_at: timeShape,
      }),
    ),
    recent_requests: z.array(
      z.object({
        id: z.string(),
        received_at: timeShape,
        key_prefix: z.string().nullable(),
        model: z.string().nullable(),
        status: z.int().nullable(),
        outcome: z.string(),
        error_code: z.string().nullable(),
        duration_ms: z.int().nullable(),
        actual_cost_usd: usd,
      }),
    ),
    days: z
      .array(z.object({ day: z.iso.date(), requests: z.int(), failures: z.int(), spend_usd: usd }))
      .describe('The last 30 days in UTC, oldest first.'),
    invitations: z.array(
      z.object({
        id: z.string(),
        email: z.string(),
        roles: z.array(z.string()),
        expires_at: timeShape,
        created_at: timeShape,
      }),
    ),
    audit: z.array(auditEntryShape).nullable().describe('The newest entries; null without audit.read.'),
    plan: z.null().describe('Until there are plans.'),
    tickets: z.null().describe('Until there are tickets.'),
  })
  .meta({ id: 'CustomerPage' });

const accountMembers = {
  id: z.string(),
  name: z.string(),
  email: z.string(),
  email_verified: z.boolean(),
  two_factor: z.boolean(),
  state: memberState,
  staff_role: z.enum(['admin', 'support', 'sales', 'read-only']).nullable(),
  locale: z.enum(['en', 'zh']),
  must_change_password: z.boolean(),
  organizations: z.int(),
  last_sign_in_at: timeShape.nullable(),
  created_at: timeShape,
};

export const accountShape = z.object(accountMembers).meta({ id: 'AccountSummary' });

export const accountPageShape = z
  .object({
    ...accountMembers,
    sessions: z.int().describe('That live now.'),
    passkeys: z.int(),
    access_tokens: z.int(),
    sign_ins: z.array(
      z.object({
        at: timeShape,
        method: z.string(),
        outcome: z.string(),
        ip_address: z.string().nullable(),
        device: z.string().nullable(),
        new_device: z.boolean(),
      }),
    ),
    organization_list: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: customerKind,
        state: customerState,
        roles: z.array(z.string()),
        member_state: memberState,
      }),
    ),
  })
  .meta({ id: 'AccountPage' });

export function customerBody(row: CustomerRow) {
  const { owner_id: ownerId, owner_email: email, owner_name: name } = row;
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    state: row.state,
    owner: ownerId === null ? null : { account_id: ownerId, email: email ?? '', name: name ?? '' },
    members: row.members,
    keys: row.keys,
    spend_30d_usd: formatUsd(row.spend),
    last_request_at: timeText(row.last_request_at),
    created_at: row.created_at.toISOString(),
  };
}

export function customerPartsBody(parts: CustomerParts) {
  const { suspension } = parts;
  return {
    suspension: suspension && {
      reason: suspension.reason,
      at: suspension.suspended_at.toISOString(),
      by: suspension.suspended_by,
      keys_disabled: suspension.keys,
    },
    member_list: parts.members.map(({ joined_at: at, roles, ...member }) => ({
      ...member,
      roles: [...roles],
      joined_at: at.toISOString(),
    })),
    projects: parts.projects.map((project) => ({ ...project, archived_at: timeText(project.archived_at) })),
    key_list: parts.keys.map(({ group_id: group, ...key }) => ({
      ...key,
      group,
      expires_at: timeText(key.expires_at),
      last_used_at: timeText(key.last_used_at),
      created_at: key.created_at.toISOString(),
    })),
    recent_requests: parts.requests.map(({ actual_cost: cost, ...request }) => ({
      ...request,
      received_at: request.received_at.toISOString(),
      actual_cost_usd: formatUsd(cost),
    })),
    days: parts.days.map((each) => ({
      day: each.day.toISOString().slice(0, 10),
      requests: Number(each.requests),
      failures: Number(each.failures),
      spend_usd: formatUsd(each.spend),
    })),
    invitations: parts.invitations.map((invitation) => ({
      ...invitation,
      roles: [...invitation.roles],
      expires_at: invitation.expires_at.toISOString(),
      created_at: invitation.created_at.toISOString(),
    })),
    plan: null,
    tickets: null,
  };
}

export function accountBody(row: AccountRow) {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    email_verified: row.email_verified,
    two_factor: row.two_factor_enabled,
    state: row.state,
    staff_role: row.staff_role,
    locale: row.locale,
    must_change_password: row.must_change_password,
    organizations: row.organizations,
    last_sign_in_at: timeText(row.last_sign_in_at),
    created_at: row.created_at.toISOString(),
  };
}

export function accountPartsBody(parts: AccountParts, deviceWords: (userAgent: string | null) => string | null) {
  return {
    ...accountBody(parts.account),
    sessions: parts.sessions,
    passkeys: parts.passkeys,
    access_tokens: parts.access_tokens,
    sign_ins: parts.sign_ins.map(({ user_agent: userAgent, at, ...signIn }) => ({
      ...signIn,
      at: at.toISOString(),
      device: deviceWords(userAgent),
    })),
    organization_list: parts.organizations.map((each) => ({ ...each, roles: [...each.roles] })),
  };
}

function timeText(time: Date | null): string | null {
  return time === null ? null : time.toISOString();
}
