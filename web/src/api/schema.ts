// Made by `npm run generate` from docs/openapi.json. Not edited.

export interface AccountPage {
  id: string;
  name: string;
  email: string;
  email_verified: boolean;
  two_factor: boolean;
  state: 'active' | 'disabled';
  staff_role: 'admin' | 'support' | 'sales' | 'read-only' | null;
  locale: 'en' | 'zh';
  must_change_password: boolean;
  organizations: number;
  last_sign_in_at: string | null;
  created_at: string;
  /** That live now. */
  sessions: number;
  passkeys: number;
  access_tokens: number;
  sign_ins: {
    at: string;
    method: string;
    outcome: string;
    ip_address: string | null;
    device: string | null;
    new_device: boolean;
  }[];
  organization_list: {
    id: string;
    name: string;
    kind: 'personal' | 'shared';
    state: 'active' | 'suspended' | 'deleted';
    roles: string[];
    member_state: 'active' | 'disabled';
  }[];
}

export interface AccountSummary {
  id: string;
  name: string;
  email: string;
  email_verified: boolean;
  two_factor: boolean;
  state: 'active' | 'disabled';
  staff_role: 'admin' | 'support' | 'sales' | 'read-only' | null;
  locale: 'en' | 'zh';
  must_change_password: boolean;
  organizations: number;
  last_sign_in_at: string | null;
  created_at: string;
}

export interface Alias {
  group: string;
  alias: string;
  model: string;
}

export interface Announcement {
  id: string;
  level: 'info' | 'warning' | 'critical';
  title: string;
  /** Plain text; an empty line divides paragraphs. */
  body: string;
  starts_at: string;
  /** Null: until it is taken back. */
  ends_at: string | null;
  dismissed: boolean;
}

export interface AuditEntry {
  id: string;
  at: string;
  /** `<subject>.<what happened>`: `key.disabled`. */
  action: string;
  /** Null: the site itself. */
  organization: {
    id: string;
    name: string;
  } | null;
  actor: {
    /** support: staff of the site, as customers see them. */
    kind: 'account' | 'support' | 'admin_token' | 'system';
    id: string | null;
    name: string;
    /** With whose eyes staff looked. */
    acting_as: {
      id: string;
      email: string | null;
    } | null;
    token: {
      id: string;
      name: string | null;
    } | null;
  };
  subject: {
    kind: string;
    id: string;
    name: string;
  };
  /** Members that changed, as they were. */
  before: Record<string, unknown> | null;
  /** The same, as they are since. */
  after: Record<string, unknown> | null;
  from: {
    ip_address: string | null;
    /** Such as "Firefox on Windows". */
    device: string | null;
  };
  request_id: string | null;
}

export interface Calendar {
  id: string;
  name: string;
  /** Of the IANA database, such as "Europe/Paris". */
  time_zone: string;
  /** Local times; a day that is missing is closed. */
  week: {
    monday?: {
      from: string;
      to: string;
    }[];
    tuesday?: {
      from: string;
      to: string;
    }[];
    wednesday?: {
      from: string;
      to: string;
    }[];
    thursday?: {
      from: string;
      to: string;
    }[];
    friday?: {
      from: string;
      to: string;
    }[];
    saturday?: {
      from: string;
      to: string;
    }[];
    sunday?: {
      from: string;
      to: string;
    }[];
  };
  /** Dates on which it is otherwise; without ranges: closed. */
  exceptions: {
    date: string;
    name: string;
    ranges: {
      from: string;
      to: string;
    }[];
  }[];
}

export interface Channel {
  id: string;
  group: string;
  name: string;
  base_url: string;
  credential: {
    /** unreadable: sealed under another LODGE_SECRET */
    state: 'set' | 'unset' | 'unreadable';
    last_four: string | null;
  };
  weight: number;
  region: string | null;
  wire: 'openai' | 'anthropic' | 'gemini';
  enabled: boolean;
  created_at: string;
  updated_at: string;
}

export interface ChannelHealth {
  id: string;
  name: string;
  group: string;
  vendor: string;
  /** resting: after failures in a row, tried again soon. idle: nothing has come its way. */
  condition: 'healthy' | 'failing' | 'resting' | 'idle' | 'disabled';
  /** On the node that answers. */
  failures_in_row: number;
  rests_for_ms: number;
  last_failure_at: string | null;
  /** Tries of the last quarter of an hour. */
  calls: number;
  failures: number;
  /** The code that failed most. */
  main_failure: string | null;
  /** Until the upstream’s head, of tries that served. */
  head_p50_ms: number | null;
  head_p95_ms: number | null;
  last_call_at: string | null;
}

export interface ChannelTest {
  /** Whether calls over this channel will be served. */
  ok: boolean;
  /** Of the upstream; null when none came. */
  status: number | null;
  failure: 'forbidden' | 'connect' | 'timeout' | 'broken' | null;
  duration_ms: number;
  message: string;
}

export interface CreatedKey {
  key: Key;
  /** The whole key. Shown now and never again. */
  secret: string;
}

export interface Customer {
  id: string;
  name: string;
  kind: 'personal' | 'shared';
  state: 'active' | 'suspended' | 'deleted';
  owner: {
    account_id: string;
    email: string;
    name: string;
  } | null;
  members: number;
  /** Without deleted ones. */
  keys: number;
  /** USD, exact. */
  spend_30d_usd: string;
  last_request_at: string | null;
  created_at: string;
}

export interface CustomerMessage {
  id: string;
  kind: 'in' | 'out' | 'automatic';
  at: string;
  author: {
    name: string;
    /** Empty: the site’s own people. */
    address: string;
    role: 'customer' | 'support' | 'program';
  };
  text: string;
  quoted: string;
  has_html: boolean;
  /** How many secrets were taken out. */
  redacted: number;
  attachments: TicketAttachment[];
}

export interface CustomerPage {
  id: string;
  name: string;
  kind: 'personal' | 'shared';
  state: 'active' | 'suspended' | 'deleted';
  owner: {
    account_id: string;
    email: string;
    name: string;
  } | null;
  members: number;
  /** Without deleted ones. */
  keys: number;
  /** USD, exact. */
  spend_30d_usd: string;
  last_request_at: string | null;
  created_at: string;
  suspension: {
    reason: string;
    at: string;
    by: string | null;
    keys_disabled: number;
  } | null;
  member_list: {
    account_id: string;
    name: string;
    email: string;
    email_verified: boolean;
    roles: string[];
    state: 'active' | 'disabled';
    account_state: 'active' | 'disabled';
    joined_at: string;
  }[];
  projects: {
    id: string;
    name: string;
    team: string | null;
    archived_at: string | null;
    keys: number;
  }[];
  key_list: {
    id: string;
    name: string;
    prefix: string;
    group: string;
    state: 'enabled' | 'disabled' | 'deleted';
    expires_at: string | null;
    owner_email: string | null;
    project: string | null;
    last_used_at: string | null;
    created_at: string;
  }[];
  recent_requests: {
    id: string;
    received_at: string;
    key_prefix: string | null;
    model: string | null;
    status: number | null;
    outcome: string;
    error_code: string | null;
    duration_ms: number | null;
    /** USD, exact. */
    actual_cost_usd: string;
  }[];
  /** The last 30 days in UTC, oldest first. */
  days: {
    day: string;
    requests: number;
    failures: number;
    /** USD, exact. */
    spend_usd: string;
  }[];
  invitations: {
    id: string;
    email: string;
    roles: string[];
    expires_at: string;
    created_at: string;
  }[];
  /** The newest entries; null without audit.read. */
  audit: AuditEntry[] | null;
  /** Until there are plans. */
  plan: null;
  /** Until there are tickets. */
  tickets: null;
}

export interface CustomerTicket {
  /** `T-1001`. */
  id: string;
  subject: string;
  /** waiting: for you. */
  state: 'open' | 'waiting' | 'solved' | 'closed';
  category: 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'question';
  priority: 'low' | 'normal' | 'high' | 'urgent';
  requester: {
    address: string;
    name: string;
  };
  /** You have opened it. */
  own: boolean;
  organization_id: string | null;
  /** When an answer was promised for; null: nothing was promised, or we wait for you. */
  due_at: string | null;
  last_author: 'customer' | 'staff' | 'system';
  last_message_at: string;
  opened_at: string;
  solved_at: string | null;
  closed_at: string | null;
  merged_into: string | null;
  rating: number | null;
}

export interface CustomerTicketPage {
  /** `T-1001`. */
  id: string;
  subject: string;
  /** waiting: for you. */
  state: 'open' | 'waiting' | 'solved' | 'closed';
  category: 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'question';
  priority: 'low' | 'normal' | 'high' | 'urgent';
  requester: {
    address: string;
    name: string;
  };
  /** You have opened it. */
  own: boolean;
  organization_id: string | null;
  /** When an answer was promised for; null: nothing was promised, or we wait for you. */
  due_at: string | null;
  last_author: 'customer' | 'staff' | 'system';
  last_message_at: string;
  opened_at: string;
  solved_at: string | null;
  closed_at: string | null;
  merged_into: string | null;
  rating: number | null;
  messages: CustomerMessage[];
  participants: {
    address: string;
    name: string;
  }[];
  /** False: closed for over 30 days, or merged. Open another one then. */
  can_reply: boolean;
  /** What became of it. */
  history: {
    kind: string;
    at: string;
  }[];
  plan: 'starter' | 'pro' | 'enterprise';
}

export interface Dashboard {
  time_zone: string;
  /** See usage. */
  day_shift_minutes: number;
  /** Requests and tokens of the last minute, as far as they have ended. */
  now: {
    rpm: number;
    tpm: number;
  };
  /** Since midnight in the time zone. */
  today: {
    /** All, refused ones included. */
    requests: number;
    /** Refused, failed or broken off. */
    failures: number;
    input_tokens: number;
    output_tokens: number;
    cache_write_tokens: number;
    cache_read_tokens: number;
    total_tokens: number;
    /** At list price. */
    cost_usd: string;
    /** What the organization pays. */
    actual_cost_usd: string;
    /** Null without requests. */
    average_duration_ms: number | null;
  };
  /** By hour. */
  last_24_hours: {
    from: string;
    to: string;
    /** The steps of every series, in order. */
    steps: {
      start: string;
      end: string;
      /** Local date on which it begins; null for hours. */
      date: string | null;
    }[];
    points: {
      requests: number[];
      failures: number[];
      input_tokens: number[];
      output_tokens: number[];
      cache_write_tokens: number[];
      cache_read_tokens: number[];
      cost_usd: string[];
      actual_cost_usd: string[];
      average_duration_ms: (number | null)[];
    };
    totals: {
      /** All, refused ones included. */
      requests: number;
      /** Refused, failed or broken off. */
      failures: number;
      input_tokens: number;
      output_tokens: number;
      cache_write_tokens: number;
      cache_read_tokens: number;
      total_tokens: number;
      /** At list price. */
      cost_usd: string;
      /** What the organization pays. */
      actual_cost_usd: string;
      /** Null without requests. */
      average_duration_ms: number | null;
    };
  };
  /** By day, today included. */
  last_30_days: {
    from: string;
    to: string;
    /** The steps of every series, in order. */
    steps: {
      start: string;
      end: string;
      /** Local date on which it begins; null for hours. */
      date: string | null;
    }[];
    points: {
      requests: number[];
      failures: number[];
      input_tokens: number[];
      output_tokens: number[];
      cache_write_tokens: number[];
      cache_read_tokens: number[];
      cost_usd: string[];
      actual_cost_usd: string[];
      average_duration_ms: (number | null)[];
    };
    totals: {
      /** All, refused ones included. */
      requests: number;
      /** Refused, failed or broken off. */
      failures: number;
      input_tokens: number;
      output_tokens: number;
      cache_write_tokens: number;
      cache_read_tokens: number;
      total_tokens: number;
      /** At list price. */
      cost_usd: string;
      /** What the organization pays. */
      actual_cost_usd: string;
      /** Null without requests. */
      average_duration_ms: number | null;
    };
  };
  /** Most used in the last 30 days. */
  groups: {
    group_id: string;
    display_name: string | null;
    vendor: string | null;
    /** Of all requests of the 30 days. */
    share: number | null;
    totals: {
      /** All, refused ones included. */
      requests: number;
      /** Refused, failed or broken off. */
      failures: number;
      input_tokens: number;
      output_tokens: number;
      cache_write_tokens: number;
      cache_read_tokens: number;
      total_tokens: number;
      /** At list price. */
      cost_usd: string;
      /** What the organization pays. */
      actual_cost_usd: string;
      /** Null without requests. */
      average_duration_ms: number | null;
    };
  }[];
  /** The billing period, a calendar month in UTC, and the one before. Estimated: what is running adds to it. */
  period: {
    from: string;
    to: string;
    /** So far. */
    totals: {
      /** All, refused ones included. */
      requests: number;
      /** Refused, failed or broken off. */
      failures: number;
      input_tokens: number;
      output_tokens: number;
      cache_write_tokens: number;
      cache_read_tokens: number;
      total_tokens: number;
      /** At list price. */
      cost_usd: string;
      /** What the organization pays. */
      actual_cost_usd: string;
      /** Null without requests. */
      average_duration_ms: number | null;
    };
    before: {
      from: string;
      to: string;
      totals: {
        /** All, refused ones included. */
        requests: number;
        /** Refused, failed or broken off. */
        failures: number;
        input_tokens: number;
        output_tokens: number;
        cache_write_tokens: number;
        cache_read_tokens: number;
        total_tokens: number;
        /** At list price. */
        cost_usd: string;
        /** What the organization pays. */
        actual_cost_usd: string;
        /** Null without requests. */
        average_duration_ms: number | null;
      };
      /** Up to the same moment of the period. */
      totals_to_date: {
        /** All, refused ones included. */
        requests: number;
        /** Refused, failed or broken off. */
        failures: number;
        input_tokens: number;
        output_tokens: number;
        cache_write_tokens: number;
        cache_read_tokens: number;
        total_tokens: number;
        /** At list price. */
        cost_usd: string;
        /** What the organization pays. */
        actual_cost_usd: string;
        /** Null without requests. */
        average_duration_ms: number | null;
      };
    };
  };
  /** Null as long as there is no wallet. */
  balance: null;
  /** Of the last 24 hours. */
  errors: ErrorCounts;
}

export interface DeskWebhook {
  id: string;
  name: string;
  url: string;
  /** lodge: signed JSON; slack: a line of text for a chat. */
  format: 'lodge' | 'slack';
  events: ('ticket.opened' | 'ticket.message' | 'ticket.reopened' | 'ticket.replied' | 'ticket.assigned' | 'ticket.solved' | 'ticket.closed' | 'ticket.bounced' | 'ticket.target_half' | 'ticket.target_most' | 'ticket.target_missed' | 'ticket.rated')[];
  enabled: boolean;
  signed: boolean;
  updated_at: string;
}

export interface ErrorCounts {
  /** The beginning, or later where there are more failures than can be counted. */
  since: string;
  codes: {
    code: string;
    count: number;
    last_request_id: string;
    last_at: string;
    /** Who has to act. */
    fault: 'you' | 'us' | 'vendor' | null;
    why: string;
    what_to_do: string;
  }[];
}

export interface Grant {
  id: string;
  account: {
    id: string;
    name: string;
    email: string;
  };
  /** All its projects, also those that come. Null: a grant on a project. */
  team: {
    id: string;
    name: string;
  } | null;
  project: {
    id: string;
    name: string;
  } | null;
  /** Of its permissions, those about keys, usage and requests count here. */
  role: string;
  created_at: string;
}

export interface Group {
  id: string;
  display_name: string;
  vendor: string;
  kind: 'wallet' | 'subscription';
  /** What customers pay of the list price: "0.9". */
  multiplier: string;
  /** Whether paths that are not known to us are relayed too. */
  pass_through: boolean;
  enabled: boolean;
  created_at: string;
  updated_at: string;
}

export interface GroupModels {
  group: string;
  models: string[];
}

export interface Invitation {
  id: string;
  email: string;
  roles: string[];
  teams: {
    id: string;
    name: string;
  }[];
  state: 'open' | 'expired' | 'accepted' | 'declined' | 'revoked';
  /** Null: the account is gone, and the invitation worth nothing until it is sent again. */
  invited_by: {
    account_id: string;
    name: string;
    email: string;
  } | null;
  expires_at: string;
  sent_at: string;
  sends: number;
  created_at: string;
}

export interface InvitationOffer {
  id: string;
  organization: {
    id: string;
    name: string;
  };
  /** By name. */
  inviter: string | null;
  /** Only an account with this address, verified, may accept. */
  email: string;
  /** By name. */
  roles: string[];
  expires_at: string;
}

export interface Key {
  id: string;
  /** Fixed part and 8 characters: all of the key that is ever shown again. */
  prefix: string;
  name: string;
  note: string;
  organization_id: string;
  /** Whose key it is. */
  owner: {
    kind: 'member' | 'project' | 'organization';
    id: string | null;
    name: string | null;
    email: string | null;
  };
  /** What its spend is booked to; a key of a member may have one, too. */
  project_id: string | null;
  project_name: string | null;
  group: string;
  group_name: string;
  vendor: string;
  vendor_name: string;
  multiplier: string;
  state: 'enabled' | 'disabled' | 'deleted';
  /** By whom it was put out of use, and why. */
  disabled: {
    by: KeyHand | null;
    reason: string | null;
  } | null;
  expired: boolean;
  expires_at: string | null;
  /** Null: every model of the group. */
  allowed_models: string[] | null;
  limits: {
    requests_per_minute: number;
    /** Token counting and other free calls. */
    counts_per_minute: number;
    tokens_per_minute: number | null;
    concurrency: number | null;
    spend_usd: {
      total: string | null;
      '5h': string | null;
      '1d': string | null;
      '7d': string | null;
    };
  };
  /** As far as requests have been booked, which takes about a second. */
  spend: {
    window: 'total' | '5h' | '1d' | '7d';
    /** USD as a decimal, up to nine places: "12.5". */
    used_usd: string;
    limit_usd: string | null;
    remaining_usd: string | null;
    window_start: string | null;
    reset_at: string | null;
  }[];
  /** Since midnight UTC. */
  spent_today_usd: string;
  /** In the last 30 days in UTC, today included. */
  spent_30d_usd: string;
  created_by: KeyHand | null;
  created_at: string;
  updated_at: string;
  last_used_at: string | null;
}

export interface KeyHand {
  by: 'member' | 'staff' | 'system';
  account_id: string | null;
  /** Customers see staff as Support. */
  name: string | null;
}

export interface KeyLeak {
  key: Key;
  successor: CreatedKey | null;
  /** Why there is none although one was asked for. The leaked key is out of use all the same. */
  successor_refused: {
    code: string;
    detail: string;
  } | null;
  usage: {
    since: string;
    /** Null here and below: you may not see it. */
    requests: number | null;
    spent_usd: string | null;
    models: {
      model: string;
      requests: number;
      spent_usd: string;
    }[] | null;
    /** Of the newest 10000 requests. */
    tools: {
      tool: string | null;
      requests: number;
    }[] | null;
    newest: {
      request_id: string;
      received_at: string;
      model: string | null;
      tool: string | null;
      status: number | null;
      code: string | null;
      spent_usd: string;
    }[] | null;
  };
  /** To send to support. Holds no secret. */
  support_text: string;
}

export interface Latency {
  from: string;
  to: string;
  time_zone: string;
  interval: 'hour' | 'day' | 'week' | 'month';
  /** The steps of every series, in order. */
  steps: {
    start: string;
    end: string;
    /** Local date on which it begins; null for hours. */
    date: string | null;
  }[];
  /** records: percentiles of every completed request. averages: of all requests, from sums by hour. */
  method: 'records' | 'averages';
  /** Longer than seven days; more than 150,000 requests; records are no longer kept. */
  averages_because: 'range' | 'volume' | 'retention' | null;
  duration_ms: {
    /** One per step; null where nothing was measured. */
    p50: (number | null)[];
    /** One per step; null where nothing was measured. */
    p95: (number | null)[];
    /** One per step; null where nothing was measured. */
    average: (number | null)[];
  };
  /** Of streamed answers. */
  first_token_ms: {
    /** One per step; null where nothing was measured. */
    p50: (number | null)[];
    /** One per step; null where nothing was measured. */
    p95: (number | null)[];
  };
  requests: number[];
  failures: number[];
  /** Failures ÷ requests, 0 to 1; null without requests. */
  failure_rate: (number | null)[];
  total: {
    duration_ms: {
      p50: number | null;
      p95: number | null;
      average: number | null;
    };
    first_token_ms: {
      p50: number | null;
      p95: number | null;
    };
    failure_rate: number | null;
  };
  errors: ErrorCounts;
}

export interface LeakedKeyRule {
  /** disable: at once. grace: after some time. tell: its owner is told, and the key stays in use. */
  rule: 'disable' | 'grace' | 'tell';
  /** Of `grace`. */
  grace_minutes: number;
}

export interface Macro {
  id: string;
  name: string;
  texts: Record<string, string>;
  actions: {
    state?: 'open' | 'waiting' | 'solved' | 'closed';
    queue?: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
    priority?: 'low' | 'normal' | 'high' | 'urgent';
    add_tags?: string[];
  };
  position: number;
  updated_at: string;
}

export interface Member {
  account_id: string;
  name: string;
  email: string;
  roles: string[];
  state: 'active' | 'disabled';
  teams: {
    id: string;
    name: string;
  }[];
  /** On teams and projects. */
  grants: number;
  /** Null: not yours to see. */
  two_factor: boolean | null;
  joined_at: string;
  /** In this organization. */
  last_active_at: string | null;
  /** That are not deleted. Null: not yours to see. */
  keys: number | null;
  /** Of the keys held today. Null: not yours to see. */
  spend_30d_usd: string | null;
}

export interface Model {
  vendor: string;
  id: string;
  display_name: string;
  mode: 'chat' | 'completion' | 'embedding' | 'image' | 'audio' | 'moderation';
  released_at: string;
  max_input_tokens: number | null;
  max_output_tokens: number | null;
  inputs: string[];
  outputs: string[];
}

export interface Notification {
  id: string;
  /** Stable: "key-disabled". */
  kind: string;
  level: 'info' | 'warning' | 'security';
  title: string;
  /** Sentences; empty where the title says all. */
  text: string;
  /** Path within the console. */
  link: string | null;
  organization_id: string | null;
  read_at: string | null;
  created_at: string;
}

export interface OfferedGroup {
  id: string;
  display_name: string;
  vendor: string;
  vendor_name: string;
  /** Whose protocol it speaks. */
  family: 'openai' | 'anthropic' | 'gemini';
  kind: 'wallet' | 'subscription';
  /** What list prices are multiplied by: "0.9". */
  multiplier: string;
  /** How many. */
  models: number;
  base_urls: {
    region: string;
    form: 'root' | 'v1' | 'v1beta';
    url: string;
    used_by: string[];
  }[];
}

export interface OfferedModel {
  group: string;
  group_name: string;
  vendor: string;
  vendor_name: string;
  multiplier: string;
  /** What to write into "model". */
  id: string;
  display_name: string;
  /** Other names that lead to it in this group. */
  aliases: string[];
  mode: 'chat' | 'completion' | 'embedding' | 'image' | 'audio' | 'moderation';
  released_at: string;
  max_input_tokens: number | null;
  max_output_tokens: number | null;
  inputs: string[];
  outputs: string[];
  /** Null: none is in force, and calls are refused. */
  price: {
    id: string;
    valid_from: string;
    /** When another version takes its place. */
    ends_at: string | null;
    /** The whole request is priced by the last tier that its input is longer than. */
    tiers: {
      /** 0: the base. */
      over_input_tokens: number;
      lines: {
        class: 'input' | 'cache_read' | 'cache_write_5m' | 'cache_write_1h' | 'audio_input' | 'image_input' | 'output' | 'audio_output' | 'image_output' | 'per_request' | 'per_image';
        unit: 'million_tokens' | 'request' | 'image';
        list_usd: string;
        /** List × multiplier, exact. */
        effective_usd: string;
      }[];
    }[];
  } | null;
}

export interface Organization {
  id: string;
  name: string;
  kind: 'personal' | 'shared';
  created_at: string;
  /** Let into some projects only, you count yourself. */
  members: number;
  /** That you may see. */
  teams: number;
  /** That you may see. */
  projects: number;
  /** Your roles. */
  roles: string[];
  /** Your permissions that reach something here. */
  permissions: string[];
}

export interface Overview {
  requests_per_minute: number;
  /** On the node that answers. */
  running_calls: number;
  /** The last quarter of an hour, or less when more than 20,000 requests came. */
  recent: {
    seconds: number;
    requests: number;
    /** By who has to act. */
    failures: {
      you: number;
      us: number;
      vendor: number;
    };
    /** Share of requests that failed by our or the vendor’s fault, 0 to 1. */
    error_rate: number;
  };
  /** In UTC. */
  today: {
    requests: number;
    spend_usd: string;
    spend_yesterday_usd: string;
  };
  customers: {
    total: number;
    suspended: number;
  };
  accounts: {
    total: number;
    new_today: number;
    new_7d: number;
    unverified: number;
  };
  mail: {
    waiting: number;
    failed_7d: number;
  };
  /** Age of what the database does not have yet; null: not known. */
  journal_lag_ms: number | null;
  failing_channels: ChannelHealth[];
}

export interface Price {
  id: string;
  vendor: string;
  model: string;
  valid_from: string;
  rates: Rates;
  tiers: PriceTier[];
  /** `operator`, or where the figures come from. */
  source: string;
}

/** For the whole request, once its input is longer than this. */
export interface PriceTier {
  over_input_tokens: number;
  rates: Rates;
}

export interface Problem {
  /** Where the code is explained. */
  type: string;
  /** The words of the HTTP status. */
  title: string;
  status: number;
  /** What is wrong and what to do. */
  detail: string;
  /** Stable; decide on this. */
  code: string;
  /** The wrong fields; often empty. */
  errors: {
    field: string;
    message: string;
  }[];
  request_id: string;
}

export interface Project {
  id: string;
  name: string;
  note: string;
  team: {
    id: string;
    name: string;
  } | null;
  /** From then on it takes no new keys. */
  archived_at: string | null;
  created_at: string;
  /** That are not deleted. Null: not yours to see. */
  keys: number | null;
  /** Booked to it. Null: not yours to see. */
  spend_30d_usd: string | null;
}

/** USD per million tokens, per request or per image, as decimal text: "2.50". */
export interface Rates {
  input?: string;
  cache_read?: string;
  cache_write_5m?: string;
  cache_write_1h?: string;
  audio_input?: string;
  image_input?: string;
  output?: string;
  audio_output?: string;
  image_output?: string;
  per_request?: string;
  per_image?: string;
}

export interface Request {
  id: string;
  received_at: string;
  project_id: string | null;
  /** Null where there is none, or none any more. */
  project_name: string | null;
  key_id: string | null;
  /** Null where there is none, or none any more. */
  key_name: string | null;
  key_prefix: string | null;
  region: string;
  vendor: string | null;
  group_id: string | null;
  /** Null where there is none, or none any more. */
  group_name: string | null;
  endpoint: string;
  wire: string | null;
  method: string;
  model_asked: string | null;
  model_routed: string | null;
  model_served: string | null;
  /** sync, stream or async */
  mode: string;
  client_tool: string | null;
  client_version: string | null;
  first_token_ms: number | null;
  duration_ms: number | null;
  tokens: {
    input: number;
    cache_read: number;
    cache_write_5m: number;
    cache_write_1h: number;
    audio_input: number;
    image_input: number;
    /** Without audio and images; includes reasoning. */
    output: number;
    reasoning: number;
    audio_output: number;
    image_output: number;
    images: number;
  } | null;
  actual_cost_usd: string;
  status: number | null;
  error_code: string | null;
  /** Who has to act. */
  fault: 'you' | 'us' | 'vendor' | null;
  retries: number;
  outcome: string;
}

export interface RequestDetail {
  id: string;
  received_at: string;
  project_id: string | null;
  /** Null where there is none, or none any more. */
  project_name: string | null;
  key_id: string | null;
  /** Null where there is none, or none any more. */
  key_name: string | null;
  key_prefix: string | null;
  region: string;
  vendor: string | null;
  group_id: string | null;
  /** Null where there is none, or none any more. */
  group_name: string | null;
  endpoint: string;
  wire: string | null;
  method: string;
  model_asked: string | null;
  model_routed: string | null;
  model_served: string | null;
  /** sync, stream or async */
  mode: string;
  client_tool: string | null;
  client_version: string | null;
  first_token_ms: number | null;
  duration_ms: number | null;
  tokens: {
    input: number;
    cache_read: number;
    cache_write_5m: number;
    cache_write_1h: number;
    audio_input: number;
    image_input: number;
    /** Without audio and images; includes reasoning. */
    output: number;
    reasoning: number;
    audio_output: number;
    image_output: number;
    images: number;
  } | null;
  actual_cost_usd: string;
  status: number | null;
  error_code: string | null;
  /** Who has to act. */
  fault: 'you' | 'us' | 'vendor' | null;
  retries: number;
  outcome: string;
  bytes_in: number;
  bytes_out: number;
  admitted_ms: number | null;
  head_ms: number | null;
  /** vendor, estimated, unknown or none */
  usage_source: string;
  charge: {
    rule: string | null;
    rule_words: string | null;
    /** The version of the price. */
    price_id: string | null;
    /** At list price. */
    cost_usd: string;
    cost_nano_usd: string;
    multiplier: string | null;
    /** What the customer pays: cost × multiplier. */
    actual_cost_usd: string;
    actual_cost_nano_usd: string;
    /** What the request was expected to cost when it was admitted. */
    estimate_usd: string;
    cost_units: number | null;
    /** The price tier that applied; null: the base rates. */
    tier_over_input_tokens?: number | null;
    /** By token class; where one request is shown. */
    lines?: {
      /** Token class, images or request. */
      class: string;
      quantity: number;
      /** Whose rate was taken where the class has none of its own. */
      rated_as: string;
      /** Per million tokens, per image or per request. */
      rate_usd: string;
      /** Quantity × rate before rounding. */
      amount_usd: string;
    }[];
  };
  /** The limit that was closest when the request was decided. */
  limit: {
    kind: string;
    limit: number;
    used: number;
    reset_at: string | null;
  } | null;
  upstream_status: number | null;
  vendor_response_id: string | null;
  attempts: {
    number: number;
    started_ms: number;
    head_ms: number | null;
    ended_ms: number | null;
    /** The vendor’s HTTP status. */
    status: number | null;
    vendor_request_id: string | null;
    /** Error code, or site_fault; null when it served the request. */
    failure: string | null;
  }[];
  incident: string | null;
  /** What happened and what was charged, in plain sentences. */
  explanation: string[];
  /** For whoever has to act; null where there is nothing to do. */
  what_to_do: string | null;
  timeline: Timeline;
  /** To copy into a message to support. Holds no secret and no content. */
  support_text: string;
}

export interface Role {
  /** Of a built-in role its name. */
  id: string;
  name: string;
  built_in: boolean;
  note: string;
  permissions: string[];
  /** That hold it in the whole organization. */
  members: number;
  /** Of it, on teams and projects. */
  grants: number;
  /** That offer it and wait for an answer, or have waited too long. */
  invitations: number;
}

export interface RoutingActions {
  queue?: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
  priority?: 'low' | 'normal' | 'high' | 'urgent';
  add_tags?: string[];
  /** Account id of a member of staff. */
  assignee?: string;
  /** Nothing is answered before a person does. */
  drop_automatic_answer?: boolean;
}

export interface RoutingConditions {
  /** Parts of the subject, in any case of letters. */
  subject?: string[];
  /** Parts of subject or text, in any case of letters. */
  text?: string[];
  /** Whole addresses of the sender. */
  address?: string[];
  /** Domains of the sender: `example.com` also means what stands below it. */
  domain?: string[];
  /** Ids of organizations. */
  organization?: string[];
  plan?: ('starter' | 'pro' | 'enterprise')[];
  mailbox?: ('support' | 'billing' | 'security')[];
  prefix?: ('bug' | 'billing' | 'enterprise' | 'vulnerability')[];
  /** Names of tools, such as "claude-code". */
  tool?: string[];
  /** Error codes of the gateway. */
  error_code?: string[];
  /** Whether it says that a business is hurt. */
  impact?: boolean;
  /** Whether the address is proven. */
  verified?: boolean;
  /** Whether a machine has sent it. */
  automatic?: boolean;
}

export interface RoutingRule {
  id: string;
  position: number;
  name: string;
  enabled: boolean;
  conditions: RoutingConditions;
  actions: RoutingActions;
  updated_at: string;
}

export interface Session {
  account: {
    id: string;
    name: string;
    email: string;
    email_verified: boolean;
    locale: 'en' | 'zh';
    /** IANA name; null: the viewer’s own. */
    time_zone: string | null;
    two_factor: boolean;
    /** False for who signs in through an identity provider alone. */
    has_password: boolean;
    must_change_password: boolean;
  };
  staff: {
    role: string;
    permissions: string[];
  } | null;
  organizations: {
    id: string;
    name: string;
    kind: string;
    permissions: string[];
    roles: string[];
  }[];
  /** Of which the account is a member, and nothing can be opened: staff have suspended them. */
  suspended_organizations: {
    id: string;
    name: string;
  }[];
  acting_as: {
    account: {
      id: string;
      email: string;
    };
    /** Mail address of the member of staff who looks. */
    by: string;
    since: string;
    until: string;
  } | null;
}

export interface Site {
  name: string;
  /** On this site. A changed logo has another address. */
  logo_url: string | null;
  languages: ('en' | 'zh')[];
  default_language: 'en' | 'zh';
  /** At least this one. */
  regions: {
    name: string;
    label: string;
    api_base_url: string;
  }[];
  contact: {
    kind: 'email' | 'chat' | 'phone' | 'link';
    /** An empty one falls back to the other. */
    label: {
      en: string;
      zh: string;
    };
    /** A mail address, a name or number in a chat, a telephone number, or a web address. */
    value: string;
    topics: ('technical' | 'pre_sales' | 'after_sales' | 'billing' | 'security')[];
  }[];
  /** closed: only people who were invited can register. */
  registration: 'open' | 'closed';
  /** Single sign-on: the text of its button. */
  sso: {
    label: string;
  } | null;
  /** Whether mail is shown in the built-in outbox because there is no relay. */
  outbox_visible: boolean;
  version: string;
  /** Of the node that answered. */
  region: string;
  /** Of this region. */
  api_base_url: string;
  support_address: string;
  /** Where to report a key that was found. */
  key_leak_address: string;
  legal: {
    terms_url: string | null;
    privacy_url: string | null;
  };
}

export interface SiteSettings {
  /** Null: the default. */
  name: string | null;
  /** Null: the default. */
  support_address: string | null;
  logo_url: string | null;
  languages: ('en' | 'zh')[];
  default_language: 'en' | 'zh';
  /** Null: the default, one region. */
  regions: {
    name: string;
    label: string;
    api_base_url: string;
  }[] | null;
  contact: {
    kind: 'email' | 'chat' | 'phone' | 'link';
    /** An empty one falls back to the other. */
    label: {
      en: string;
      zh: string;
    };
    /** A mail address, a name or number in a chat, a telephone number, or a web address. */
    value: string;
    topics: ('technical' | 'pre_sales' | 'after_sales' | 'billing' | 'security')[];
  }[];
  registration: 'open' | 'closed';
  legal: {
    terms_url: string | null;
    privacy_url: string | null;
  };
  /** Null: the support address. */
  key_leak_address: string | null;
  /** From the settings of the environment. */
  defaults: {
    name: string;
    support_address: string;
    regions: {
      name: string;
      label: string;
      api_base_url: string;
    }[];
  };
}

export interface StaffAnnouncement {
  id: string;
  /** critical: it also stands among everybody’s notifications. */
  level: 'info' | 'warning' | 'critical';
  /** An empty one falls back to the other. */
  title: {
    en: string;
    zh: string;
  };
  /** Plain text; an empty line divides paragraphs. */
  body: {
    en: string;
    zh: string;
  };
  starts_at: string;
  /** Null: until it is taken back. */
  ends_at: string | null;
  state: 'scheduled' | 'live' | 'ended';
  created_by: string | null;
  created_at: string;
  updated_at: string;
}

export interface SupportPlan {
  plan: 'starter' | 'pro' | 'enterprise';
  /** Null: that of the plan. */
  policy: string | null;
  /** In place of the policy’s own. */
  calendar: string | null;
  /** Its own address for mail. */
  address: string | null;
}

export interface SupportTerms {
  plan: 'starter' | 'pro' | 'enterprise';
  /** Work time to a person’s first reply; null: best effort. */
  first_response_ms: number | null;
  /** What that is for a ticket that is opened now. */
  due_at: string | null;
  /** What work time is; null: around the clock. */
  calendar: {
    name: string;
    time_zone: string;
  } | null;
}

export interface TargetPolicy {
  id: string;
  version: number;
  name: string;
  /** Null: around the clock. */
  calendar: string | null;
  targets: {
    low: {
      /** Milliseconds of work time; null: best effort. */
      first_response_ms: number | null;
      /** Milliseconds of work time; null: best effort. */
      next_response_ms: number | null;
      /** Milliseconds of work time; null: best effort. */
      resolution_ms: number | null;
    };
    normal: {
      /** Milliseconds of work time; null: best effort. */
      first_response_ms: number | null;
      /** Milliseconds of work time; null: best effort. */
      next_response_ms: number | null;
      /** Milliseconds of work time; null: best effort. */
      resolution_ms: number | null;
    };
    high: {
      /** Milliseconds of work time; null: best effort. */
      first_response_ms: number | null;
      /** Milliseconds of work time; null: best effort. */
      next_response_ms: number | null;
      /** Milliseconds of work time; null: best effort. */
      resolution_ms: number | null;
    };
    urgent: {
      /** Milliseconds of work time; null: best effort. */
      first_response_ms: number | null;
      /** Milliseconds of work time; null: best effort. */
      next_response_ms: number | null;
      /** Milliseconds of work time; null: best effort. */
      resolution_ms: number | null;
    };
  };
}

export interface Team {
  id: string;
  name: string;
  note: string;
  members: number;
  /** That are not archived. */
  projects: number;
  created_at: string;
  /** Booked to its projects. Null: not yours to see. */
  spend_30d_usd: string | null;
}

export interface Ticket {
  /** `T-1001`. */
  id: string;
  subject: string;
  state: 'open' | 'waiting' | 'solved' | 'closed';
  queue: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
  priority: 'low' | 'normal' | 'high' | 'urgent';
  came_by: 'mail' | 'console' | 'api' | 'staff';
  requester: {
    address: string;
    name: string;
    /** The first message was proven to be from this address. */
    verified: boolean;
  };
  /** Null: a stranger’s. */
  account: {
    id: string;
    name: string;
    email: string;
  } | null;
  organization: {
    id: string;
    name: string;
  } | null;
  /** What was promised when it began. */
  plan: 'starter' | 'pro' | 'enterprise';
  locale: 'en' | 'zh';
  assignee: {
    id: string;
    name: string;
    email: string;
  } | null;
  tags: string[];
  unread: boolean;
  /** Null: no clock runs. */
  due_at: string | null;
  due_kind: 'first_response' | 'next_response' | 'resolution' | null;
  breached: boolean;
  snoozed_until: string | null;
  merged_into: string | null;
  last_author: 'customer' | 'staff' | 'system';
  last_message_at: string;
  opened_at: string;
  changed_at: string;
  first_replied_at: string | null;
  solved_at: string | null;
  closed_at: string | null;
  rating: {
    stars: number;
    comment: string | null;
    at: string;
  } | null;
  version: number;
}

export interface TicketAnswer {
  to: string;
  subject: string;
  text: string;
  /** Ids of requests whose facts stand in it. */
  told: string[];
  withheld: {
    id: string;
    why: string;
  }[];
  /** Id of the message that was sent; null: it was shown only. */
  message: string | null;
}

export interface TicketAttachment {
  id: string;
  name: string;
  type: string;
  size: number;
  /** An image that is safe to show within the thread. */
  inline: boolean;
  scan: 'clean' | 'infected' | 'unscanned';
}

export interface TicketMessage {
  id: string;
  kind: 'in' | 'out' | 'note' | 'automatic';
  at: string;
  author: {
    id: string | null;
    name: string;
    address: string;
  };
  verified: boolean;
  subject: string;
  /** Without what it quotes. */
  text: string;
  quoted: string;
  /** `…/messages/{message}/html` shows it. */
  has_html: boolean;
  to: string[];
  cc: string[];
  /** A machine has sent it. */
  automatic: string | null;
  /** Id of the mail as it came; null: it did not come by mail. */
  mail: string | null;
  /** How many secrets were taken out. */
  redacted: number;
  attachments: TicketAttachment[];
  /** Of a mail that went out. */
  delivery: {
    state: string;
    undo_until: string | null;
    bounced_at: string | null;
    error: string | null;
  } | null;
}

export interface TicketPage {
  /** `T-1001`. */
  id: string;
  subject: string;
  state: 'open' | 'waiting' | 'solved' | 'closed';
  queue: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
  priority: 'low' | 'normal' | 'high' | 'urgent';
  came_by: 'mail' | 'console' | 'api' | 'staff';
  requester: {
    address: string;
    name: string;
    /** The first message was proven to be from this address. */
    verified: boolean;
  };
  /** Null: a stranger’s. */
  account: {
    id: string;
    name: string;
    email: string;
  } | null;
  organization: {
    id: string;
    name: string;
  } | null;
  /** What was promised when it began. */
  plan: 'starter' | 'pro' | 'enterprise';
  locale: 'en' | 'zh';
  assignee: {
    id: string;
    name: string;
    email: string;
  } | null;
  tags: string[];
  unread: boolean;
  /** Null: no clock runs. */
  due_at: string | null;
  due_kind: 'first_response' | 'next_response' | 'resolution' | null;
  breached: boolean;
  snoozed_until: string | null;
  merged_into: string | null;
  last_author: 'customer' | 'staff' | 'system';
  last_message_at: string;
  opened_at: string;
  changed_at: string;
  first_replied_at: string | null;
  solved_at: string | null;
  closed_at: string | null;
  rating: {
    stars: number;
    comment: string | null;
    at: string;
  } | null;
  version: number;
  /** At most 500, the latest; `earlier` says how many stand before. */
  messages: TicketMessage[];
  earlier: number;
  participants: {
    address: string;
    name: string;
    role: 'requester' | 'cc' | 'follower';
  }[];
  following: boolean;
  facts: {
    kind: string;
    value: string;
    message: string;
    detail: Record<string, unknown>;
  }[];
  links: {
    id: string;
    subject: string;
    state: 'open' | 'waiting' | 'solved' | 'closed';
    kind: 'related' | 'duplicate' | 'follow_up' | 'split';
    direction: 'from' | 'to';
  }[];
  /** Tickets that were merged into this one. */
  merged: string[];
  events: {
    id: string;
    kind: string;
    at: string;
    actor: {
      id: string | null;
      name: string;
    };
    data: Record<string, unknown>;
  }[];
  clocks: {
    first_response: {
      state: 'none' | 'running' | 'paused' | 'met' | 'breached';
      due_at: string | null;
      /** Work time. */
      target_ms: number | null;
      used_ms: number;
      met_at: string | null;
    };
    next_response: {
      state: 'none' | 'running' | 'paused' | 'met' | 'breached';
      due_at: string | null;
      /** Work time. */
      target_ms: number | null;
      used_ms: number;
      met_at: string | null;
    };
    resolution: {
      state: 'none' | 'running' | 'paused' | 'met' | 'breached';
      due_at: string | null;
      /** Work time. */
      target_ms: number | null;
      used_ms: number;
      met_at: string | null;
    };
  };
  policy: {
    id: string;
    version: number;
  };
}

export interface TicketRequests {
  requests: {
    id: string;
    /** Its facts were told to the one who named it. */
    told: boolean;
    /** Why they are not. */
    withheld: string | null;
    /** Null: there is no record of it. */
    request: {
      id: string;
      received_at: string;
      organization_id: string | null;
      project_id: string | null;
      key_id: string | null;
      key_prefix: string | null;
      region: string;
      node: string;
      vendor: string | null;
      group_id: string | null;
      channel_id: string | null;
      endpoint: string;
      wire: string | null;
      method: string;
      model_asked: string | null;
      model_routed: string | null;
      model_served: string | null;
      /** sync, stream or async */
      mode: string;
      client_tool: string | null;
      client_version: string | null;
      bytes_in: number;
      bytes_out: number;
      admitted_ms: number | null;
      head_ms: number | null;
      first_token_ms: number | null;
      duration_ms: number | null;
      /** vendor, estimated, unknown or none */
      usage_source: string;
      tokens: {
        input: number;
        cache_read: number;
        cache_write_5m: number;
        cache_write_1h: number;
        audio_input: number;
        image_input: number;
        /** Without audio and images; includes reasoning. */
        output: number;
        reasoning: number;
        audio_output: number;
        image_output: number;
        images: number;
      } | null;
      charge: {
        rule: string | null;
        rule_words: string | null;
        /** The version of the price. */
        price_id: string | null;
        /** At list price. */
        cost_usd: string;
        cost_nano_usd: string;
        multiplier: string | null;
        /** What the customer pays: cost × multiplier. */
        actual_cost_usd: string;
        actual_cost_nano_usd: string;
        /** What the request was expected to cost when it was admitted. */
        estimate_usd: string;
        cost_units: number | null;
        /** The price tier that applied; null: the base rates. */
        tier_over_input_tokens?: number | null;
        /** By token class; where one request is shown. */
        lines?: {
          /** Token class, images or request. */
          class: string;
          quantity: number;
          /** Whose rate was taken where the class has none of its own. */
          rated_as: string;
          /** Per million tokens, per image or per request. */
          rate_usd: string;
          /** Quantity × rate before rounding. */
          amount_usd: string;
        }[];
      };
      /** The limit that was closest when the request was decided. */
      limit: {
        kind: string;
        limit: number;
        used: number;
        reset_at: string | null;
      } | null;
      status: number | null;
      upstream_status: number | null;
      error_code: string | null;
      /** you, us or vendor */
      fault: string | null;
      who_must_act: string | null;
      retries: number;
      outcome: string;
      vendor_response_id: string | null;
      attempts: {
        number: number;
        channel_id: string;
        started_ms: number;
        head_ms: number | null;
        ended_ms: number | null;
        /** The vendor’s HTTP status; null when no head came. */
        status: number | null;
        vendor_request_id: string | null;
        /** Why the try did not serve the request; null when it did. */
        failure: string | null;
      }[];
      incident: string | null;
      applied_at: string;
      organization_name: string | null;
      explanation: string[];
      what_to_do: string | null;
      timeline: Timeline;
    } | null;
  }[];
  /** What was meant as an id, as it was written. */
  mistyped: string[];
  keys: {
    prefix: string;
    /** Null: no key of this site. */
    id: string | null;
    name: string | null;
    state: 'enabled' | 'disabled' | 'deleted' | 'expired' | null;
    organization_id: string | null;
    organization_name: string | null;
    group_name: string | null;
  }[];
  /** Of the address that began the ticket. */
  account: {
    id: string;
    name: string;
    email: string;
    email_verified: boolean;
    state: 'active' | 'disabled';
  } | null;
  organization: {
    id: string;
    name: string;
    state: 'active' | 'suspended' | 'deleted';
    plan: 'starter' | 'pro' | 'enterprise';
  } | null;
  /** Of the organization, in the last 24 hours. */
  recent_failures: {
    code: string;
    fault: string | null;
    count: number;
    last_request_id: string;
    last_at: string;
    why: string;
  }[];
}

export interface Timeline {
  /** Null while it runs. */
  length_ms: number | null;
  /** In the order in which they happened. */
  marks: {
    kind: 'received' | 'admitted' | 'head' | 'first_token' | 'end';
    /** Milliseconds after it was received. */
    at_ms: number;
  }[];
  attempts: {
    number: number;
    /** Milliseconds after it was received. */
    from_ms: number;
    head_ms: number | null;
    /** Null when its end is not known. */
    to_ms: number | null;
    failed: boolean;
  }[];
}

export interface Usage {
  from: string;
  to: string;
  time_zone: string;
  interval: 'hour' | 'day' | 'week' | 'month';
  /** Sums are kept by whole hours of UTC. Where that is not 0, days begin so many minutes after midnight. */
  day_shift_minutes: number;
  /** The steps of every series, in order. */
  steps: {
    start: string;
    end: string;
    /** Local date on which it begins; null for hours. */
    date: string | null;
  }[];
  totals: {
    /** All, refused ones included. */
    requests: number;
    /** Refused, failed or broken off. */
    failures: number;
    input_tokens: number;
    output_tokens: number;
    cache_write_tokens: number;
    cache_read_tokens: number;
    total_tokens: number;
    /** At list price. */
    cost_usd: string;
    /** What the organization pays. */
    actual_cost_usd: string;
    /** Null without requests. */
    average_duration_ms: number | null;
  };
  /** Of all together. */
  points: {
    requests: number[];
    failures: number[];
    input_tokens: number[];
    output_tokens: number[];
    cache_write_tokens: number[];
    cache_read_tokens: number[];
    cost_usd: string[];
    actual_cost_usd: string[];
    average_duration_ms: (number | null)[];
  };
  /** The range of the same length before. */
  before: {
    from: string;
    to: string;
    totals: {
      /** All, refused ones included. */
      requests: number;
      /** Refused, failed or broken off. */
      failures: number;
      input_tokens: number;
      output_tokens: number;
      cache_write_tokens: number;
      cache_read_tokens: number;
      total_tokens: number;
      /** At list price. */
      cost_usd: string;
      /** What the organization pays. */
      actual_cost_usd: string;
      /** Null without requests. */
      average_duration_ms: number | null;
    };
    /** Up to the same moment of it, where the range reaches beyond now. */
    totals_to_date: {
      /** All, refused ones included. */
      requests: number;
      /** Refused, failed or broken off. */
      failures: number;
      input_tokens: number;
      output_tokens: number;
      cache_write_tokens: number;
      cache_read_tokens: number;
      total_tokens: number;
      /** At list price. */
      cost_usd: string;
      /** What the organization pays. */
      actual_cost_usd: string;
      /** Null without requests. */
      average_duration_ms: number | null;
    };
  };
  /** Null where the range does not reach up to now. */
  now: {
    rpm: number;
    tpm: number;
  } | null;
  split: 'none' | 'model' | 'group' | 'vendor' | 'key' | 'project' | 'team' | 'member';
  rank: 'actual_cost' | 'requests' | 'tokens';
  /** The greatest, then the rest; empty without a split. */
  series: {
    /** Id or name; empty: none; null: the rest together. */
    value: string | null;
    label: string | null;
    detail: string | null;
    rest: boolean;
    /** Of the whole, by what the split is ranked by; null of nothing. */
    share: number | null;
    totals: {
      /** All, refused ones included. */
      requests: number;
      /** Refused, failed or broken off. */
      failures: number;
      input_tokens: number;
      output_tokens: number;
      cache_write_tokens: number;
      cache_read_tokens: number;
      total_tokens: number;
      /** At list price. */
      cost_usd: string;
      /** What the organization pays. */
      actual_cost_usd: string;
      /** Null without requests. */
      average_duration_ms: number | null;
    };
    points: {
      requests: number[];
      failures: number[];
      input_tokens: number[];
      output_tokens: number[];
      cache_write_tokens: number[];
      cache_read_tokens: number[];
      cost_usd: string[];
      actual_cost_usd: string[];
      average_duration_ms: (number | null)[];
    };
  }[];
}

export interface Vendor {
  id: string;
  display_name: string;
  family: 'openai' | 'anthropic' | 'gemini';
  created_at: string;
}

export interface Paths {
  '/admin/v1/accounts': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        /** An id, or part of a name or mail address. */
        search?: string;
        state?: 'active' | 'disabled';
        verified?: 'true' | 'false';
        staff?: 'true' | 'false';
      };
      answer: {
        data: AccountSummary[];
        next_cursor: string | null;
      };
    };
  };
  '/admin/v1/accounts/{account}': {
    get: {
      params: {
        account: string;
      };
      answer: AccountPage;
    };
  };
  '/admin/v1/accounts/{account}/act': {
    post: {
      params: {
        account: string;
      };
      body: {
        reason: string;
      };
      answer: {
        until: string;
      };
    };
  };
  '/admin/v1/accounts/{account}/disable': {
    post: {
      params: {
        account: string;
      };
      body: {
        reason: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/accounts/{account}/enable': {
    post: {
      params: {
        account: string;
      };
      body: {
        reason: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/accounts/{account}/reset-password': {
    post: {
      params: {
        account: string;
      };
      body: {
        /** Set a one-time password instead; with the admin token only. */
        one_time?: boolean;
      };
      answer: {
        /** Null: a mail was sent. */
        password: string | null;
      };
    };
  };
  '/admin/v1/announcements': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
      };
      answer: {
        data: StaffAnnouncement[];
        next_cursor: string | null;
      };
    };
    post: {
      body: {
        level?: 'info' | 'warning' | 'critical';
        title: {
          en: string;
          zh: string;
        };
        body?: {
          en: string;
          zh: string;
        };
        /** Absent in a new one: now. */
        starts_at?: string;
        ends_at?: string | null;
      };
      answer: StaffAnnouncement;
    };
  };
  '/admin/v1/announcements/{announcement}': {
    get: {
      params: {
        announcement: string;
      };
      answer: StaffAnnouncement;
    };
    patch: {
      params: {
        announcement: string;
      };
      body: {
        level?: 'info' | 'warning' | 'critical';
        title?: {
          en: string;
          zh: string;
        };
        body?: {
          en: string;
          zh: string;
        };
        /** Absent in a new one: now. */
        starts_at?: string;
        ends_at?: string | null;
      };
      answer: StaffAnnouncement;
    };
    delete: {
      params: {
        announcement: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/audit': {
    get: {
      query: {
        /** Only requests from then on. */
        since?: string;
      };
      answer: {
        ok: boolean;
        from: string | null;
        records: number;
        open: number;
        actual_cost_usd: string;
        journal: {
          compared: number;
          dead_letters: number;
        } | null;
        prices: {
          recomputed: number;
        };
        sandbox: {
          calls: number;
          matched: number;
        } | null;
        mismatch_count: number;
        mismatches: {
          check: string;
          subject: string;
          detail: string;
        }[];
      };
    };
  };
  '/admin/v1/audit-log': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        /** Account id or mail address; `support`, `system` or `admin_token`. */
        actor?: string;
        /** Whole, or its beginning: `key.` */
        action?: string;
        subject_kind?: string;
        /** Its id. */
        subject?: string;
        /** Part of a name, id or action. */
        search?: string;
        /** At or after. */
        since?: string;
        /** Before. */
        until?: string;
        organization?: string;
      };
      answer: {
        data: AuditEntry[];
        next_cursor: string | null;
      };
    };
  };
  '/admin/v1/audit-log/export': {
    get: {
      query: {
        format?: 'csv' | 'json';
        /** Account id or mail address; `support`, `system` or `admin_token`. */
        actor?: string;
        /** Whole, or its beginning: `key.` */
        action?: string;
        subject_kind?: string;
        /** Its id. */
        subject?: string;
        /** Part of a name, id or action. */
        search?: string;
        /** At or after. */
        since?: string;
        /** Before. */
        until?: string;
        organization?: string;
      };
      answer: unknown;
    };
  };
  '/admin/v1/calendars': {
    get: {
      answer: {
        data: Calendar[];
      };
    };
  };
  '/admin/v1/calendars/{calendar}': {
    put: {
      params: {
        calendar: string;
      };
      body: {
        name: string;
        /** Of the IANA database, such as "Europe/Paris". */
        time_zone: string;
        /** Local times; a day that is missing is closed. */
        week: {
          monday?: {
            from: string;
            to: string;
          }[];
          tuesday?: {
            from: string;
            to: string;
          }[];
          wednesday?: {
            from: string;
            to: string;
          }[];
          thursday?: {
            from: string;
            to: string;
          }[];
          friday?: {
            from: string;
            to: string;
          }[];
          saturday?: {
            from: string;
            to: string;
          }[];
          sunday?: {
            from: string;
            to: string;
          }[];
        };
        /** Dates on which it is otherwise; without ranges: closed. */
        exceptions?: {
          date: string;
          name: string;
          ranges: {
            from: string;
            to: string;
          }[];
        }[];
      };
      answer: Calendar;
    };
    delete: {
      params: {
        calendar: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/channels': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        group?: string;
      };
      answer: {
        data: Channel[];
        next_cursor: string | null;
      };
    };
  };
  '/admin/v1/channels/health': {
    get: {
      answer: {
        /** What the figures look back. */
        seconds: number;
        data: ChannelHealth[];
      };
    };
  };
  '/admin/v1/channels/{channel}': {
    get: {
      params: {
        channel: string;
      };
      answer: Channel;
    };
    put: {
      params: {
        channel: string;
      };
      query: {
        /** Refuse unless it is new, or exists already. */
        expect?: 'new' | 'existing';
      };
      body: {
        /** Needed for a new one; cannot be changed. */
        group?: string;
        name?: string;
        /** What the vendor's own SDK takes; `sandbox:` for the sandbox vendor. */
        base_url?: string;
        /** Never shown again. Null takes it away. */
        credential?: string | null;
        weight?: number;
        region?: string | null;
        wire?: 'openai' | 'anthropic' | 'gemini';
        enabled?: boolean;
      };
      answer: Channel;
    };
    delete: {
      params: {
        channel: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/channels/{channel}/test': {
    post: {
      params: {
        channel: string;
      };
      answer: ChannelTest;
    };
  };
  '/admin/v1/customers': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        /** Part of a name or mail address; an id; a key or its prefix; a request id. */
        search?: string;
        kind?: 'personal' | 'shared';
        /** Absent: not deleted. */
        state?: 'active' | 'suspended' | 'deleted';
        /** Newest first, by name, by spend of 30 days, by last request; the last two are up to a minute old. */
        sort?: 'created' | 'name' | 'spend' | 'last_request';
      };
      answer: {
        data: Customer[];
        next_cursor: string | null;
      };
    };
  };
  '/admin/v1/customers/{organization}': {
    get: {
      params: {
        organization: string;
      };
      answer: CustomerPage;
    };
  };
  '/admin/v1/customers/{organization}/resume': {
    post: {
      params: {
        organization: string;
      };
      body: {
        /** Stands in the customer’s audit log: they can read it. */
        reason: string;
      };
      answer: {
        id: string;
        state: 'active';
        keys_changed: number;
      };
    };
  };
  '/admin/v1/customers/{organization}/support-plan': {
    get: {
      params: {
        organization: string;
      };
      answer: SupportPlan;
    };
    put: {
      params: {
        organization: string;
      };
      body: {
        plan: 'starter' | 'pro' | 'enterprise';
        policy?: string | null;
        calendar?: string | null;
        address?: string | null;
      };
      answer: SupportPlan;
    };
  };
  '/admin/v1/customers/{organization}/suspend': {
    post: {
      params: {
        organization: string;
      };
      body: {
        /** Stands in the customer’s audit log: they can read it. */
        reason: string;
      };
      answer: {
        id: string;
        state: 'suspended';
        keys_changed: number;
      };
    };
  };
  '/admin/v1/desk-webhooks': {
    get: {
      answer: {
        data: DeskWebhook[];
      };
    };
    post: {
      body: {
        name: string;
        url: string;
        /** lodge: signed JSON; slack: a line of text for a chat. */
        format: 'lodge' | 'slack';
        events: ('ticket.opened' | 'ticket.message' | 'ticket.reopened' | 'ticket.replied' | 'ticket.assigned' | 'ticket.solved' | 'ticket.closed' | 'ticket.bounced' | 'ticket.target_half' | 'ticket.target_most' | 'ticket.target_missed' | 'ticket.rated')[];
        enabled?: boolean;
      };
      answer: {
        id: string;
        name: string;
        url: string;
        /** lodge: signed JSON; slack: a line of text for a chat. */
        format: 'lodge' | 'slack';
        events: ('ticket.opened' | 'ticket.message' | 'ticket.reopened' | 'ticket.replied' | 'ticket.assigned' | 'ticket.solved' | 'ticket.closed' | 'ticket.bounced' | 'ticket.target_half' | 'ticket.target_most' | 'ticket.target_missed' | 'ticket.rated')[];
        enabled: boolean;
        signed: boolean;
        updated_at: string;
        /** Of the signature; shown this once. */
        secret: string | null;
      };
    };
  };
  '/admin/v1/desk-webhooks/{webhook}': {
    patch: {
      params: {
        webhook: string;
      };
      body: {
        name?: string;
        url?: string;
        events?: ('ticket.opened' | 'ticket.message' | 'ticket.reopened' | 'ticket.replied' | 'ticket.assigned' | 'ticket.solved' | 'ticket.closed' | 'ticket.bounced' | 'ticket.target_half' | 'ticket.target_most' | 'ticket.target_missed' | 'ticket.rated')[];
        enabled?: boolean;
      };
      answer: DeskWebhook;
    };
    delete: {
      params: {
        webhook: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/desk-webhooks/{webhook}/deliveries': {
    get: {
      params: {
        webhook: string;
      };
      answer: {
        data: {
          id: string;
          event: string;
          state: 'waiting' | 'sent' | 'failed';
          attempts: number;
          error: string | null;
          created_at: string;
        }[];
      };
    };
  };
  '/admin/v1/desk-webhooks/{webhook}/test': {
    post: {
      params: {
        webhook: string;
      };
      answer: {
        delivered: boolean;
        error: string | null;
      };
    };
  };
  '/admin/v1/groups': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
      };
      answer: {
        data: Group[];
        next_cursor: string | null;
      };
    };
  };
  '/admin/v1/groups/{group}': {
    get: {
      params: {
        group: string;
      };
      answer: Group;
    };
    put: {
      params: {
        group: string;
      };
      query: {
        /** Refuse unless it is new, or exists already. */
        expect?: 'new' | 'existing';
      };
      body: {
        display_name?: string;
        /** Needed for a new one; cannot be changed. */
        vendor?: string;
        kind?: 'wallet' | 'subscription';
        multiplier?: string;
        pass_through?: boolean;
        enabled?: boolean;
      };
      answer: Group;
    };
    delete: {
      params: {
        group: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/groups/{group}/aliases': {
    get: {
      params: {
        group: string;
      };
      query: {
        limit?: number;
        cursor?: string;
      };
      answer: {
        data: Alias[];
        next_cursor: string | null;
      };
    };
  };
  '/admin/v1/groups/{group}/aliases/{alias}': {
    put: {
      params: {
        group: string;
        alias: string;
      };
      query: {
        /** Refuse unless it is new, or exists already. */
        expect?: 'new' | 'existing';
      };
      body: {
        model: string;
      };
      answer: Alias;
    };
    delete: {
      params: {
        group: string;
        alias: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/groups/{group}/models': {
    get: {
      params: {
        group: string;
      };
      answer: GroupModels;
    };
    put: {
      params: {
        group: string;
      };
      body: {
        models: string[];
      };
      answer: GroupModels;
    };
  };
  '/admin/v1/groups/{group}/models/{model}': {
    put: {
      params: {
        group: string;
        model: string;
      };
      answer: GroupModels;
    };
    delete: {
      params: {
        group: string;
        model: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/keys': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        group?: string;
        vendor?: string;
        project?: string;
        /** Whose keys: an account’s id. */
        account?: string;
        /** Absent: not deleted. */
        state?: 'enabled' | 'disabled' | 'deleted' | 'expired' | 'all';
        /** Part of a name, note or prefix. */
        search?: string;
        /** `spend`: all that was ever spent with the key. */
        sort?: '-created' | 'created' | '-last_used' | 'last_used' | '-spend' | 'spend' | 'name' | '-name';
        /** Its id, or `all`. Absent: the site’s own. */
        organization?: string;
      };
      answer: {
        data: Key[];
        next_cursor: string | null;
      };
    };
    post: {
      body: {
        name: string;
        /** Decides the vendor, for as long as the key lives. */
        group: string;
        note?: string;
        expires_at?: string | null;
        /** Names or aliases of the group's models; null: every model of the group. */
        allowed_models?: string[] | null;
        /** Null takes a limit away; what is absent stays. */
        limits?: {
          requests_per_minute?: number;
          counts_per_minute?: number;
          tokens_per_minute?: number | null;
          concurrency?: number | null;
          spend_usd?: {
            total?: string | null;
            '5h'?: string | null;
            '1d'?: string | null;
            '7d'?: string | null;
          };
        };
        /** Absent: the site’s own. */
        organization?: string;
        /** What its spend is booked to. */
        project_id?: string;
        /** The member whose key it is. */
        account_id?: string;
      };
      answer: CreatedKey;
    };
  };
  '/admin/v1/keys/{key}': {
    get: {
      params: {
        /** Id or public prefix. */
        key: string;
      };
      answer: Key;
    };
    patch: {
      params: {
        /** Id or public prefix. */
        key: string;
      };
      body: {
        name?: string;
        note?: string;
        expires_at?: string | null;
        /** Names or aliases of the group's models; null: every model of the group. */
        allowed_models?: string[] | null;
        /** Null takes a limit away; what is absent stays. */
        limits?: {
          requests_per_minute?: number;
          counts_per_minute?: number;
          tokens_per_minute?: number | null;
          concurrency?: number | null;
          spend_usd?: {
            total?: string | null;
            '5h'?: string | null;
            '1d'?: string | null;
            '7d'?: string | null;
          };
        };
      };
      answer: Key;
    };
    delete: {
      params: {
        /** Id or public prefix. */
        key: string;
      };
      answer: Key;
    };
  };
  '/admin/v1/keys/{key}/disable': {
    post: {
      params: {
        /** Id or public prefix. */
        key: string;
      };
      body?: {
        reason?: string;
      };
      answer: Key;
    };
  };
  '/admin/v1/keys/{key}/enable': {
    post: {
      params: {
        /** Id or public prefix. */
        key: string;
      };
      answer: Key;
    };
  };
  '/admin/v1/macros': {
    get: {
      answer: {
        data: Macro[];
      };
    };
    post: {
      body: {
        name: string;
        texts: Record<string, string>;
        actions?: {
          state?: 'open' | 'waiting' | 'solved' | 'closed';
          queue?: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
          priority?: 'low' | 'normal' | 'high' | 'urgent';
          add_tags?: string[];
        };
        position?: number;
      };
      answer: Macro;
    };
  };
  '/admin/v1/macros/{macro}': {
    patch: {
      params: {
        macro: string;
      };
      body: {
        name?: string;
        texts?: Record<string, string>;
        actions?: {
          state?: 'open' | 'waiting' | 'solved' | 'closed';
          queue?: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
          priority?: 'low' | 'normal' | 'high' | 'urgent';
          add_tags?: string[];
        };
        position?: number;
      };
      answer: Macro;
    };
    delete: {
      params: {
        macro: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/mail': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        state?: 'waiting' | 'sending' | 'sent' | 'shown' | 'failed' | 'withdrawn' | 'suppressed';
        kind?: 'verify-email' | 'already-registered' | 'reset-password' | 'verify-new-email' | 'email-changed' | 'password-changed' | 'new-device' | 'two-factor-changed' | 'passkey-changed' | 'recovery-code-used' | 'access-token-created' | 'invitation' | 'key-disabled' | 'key-reported' | 'ticket-pressing' | 'test' | 'ticket-reply' | 'ticket-answer';
        /** A whole address. */
        recipient?: string;
      };
      answer: {
        data: {
          id: string;
          kind: string;
          recipient: string;
          account_id: string | null;
          locale: 'en' | 'zh';
          subject: string;
          /** shown: there was no relay, the mail waits in the outbox page. withdrawn: taken back before it left. suppressed: nothing is sent to this address any more. */
          state: 'waiting' | 'sending' | 'sent' | 'shown' | 'failed' | 'withdrawn' | 'suppressed';
          attempts: number;
          /** ISO 8601, UTC. */
          created_at: string;
          sent_at: string | null;
          /** Null unless it waits. */
          next_attempt_at: string | null;
          /** From then on its link is worth nothing, and it is not sent any more. */
          expires_at: string | null;
          last_error: {
            /** ISO 8601, UTC. */
            at: string;
            message: string;
          } | null;
          /** Null unless it can still be withdrawn. */
          leaves_at: string | null;
          /** Such as T-1001. */
          ticket: string | null;
          /** It came back, or the relay refused an address of it. */
          bounce: {
            /** ISO 8601, UTC. */
            at: string;
            recipient: string | null;
            /** It can never arrive there. */
            hard: boolean;
          } | null;
        }[];
        next_cursor: string | null;
      };
    };
  };
  '/admin/v1/mail/domains': {
    get: {
      answer: {
        data: {
          domain: string;
          records: {
            purpose: 'dkim' | 'spf' | 'dmarc';
            type: 'TXT';
            name: string;
            /** To publish. SPF: when the relay belongs to a provider, its "include:" stands in place of the hosts. */
            value: string;
          }[];
        }[];
      };
    };
  };
  '/admin/v1/mail/domains/{domain}/check': {
    post: {
      params: {
        domain: string;
      };
      answer: {
        domain: string;
        records: {
          purpose: 'dkim' | 'spf' | 'dmarc';
          type: 'TXT';
          name: string;
          /** To publish. SPF: when the relay belongs to a provider, its "include:" stands in place of the hosts. */
          value: string;
          /** several: only one is allowed, so that none counts. unanswered: DNS gave no answer; ask again. */
          state: 'right' | 'missing' | 'different' | 'several' | 'unanswered';
          /** What stands there. */
          found: string[];
        }[];
      };
    };
  };
  '/admin/v1/mail/relay': {
    get: {
      answer: {
        configured: boolean;
        /** Host and port. */
        address: string | null;
        tls: 'implicit' | 'required' | 'optional' | null;
        from: string;
        waiting: number;
        failed_last_day: number;
        last_sent_at: string | null;
        last_error: {
          /** ISO 8601, UTC. */
          at: string;
          message: string;
          mail: string;
        } | null;
      };
    };
  };
  '/admin/v1/mail/suppressed': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        /** Part of an address. */
        search?: string;
      };
      answer: {
        data: {
          /** In lower case. */
          address: string;
          reason: 'bounce' | 'complaint' | 'staff';
          /** Id of the mail that came back. */
          mail: string | null;
          detail: string;
          /** ISO 8601, UTC. */
          created_at: string;
        }[];
        next_cursor: string | null;
      };
    };
    post: {
      body: {
        address: string;
        /** Why, for other staff. */
        detail?: string;
      };
      answer: {
        /** In lower case. */
        address: string;
        reason: 'bounce' | 'complaint' | 'staff';
        /** Id of the mail that came back. */
        mail: string | null;
        detail: string;
        /** ISO 8601, UTC. */
        created_at: string;
      };
    };
  };
  '/admin/v1/mail/suppressed/{address}': {
    delete: {
      params: {
        address: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/mail/test': {
    post: {
      body: {
        locale?: 'en' | 'zh';
      };
      answer: {
        id: string;
        kind: string;
        recipient: string;
        account_id: string | null;
        locale: 'en' | 'zh';
        subject: string;
        /** shown: there was no relay, the mail waits in the outbox page. withdrawn: taken back before it left. suppressed: nothing is sent to this address any more. */
        state: 'waiting' | 'sending' | 'sent' | 'shown' | 'failed' | 'withdrawn' | 'suppressed';
        attempts: number;
        /** ISO 8601, UTC. */
        created_at: string;
        sent_at: string | null;
        /** Null unless it waits. */
        next_attempt_at: string | null;
        /** From then on its link is worth nothing, and it is not sent any more. */
        expires_at: string | null;
        last_error: {
          /** ISO 8601, UTC. */
          at: string;
          message: string;
        } | null;
        /** Null unless it can still be withdrawn. */
        leaves_at: string | null;
        /** Such as T-1001. */
        ticket: string | null;
        /** It came back, or the relay refused an address of it. */
        bounce: {
          /** ISO 8601, UTC. */
          at: string;
          recipient: string | null;
          /** It can never arrive there. */
          hard: boolean;
        } | null;
      };
    };
  };
  '/admin/v1/mail/{mail}': {
    get: {
      params: {
        /** Id of the mail. */
        mail: string;
      };
      answer: {
        id: string;
        kind: string;
        recipient: string;
        account_id: string | null;
        locale: 'en' | 'zh';
        subject: string;
        /** shown: there was no relay, the mail waits in the outbox page. withdrawn: taken back before it left. suppressed: nothing is sent to this address any more. */
        state: 'waiting' | 'sending' | 'sent' | 'shown' | 'failed' | 'withdrawn' | 'suppressed';
        attempts: number;
        /** ISO 8601, UTC. */
        created_at: string;
        sent_at: string | null;
        /** Null unless it waits. */
        next_attempt_at: string | null;
        /** From then on its link is worth nothing, and it is not sent any more. */
        expires_at: string | null;
        last_error: {
          /** ISO 8601, UTC. */
          at: string;
          message: string;
        } | null;
        /** Null unless it can still be withdrawn. */
        leaves_at: string | null;
        /** Such as T-1001. */
        ticket: string | null;
        /** It came back, or the relay refused an address of it. */
        bounce: {
          /** ISO 8601, UTC. */
          at: string;
          recipient: string | null;
          /** It can never arrive there. */
          hard: boolean;
        } | null;
        message_id: string;
        /** Null once it is no longer kept. */
        text: string | null;
        html: string | null;
        /** hidden: links that open an account are left out. */
        links: 'plain' | 'hidden' | 'shown';
      };
    };
  };
  '/admin/v1/mail/{mail}/html': {
    get: {
      params: {
        /** Id of the mail. */
        mail: string;
      };
      answer: unknown;
    };
  };
  '/admin/v1/mail/{mail}/retry': {
    post: {
      params: {
        /** Id of the mail. */
        mail: string;
      };
      answer: {
        id: string;
        kind: string;
        recipient: string;
        account_id: string | null;
        locale: 'en' | 'zh';
        subject: string;
        /** shown: there was no relay, the mail waits in the outbox page. withdrawn: taken back before it left. suppressed: nothing is sent to this address any more. */
        state: 'waiting' | 'sending' | 'sent' | 'shown' | 'failed' | 'withdrawn' | 'suppressed';
        attempts: number;
        /** ISO 8601, UTC. */
        created_at: string;
        sent_at: string | null;
        /** Null unless it waits. */
        next_attempt_at: string | null;
        /** From then on its link is worth nothing, and it is not sent any more. */
        expires_at: string | null;
        last_error: {
          /** ISO 8601, UTC. */
          at: string;
          message: string;
        } | null;
        /** Null unless it can still be withdrawn. */
        leaves_at: string | null;
        /** Such as T-1001. */
        ticket: string | null;
        /** It came back, or the relay refused an address of it. */
        bounce: {
          /** ISO 8601, UTC. */
          at: string;
          recipient: string | null;
          /** It can never arrive there. */
          hard: boolean;
        } | null;
      };
    };
  };
  '/admin/v1/mailboxes': {
    get: {
      answer: {
        data: {
          id: string;
          address: string;
          name: string;
          purpose: 'support' | 'billing' | 'security';
          enabled: boolean;
          signatures: {
            en?: string;
            zh?: string;
          };
          imap: {
            host: string;
            port: number;
            /** none: only for a server on this machine. */
            tls: 'implicit' | 'starttls' | 'none';
            user: string;
            folder: string;
          } | null;
          /** How reading it by IMAP fares. */
          poll: {
            polled_at: string | null;
            error: {
              /** ISO 8601, UTC. */
              at: string;
              message: string;
            } | null;
          } | null;
        }[];
      };
    };
    post: {
      body: {
        address: string;
        /** Stands before the address in what is answered from it. */
        name: string;
        purpose?: 'support' | 'billing' | 'security';
        enabled?: boolean;
        signatures?: {
          en?: string;
          zh?: string;
        };
        /** Null: mail is delivered to the listener. */
        imap?: {
          host: string;
          port: number;
          /** none: only for a server on this machine. */
          tls: 'implicit' | 'starttls' | 'none';
          user: string;
          folder?: string;
        } | null;
        /** Never shown again. */
        imap_password?: string;
      };
      answer: {
        id: string;
        address: string;
        name: string;
        purpose: 'support' | 'billing' | 'security';
        enabled: boolean;
        signatures: {
          en?: string;
          zh?: string;
        };
        imap: {
          host: string;
          port: number;
          /** none: only for a server on this machine. */
          tls: 'implicit' | 'starttls' | 'none';
          user: string;
          folder: string;
        } | null;
        /** How reading it by IMAP fares. */
        poll: {
          polled_at: string | null;
          error: {
            /** ISO 8601, UTC. */
            at: string;
            message: string;
          } | null;
        } | null;
      };
    };
  };
  '/admin/v1/mailboxes/{mailbox}': {
    get: {
      params: {
        /** Id of the mailbox. */
        mailbox: string;
      };
      answer: {
        id: string;
        address: string;
        name: string;
        purpose: 'support' | 'billing' | 'security';
        enabled: boolean;
        signatures: {
          en?: string;
          zh?: string;
        };
        imap: {
          host: string;
          port: number;
          /** none: only for a server on this machine. */
          tls: 'implicit' | 'starttls' | 'none';
          user: string;
          folder: string;
        } | null;
        /** How reading it by IMAP fares. */
        poll: {
          polled_at: string | null;
          error: {
            /** ISO 8601, UTC. */
            at: string;
            message: string;
          } | null;
        } | null;
      };
    };
    patch: {
      params: {
        /** Id of the mailbox. */
        mailbox: string;
      };
      body: {
        address?: string;
        name?: string;
        purpose?: 'support' | 'billing' | 'security';
        enabled?: boolean;
        signatures?: {
          en?: string;
          zh?: string;
        };
        imap?: {
          host: string;
          port: number;
          /** none: only for a server on this machine. */
          tls: 'implicit' | 'starttls' | 'none';
          user: string;
          folder?: string;
        } | null;
        imap_password?: string;
      };
      answer: {
        id: string;
        address: string;
        name: string;
        purpose: 'support' | 'billing' | 'security';
        enabled: boolean;
        signatures: {
          en?: string;
          zh?: string;
        };
        imap: {
          host: string;
          port: number;
          /** none: only for a server on this machine. */
          tls: 'implicit' | 'starttls' | 'none';
          user: string;
          folder: string;
        } | null;
        /** How reading it by IMAP fares. */
        poll: {
          polled_at: string | null;
          error: {
            /** ISO 8601, UTC. */
            at: string;
            message: string;
          } | null;
        } | null;
      };
    };
    delete: {
      params: {
        /** Id of the mailbox. */
        mailbox: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/mailboxes/{mailbox}/test': {
    post: {
      params: {
        /** Id of the mailbox. */
        mailbox: string;
      };
      answer: {
        works: boolean;
        problem: 'dns' | 'unreachable' | 'tls' | 'login' | 'folder' | 'other' | null;
        message: string | null;
        /** How many mails the folder holds. */
        messages: number | null;
      };
    };
  };
  '/admin/v1/mailroom': {
    get: {
      answer: {
        listening: boolean;
        /** On which mail is taken by SMTP. */
        port: number | null;
        states: Record<string, number>;
        oldest_waiting_at: string | null;
        last_received_at: string | null;
        outgoing_last_week: {
          sent: number;
          bounced: number;
          bounce_rate: number;
        };
        mailboxes: {
          id: string;
          address: string;
          name: string;
          purpose: 'support' | 'billing' | 'security';
          enabled: boolean;
          signatures: {
            en?: string;
            zh?: string;
          };
          imap: {
            host: string;
            port: number;
            /** none: only for a server on this machine. */
            tls: 'implicit' | 'starttls' | 'none';
            user: string;
            folder: string;
          } | null;
          /** How reading it by IMAP fares. */
          poll: {
            polled_at: string | null;
            error: {
              /** ISO 8601, UTC. */
              at: string;
              message: string;
            } | null;
          } | null;
        }[];
      };
    };
  };
  '/admin/v1/mailroom/mails': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        state?: 'stored' | 'read' | 'threaded' | 'routed' | 'answered' | 'quarantined' | 'ignored';
        /** Id of a mailbox. */
        mailbox?: string;
      };
      answer: {
        data: {
          id: string;
          state: 'stored' | 'read' | 'threaded' | 'routed' | 'answered' | 'quarantined' | 'ignored';
          came_by: 'smtp' | 'imap' | 'command';
          /** ISO 8601, UTC. */
          received_at: string;
          mailbox: {
            id: string;
            address: string;
          } | null;
          message_id: string;
          size: number;
          /** Of the envelope; null: not known. */
          from: string | null;
          to: string[];
          ip_address: string | null;
          attempts: number;
          next_attempt_at: string | null;
          last_error: string | null;
          quarantine_code: string | null;
          /** T-<number>. */
          ticket: string | null;
          raw_kept: boolean;
          /** How often the same mail came again, by this or another way. */
          repeats: number;
        }[];
        next_cursor: string | null;
      };
    };
  };
  '/admin/v1/mailroom/mails/{mail}': {
    get: {
      params: {
        /** Id of the mail. */
        mail: string;
      };
      answer: {
        id: string;
        state: 'stored' | 'read' | 'threaded' | 'routed' | 'answered' | 'quarantined' | 'ignored';
        came_by: 'smtp' | 'imap' | 'command';
        /** ISO 8601, UTC. */
        received_at: string;
        mailbox: {
          id: string;
          address: string;
        } | null;
        message_id: string;
        size: number;
        /** Of the envelope; null: not known. */
        from: string | null;
        to: string[];
        ip_address: string | null;
        attempts: number;
        next_attempt_at: string | null;
        last_error: string | null;
        quarantine_code: string | null;
        /** T-<number>. */
        ticket: string | null;
        raw_kept: boolean;
        /** How often the same mail came again, by this or another way. */
        repeats: number;
      };
    };
  };
  '/admin/v1/mailroom/mails/{mail}/discard': {
    post: {
      params: {
        /** Id of the mail. */
        mail: string;
      };
      answer: {
        id: string;
        state: 'stored' | 'read' | 'threaded' | 'routed' | 'answered' | 'quarantined' | 'ignored';
        came_by: 'smtp' | 'imap' | 'command';
        /** ISO 8601, UTC. */
        received_at: string;
        mailbox: {
          id: string;
          address: string;
        } | null;
        message_id: string;
        size: number;
        /** Of the envelope; null: not known. */
        from: string | null;
        to: string[];
        ip_address: string | null;
        attempts: number;
        next_attempt_at: string | null;
        last_error: string | null;
        quarantine_code: string | null;
        /** T-<number>. */
        ticket: string | null;
        raw_kept: boolean;
        /** How often the same mail came again, by this or another way. */
        repeats: number;
      };
    };
  };
  '/admin/v1/mailroom/mails/{mail}/raw': {
    post: {
      params: {
        /** Id of the mail. */
        mail: string;
      };
      body: {
        reason: string;
      };
      answer: unknown;
    };
  };
  '/admin/v1/mailroom/mails/{mail}/run-again': {
    post: {
      params: {
        /** Id of the mail. */
        mail: string;
      };
      answer: {
        id: string;
        state: 'stored' | 'read' | 'threaded' | 'routed' | 'answered' | 'quarantined' | 'ignored';
        came_by: 'smtp' | 'imap' | 'command';
        /** ISO 8601, UTC. */
        received_at: string;
        mailbox: {
          id: string;
          address: string;
        } | null;
        message_id: string;
        size: number;
        /** Of the envelope; null: not known. */
        from: string | null;
        to: string[];
        ip_address: string | null;
        attempts: number;
        next_attempt_at: string | null;
        last_error: string | null;
        quarantine_code: string | null;
        /** T-<number>. */
        ticket: string | null;
        raw_kept: boolean;
        /** How often the same mail came again, by this or another way. */
        repeats: number;
      };
    };
  };
  '/admin/v1/mailroom/send': {
    post: {
      body: {
        as: string;
        name?: string;
        to: string;
        cc?: string[];
        reply_to?: string | null;
        subject?: string;
        text?: string;
        files?: {
          name: string;
          base64: string;
        }[];
        message_id?: string | null;
        in_reply_to?: string | null;
        /** As anybody could send it: nobody vouches for its sender. */
        unsigned?: boolean;
      };
      answer: {
        message_id: string;
        /** What the listener said. */
        reply: string;
      };
    };
  };
  '/admin/v1/models': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        vendor?: string;
      };
      answer: {
        data: Model[];
        next_cursor: string | null;
      };
    };
  };
  '/admin/v1/models/{vendor}/{model}': {
    get: {
      params: {
        vendor: string;
        model: string;
      };
      answer: Model;
    };
    put: {
      params: {
        vendor: string;
        model: string;
      };
      query: {
        /** Refuse unless it is new, or exists already. */
        expect?: 'new' | 'existing';
      };
      body: {
        display_name?: string;
        mode?: 'chat' | 'completion' | 'embedding' | 'image' | 'audio' | 'moderation';
        released_at?: string;
        max_input_tokens?: number | null;
        max_output_tokens?: number | null;
        inputs?: string[];
        outputs?: string[];
      };
      answer: Model;
    };
    delete: {
      params: {
        vendor: string;
        model: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/overview': {
    get: {
      answer: Overview;
    };
  };
  '/admin/v1/prices': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        vendor?: string;
        model?: string;
      };
      answer: {
        data: Price[];
        next_cursor: string | null;
      };
    };
    post: {
      body: {
        vendor: string;
        model: string;
        rates: Rates;
        tiers?: PriceTier[];
        /** Now when left out; never in the past. */
        valid_from?: string;
      };
      answer: Price;
    };
  };
  '/admin/v1/prices/refresh': {
    post: {
      body: {
        /** Say what would change, and change nothing. */
        dry_run?: boolean;
      };
      answer: {
        dry_run: boolean;
        changes: {
          vendor: string;
          model: string;
          kind: 'added' | 'withdrawn' | 'operator_price_kept';
          valid_from: string;
          before: Rates | null;
          after: Rates | null;
          source: string;
        }[];
        unchanged_models: number;
        models_not_in_catalogue: string[];
      };
    };
  };
  '/admin/v1/prices/{price}': {
    get: {
      params: {
        price: string;
      };
      answer: Price;
    };
    delete: {
      params: {
        price: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/requests': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        /** A request id in any written form, other filters are then passed over; or a part of one, of four characters at least. */
        id?: string;
        /** HTTP status of the answer, or a class: 4xx. */
        status?: string;
        /** Error code. */
        code?: string;
        /** As asked, routed or served. */
        model?: string;
        /** Client tool, such as codex. */
        tool?: string;
        outcome?: string;
        min_duration_ms?: number;
        /** Received at or after. */
        since?: string;
        /** Received before. */
        until?: string;
        /** live_cursor of the answer before: only what has come since, and what has ended since. */
        newer_than?: string;
        /** The public prefix, whole. */
        key_prefix?: string;
        key_id?: string;
        organization_id?: string;
        project_id?: string;
      };
      answer: {
        data: {
          id: string;
          received_at: string;
          organization_id: string | null;
          project_id: string | null;
          key_id: string | null;
          key_prefix: string | null;
          region: string;
          node: string;
          vendor: string | null;
          group_id: string | null;
          channel_id: string | null;
          endpoint: string;
          wire: string | null;
          method: string;
          model_asked: string | null;
          model_routed: string | null;
          model_served: string | null;
          /** sync, stream or async */
          mode: string;
          client_tool: string | null;
          client_version: string | null;
          bytes_in: number;
          bytes_out: number;
          admitted_ms: number | null;
          head_ms: number | null;
          first_token_ms: number | null;
          duration_ms: number | null;
          /** vendor, estimated, unknown or none */
          usage_source: string;
          tokens: {
            input: number;
            cache_read: number;
            cache_write_5m: number;
            cache_write_1h: number;
            audio_input: number;
            image_input: number;
            /** Without audio and images; includes reasoning. */
            output: number;
            reasoning: number;
            audio_output: number;
            image_output: number;
            images: number;
          } | null;
          charge: {
            rule: string | null;
            rule_words: string | null;
            /** The version of the price. */
            price_id: string | null;
            /** At list price. */
            cost_usd: string;
            cost_nano_usd: string;
            multiplier: string | null;
            /** What the customer pays: cost × multiplier. */
            actual_cost_usd: string;
            actual_cost_nano_usd: string;
            /** What the request was expected to cost when it was admitted. */
            estimate_usd: string;
            cost_units: number | null;
            /** The price tier that applied; null: the base rates. */
            tier_over_input_tokens?: number | null;
            /** By token class; where one request is shown. */
            lines?: {
              /** Token class, images or request. */
              class: string;
              quantity: number;
              /** Whose rate was taken where the class has none of its own. */
              rated_as: string;
              /** Per million tokens, per image or per request. */
              rate_usd: string;
              /** Quantity × rate before rounding. */
              amount_usd: string;
            }[];
          };
          /** The limit that was closest when the request was decided. */
          limit: {
            kind: string;
            limit: number;
            used: number;
            reset_at: string | null;
          } | null;
          status: number | null;
          upstream_status: number | null;
          error_code: string | null;
          /** you, us or vendor */
          fault: string | null;
          who_must_act: string | null;
          retries: number;
          outcome: string;
          vendor_response_id: string | null;
          attempts: {
            number: number;
            channel_id: string;
            started_ms: number;
            head_ms: number | null;
            ended_ms: number | null;
            /** The vendor’s HTTP status; null when no head came. */
            status: number | null;
            vendor_request_id: string | null;
            /** Why the try did not serve the request; null when it did. */
            failure: string | null;
          }[];
          incident: string | null;
          applied_at: string;
          organization_name: string | null;
        }[];
        next_cursor: string | null;
        /** A page can be short, or empty, and yet have a next one: it has looked back so far. Null: to the first record. */
        searched_back_to: string | null;
        /** For newer_than, every two seconds. What comes may repeat what is shown: each id has one place. */
        live_cursor: string | null;
      };
    };
  };
  '/admin/v1/requests/{id}': {
    get: {
      params: {
        /** The X-Request-Id of its answer. */
        id: string;
      };
      query: {
        /** Language of the explanation. */
        locale?: 'en' | 'zh';
      };
      answer: {
        id: string;
        received_at: string;
        organization_id: string | null;
        project_id: string | null;
        key_id: string | null;
        key_prefix: string | null;
        region: string;
        node: string;
        vendor: string | null;
        group_id: string | null;
        channel_id: string | null;
        endpoint: string;
        wire: string | null;
        method: string;
        model_asked: string | null;
        model_routed: string | null;
        model_served: string | null;
        /** sync, stream or async */
        mode: string;
        client_tool: string | null;
        client_version: string | null;
        bytes_in: number;
        bytes_out: number;
        admitted_ms: number | null;
        head_ms: number | null;
        first_token_ms: number | null;
        duration_ms: number | null;
        /** vendor, estimated, unknown or none */
        usage_source: string;
        tokens: {
          input: number;
          cache_read: number;
          cache_write_5m: number;
          cache_write_1h: number;
          audio_input: number;
          image_input: number;
          /** Without audio and images; includes reasoning. */
          output: number;
          reasoning: number;
          audio_output: number;
          image_output: number;
          images: number;
        } | null;
        charge: {
          rule: string | null;
          rule_words: string | null;
          /** The version of the price. */
          price_id: string | null;
          /** At list price. */
          cost_usd: string;
          cost_nano_usd: string;
          multiplier: string | null;
          /** What the customer pays: cost × multiplier. */
          actual_cost_usd: string;
          actual_cost_nano_usd: string;
          /** What the request was expected to cost when it was admitted. */
          estimate_usd: string;
          cost_units: number | null;
          /** The price tier that applied; null: the base rates. */
          tier_over_input_tokens?: number | null;
          /** By token class; where one request is shown. */
          lines?: {
            /** Token class, images or request. */
            class: string;
            quantity: number;
            /** Whose rate was taken where the class has none of its own. */
            rated_as: string;
            /** Per million tokens, per image or per request. */
            rate_usd: string;
            /** Quantity × rate before rounding. */
            amount_usd: string;
          }[];
        };
        /** The limit that was closest when the request was decided. */
        limit: {
          kind: string;
          limit: number;
          used: number;
          reset_at: string | null;
        } | null;
        status: number | null;
        upstream_status: number | null;
        error_code: string | null;
        /** you, us or vendor */
        fault: string | null;
        who_must_act: string | null;
        retries: number;
        outcome: string;
        vendor_response_id: string | null;
        attempts: {
          number: number;
          channel_id: string;
          started_ms: number;
          head_ms: number | null;
          ended_ms: number | null;
          /** The vendor’s HTTP status; null when no head came. */
          status: number | null;
          vendor_request_id: string | null;
          /** Why the try did not serve the request; null when it did. */
          failure: string | null;
        }[];
        incident: string | null;
        applied_at: string;
        organization_name: string | null;
        /** What happened and what was charged, in plain sentences. */
        explanation: string[];
        /** For whoever has to act; null where there is nothing to do. */
        what_to_do: string | null;
        timeline: Timeline;
      };
    };
  };
  '/admin/v1/routing-rules': {
    get: {
      answer: {
        data: RoutingRule[];
      };
    };
    post: {
      body: {
        name: string;
        enabled?: boolean;
        conditions: RoutingConditions;
        actions: RoutingActions;
      };
      answer: RoutingRule;
    };
  };
  '/admin/v1/routing-rules/dry-run': {
    post: {
      body: {
        /** All of them, in order: as they would be. */
        rules: {
          id?: string;
          name: string;
          enabled?: boolean;
          conditions: RoutingConditions;
          actions: RoutingActions;
        }[];
        tickets?: number;
      };
      answer: {
        tried: number;
        changed: number;
        data: {
          ticket: string;
          subject: string;
          before: {
            queue: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
            priority: 'low' | 'normal' | 'high' | 'urgent';
            tags: string[];
            rule: string | null;
          };
          after: {
            queue: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
            priority: 'low' | 'normal' | 'high' | 'urgent';
            tags: string[];
            rule: string | null;
          };
          differs: boolean;
        }[];
      };
    };
  };
  '/admin/v1/routing-rules/order': {
    put: {
      body: {
        rules: string[];
      };
      answer: {
        data: RoutingRule[];
      };
    };
  };
  '/admin/v1/routing-rules/{rule}': {
    put: {
      params: {
        rule: string;
      };
      body: {
        name: string;
        enabled?: boolean;
        conditions: RoutingConditions;
        actions: RoutingActions;
      };
      answer: RoutingRule;
    };
    delete: {
      params: {
        rule: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/site': {
    get: {
      answer: SiteSettings;
    };
    patch: {
      body: {
        name?: string | null;
        support_address?: string | null;
        contact?: {
          kind: 'email' | 'chat' | 'phone' | 'link';
          label: {
            en: string;
            zh: string;
          };
          value: string;
          topics: ('technical' | 'pre_sales' | 'after_sales' | 'billing' | 'security')[];
        }[];
        regions?: {
          name: string;
          label: string;
          api_base_url: string;
        }[] | null;
        languages?: ('en' | 'zh')[];
        default_language?: 'en' | 'zh';
        registration?: 'open' | 'closed';
        legal?: {
          terms_url: string | null;
          privacy_url: string | null;
        };
        key_leak_address?: string | null;
        /** Null takes the logo away. */
        logo?: {
          content_type: 'image/svg+xml' | 'image/png' | 'image/webp';
          /** Base64 of the file, 128 kB at most. An SVG may only draw: no script, no link, no reference outside. */
          data: string;
        } | null;
      };
      answer: SiteSettings;
    };
  };
  '/admin/v1/staff': {
    get: {
      answer: {
        data: {
          account: {
            id: string;
            email: string;
            name: string;
          };
          role: 'admin' | 'support' | 'sales' | 'read-only';
          state: 'active' | 'disabled';
          two_factor: boolean;
          last_sign_in_at: string | null;
        }[];
      };
    };
    post: {
      body: {
        email: string;
        role: 'admin' | 'support' | 'sales' | 'read-only';
      };
      answer: undefined;
    };
  };
  '/admin/v1/staff/{account}': {
    patch: {
      params: {
        account: string;
      };
      body: {
        role: 'admin' | 'support' | 'sales' | 'read-only';
      };
      answer: undefined;
    };
    delete: {
      params: {
        account: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/support-plans': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        /** Part of a name, or an id. */
        search?: string;
        plan?: 'starter' | 'pro' | 'enterprise';
      };
      answer: {
        data: {
          organization: {
            id: string;
            name: string;
          };
          plan: 'starter' | 'pro' | 'enterprise';
          /** Null: that of the plan. */
          policy: string | null;
          /** In place of the policy’s own. */
          calendar: string | null;
          /** Its own address for mail. */
          address: string | null;
        }[];
        next_cursor: string | null;
      };
    };
  };
  '/admin/v1/target-policies': {
    get: {
      answer: {
        data: TargetPolicy[];
      };
    };
  };
  '/admin/v1/target-policies/preview': {
    post: {
      body: {
        opened_at: string;
        /** As it would be; null: around the clock. */
        calendar: {
          name: string;
          /** Of the IANA database, such as "Europe/Paris". */
          time_zone: string;
          /** Local times; a day that is missing is closed. */
          week: {
            monday?: {
              from: string;
              to: string;
            }[];
            tuesday?: {
              from: string;
              to: string;
            }[];
            wednesday?: {
              from: string;
              to: string;
            }[];
            thursday?: {
              from: string;
              to: string;
            }[];
            friday?: {
              from: string;
              to: string;
            }[];
            saturday?: {
              from: string;
              to: string;
            }[];
            sunday?: {
              from: string;
              to: string;
            }[];
          };
          /** Dates on which it is otherwise; without ranges: closed. */
          exceptions?: {
            date: string;
            name: string;
            ranges: {
              from: string;
              to: string;
            }[];
          }[];
        } | null;
        targets: {
          low: {
            /** Milliseconds of work time; null: best effort. */
            first_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            next_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            resolution_ms: number | null;
          };
          normal: {
            /** Milliseconds of work time; null: best effort. */
            first_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            next_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            resolution_ms: number | null;
          };
          high: {
            /** Milliseconds of work time; null: best effort. */
            first_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            next_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            resolution_ms: number | null;
          };
          urgent: {
            /** Milliseconds of work time; null: best effort. */
            first_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            next_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            resolution_ms: number | null;
          };
        };
      };
      answer: {
        low: {
          /** Null: best effort. */
          first_response_at: string | null;
          /** Had the customer written then. */
          next_response_at: string | null;
          resolution_at: string | null;
        };
        normal: {
          /** Null: best effort. */
          first_response_at: string | null;
          /** Had the customer written then. */
          next_response_at: string | null;
          resolution_at: string | null;
        };
        high: {
          /** Null: best effort. */
          first_response_at: string | null;
          /** Had the customer written then. */
          next_response_at: string | null;
          resolution_at: string | null;
        };
        urgent: {
          /** Null: best effort. */
          first_response_at: string | null;
          /** Had the customer written then. */
          next_response_at: string | null;
          resolution_at: string | null;
        };
      };
    };
  };
  '/admin/v1/target-policies/{policy}/versions': {
    post: {
      params: {
        policy: string;
      };
      body: {
        name: string;
        calendar: string | null;
        targets: {
          low: {
            /** Milliseconds of work time; null: best effort. */
            first_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            next_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            resolution_ms: number | null;
          };
          normal: {
            /** Milliseconds of work time; null: best effort. */
            first_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            next_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            resolution_ms: number | null;
          };
          high: {
            /** Milliseconds of work time; null: best effort. */
            first_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            next_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            resolution_ms: number | null;
          };
          urgent: {
            /** Milliseconds of work time; null: best effort. */
            first_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            next_response_ms: number | null;
            /** Milliseconds of work time; null: best effort. */
            resolution_ms: number | null;
          };
        };
      };
      answer: TargetPolicy;
    };
  };
  '/admin/v1/ticket-assignees': {
    get: {
      answer: {
        data: {
          id: string;
          name: string;
          email: string;
          /** Also reports of vulnerabilities. */
          security: boolean;
        }[];
      };
    };
  };
  '/admin/v1/ticket-uploads': {
    post: {
      body: {
        name: string;
        size: number;
      };
      answer: {
        id: string;
        piece_bytes: number;
        pieces: number;
      };
    };
  };
  '/admin/v1/ticket-uploads/{upload}/pieces/{number}': {
    put: {
      params: {
        upload: string;
        number: string;
      };
      body: {
        /** The bytes in base64. */
        data: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/tickets': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        /** `breaching`: what is due within two hours, or missed, first things first. */
        view?: 'inbox' | 'mine' | 'unassigned' | 'breaching' | 'waiting_for_us' | 'waiting' | 'snoozed' | 'solved' | 'closed' | 'all';
        queue?: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
        state?: 'open' | 'waiting' | 'solved' | 'closed';
        priority?: 'low' | 'normal' | 'high' | 'urgent';
        tag?: string;
        assignee?: string;
        organization?: string;
        account?: string;
        /** The whole address. */
        requester?: string;
      };
      answer: {
        data: {
          /** `T-1001`. */
          id: string;
          subject: string;
          state: 'open' | 'waiting' | 'solved' | 'closed';
          queue: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
          priority: 'low' | 'normal' | 'high' | 'urgent';
          came_by: 'mail' | 'console' | 'api' | 'staff';
          requester: {
            address: string;
            name: string;
            /** The first message was proven to be from this address. */
            verified: boolean;
          };
          /** Null: a stranger’s. */
          account: {
            id: string;
            name: string;
            email: string;
          } | null;
          organization: {
            id: string;
            name: string;
          } | null;
          /** What was promised when it began. */
          plan: 'starter' | 'pro' | 'enterprise';
          locale: 'en' | 'zh';
          assignee: {
            id: string;
            name: string;
            email: string;
          } | null;
          tags: string[];
          unread: boolean;
          /** Null: no clock runs. */
          due_at: string | null;
          due_kind: 'first_response' | 'next_response' | 'resolution' | null;
          breached: boolean;
          snoozed_until: string | null;
          merged_into: string | null;
          last_author: 'customer' | 'staff' | 'system';
          last_message_at: string;
          opened_at: string;
          changed_at: string;
          first_replied_at: string | null;
          solved_at: string | null;
          closed_at: string | null;
          rating: {
            stars: number;
            comment: string | null;
            at: string;
          } | null;
          version: number;
          /** How the last message begins. */
          last_words: string;
        }[];
        next_cursor: string | null;
      };
    };
    post: {
      body: {
        to: string;
        name?: string;
        subject: string;
        text: string;
        queue?: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
        priority?: 'low' | 'normal' | 'high' | 'urgent';
        /** Absent: the account’s, or English. */
        locale?: 'en' | 'zh';
        state?: 'open' | 'waiting' | 'solved' | 'closed';
        uploads?: string[];
      };
      answer: {
        ticket: string;
        message: string;
        undo_until: string | null;
      };
    };
  };
  '/admin/v1/tickets/bulk': {
    post: {
      body: {
        tickets: string[];
        change: {
          state?: 'open' | 'waiting' | 'solved' | 'closed';
          queue?: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
          priority?: 'low' | 'normal' | 'high' | 'urgent';
          assignee?: string | null;
          add_tags?: string[];
          remove_tags?: string[];
        };
      };
      answer: {
        changed: {
          id: string;
          version: number;
        }[];
        refused: {
          id: string;
          code: string;
          message: string;
        }[];
      };
    };
  };
  '/admin/v1/tickets/counts': {
    get: {
      answer: {
        views: Record<string, number>;
        /** Open and waiting ones. */
        queues: Record<string, number>;
      };
    };
  };
  '/admin/v1/tickets/report': {
    get: {
      query: {
        /** Absent: 30 days before `to`. */
        from?: string;
        /** Absent: now. */
        to?: string;
        group?: 'all' | 'day' | 'queue' | 'priority' | 'plan' | 'assignee' | 'error_code';
      };
      answer: {
        from: string;
        to: string;
        data: {
          /** Empty: has none. */
          group: string;
          opened: number;
          solved: number;
          /** Wall time in milliseconds. */
          first_response_median_ms: number | null;
          /** Wall time in milliseconds. */
          first_response_p90_ms: number | null;
          /** Wall time in milliseconds. */
          resolution_median_ms: number | null;
          /** Were promised a response time. */
          with_target: number;
          /** Of these, those without a missed target so far. */
          target_met: number;
          reopened: number;
          rated: number;
          rating_mean: number | null;
        }[];
      };
    };
  };
  '/admin/v1/tickets/report/export': {
    get: {
      query: {
        /** Absent: 30 days before `to`. */
        from?: string;
        /** Absent: now. */
        to?: string;
        group?: 'all' | 'day' | 'queue' | 'priority' | 'plan' | 'assignee' | 'error_code';
      };
      answer: unknown;
    };
  };
  '/admin/v1/tickets/search': {
    get: {
      query: {
        /** Words; `T-1001`; a request id; a key or its prefix; a mail address; an order; a Message-ID. */
        q: string;
        limit?: number;
      };
      answer: {
        by: 'ticket' | 'fact' | 'address' | 'message_id' | 'words' | 'nothing';
        data: {
          /** `T-1001`. */
          id: string;
          subject: string;
          state: 'open' | 'waiting' | 'solved' | 'closed';
          queue: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
          priority: 'low' | 'normal' | 'high' | 'urgent';
          came_by: 'mail' | 'console' | 'api' | 'staff';
          requester: {
            address: string;
            name: string;
            /** The first message was proven to be from this address. */
            verified: boolean;
          };
          /** Null: a stranger’s. */
          account: {
            id: string;
            name: string;
            email: string;
          } | null;
          organization: {
            id: string;
            name: string;
          } | null;
          /** What was promised when it began. */
          plan: 'starter' | 'pro' | 'enterprise';
          locale: 'en' | 'zh';
          assignee: {
            id: string;
            name: string;
            email: string;
          } | null;
          tags: string[];
          unread: boolean;
          /** Null: no clock runs. */
          due_at: string | null;
          due_kind: 'first_response' | 'next_response' | 'resolution' | null;
          breached: boolean;
          snoozed_until: string | null;
          merged_into: string | null;
          last_author: 'customer' | 'staff' | 'system';
          last_message_at: string;
          opened_at: string;
          changed_at: string;
          first_replied_at: string | null;
          solved_at: string | null;
          closed_at: string | null;
          rating: {
            stars: number;
            comment: string | null;
            at: string;
          } | null;
          version: number;
          excerpt: string | null;
        }[];
      };
    };
  };
  '/admin/v1/tickets/{ticket}': {
    get: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      answer: TicketPage;
    };
    patch: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        state?: 'open' | 'waiting' | 'solved' | 'closed';
        queue?: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
        priority?: 'low' | 'normal' | 'high' | 'urgent';
        /** Account id of a member of staff; null: nobody. */
        assignee?: string | null;
        tags?: string[];
        add_tags?: string[];
        remove_tags?: string[];
        subject?: string;
        locale?: 'en' | 'zh';
        unread?: boolean;
        /** Absent: whatever it is now. */
        version?: number;
      };
      answer: Ticket;
    };
  };
  '/admin/v1/tickets/{ticket}/answer-again': {
    post: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        /** False: it is only shown. */
        send?: boolean;
        /** Absent: the ticket’s. */
        locale?: 'en' | 'zh';
      };
      answer: TicketAnswer;
    };
  };
  '/admin/v1/tickets/{ticket}/attachments/{attachment}': {
    get: {
      params: {
        /** `T-1001`. */
        ticket: string;
        attachment: string;
      };
      query: {
        inline?: '1';
      };
      answer: unknown;
    };
  };
  '/admin/v1/tickets/{ticket}/following': {
    put: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        following: boolean;
      };
      answer: {
        following: boolean;
      };
    };
  };
  '/admin/v1/tickets/{ticket}/links': {
    post: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        /** `T-1001`. */
        ticket: string;
        kind?: 'related' | 'duplicate' | 'follow_up';
      };
      answer: undefined;
    };
  };
  '/admin/v1/tickets/{ticket}/links/{other}': {
    delete: {
      params: {
        /** `T-1001`. */
        ticket: string;
        /** `T-1001`. */
        other: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/tickets/{ticket}/macros/{macro}': {
    post: {
      params: {
        /** `T-1001`. */
        ticket: string;
        macro: string;
      };
      answer: {
        text: string;
        actions: {
          state?: 'open' | 'waiting' | 'solved' | 'closed';
          queue?: 'general' | 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'spam';
          priority?: 'low' | 'normal' | 'high' | 'urgent';
          add_tags?: string[];
        };
      };
    };
  };
  '/admin/v1/tickets/{ticket}/merge': {
    post: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        /** `T-1001`. */
        into: string;
        /** `version` of the ticket as it was read: a change that somebody made meanwhile is not passed over. */
        version: number;
      };
      answer: Ticket;
    };
  };
  '/admin/v1/tickets/{ticket}/messages/{message}/html': {
    get: {
      params: {
        /** `T-1001`. */
        ticket: string;
        message: string;
      };
      query: {
        lang?: 'en' | 'zh';
        /** 1: images elsewhere are fetched by the site and shown. */
        images?: '1';
      };
      answer: unknown;
    };
  };
  '/admin/v1/tickets/{ticket}/notes': {
    post: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        text: string;
        uploads?: string[];
      };
      answer: {
        message: string;
        mentioned: string[];
        /** Secrets that were taken out of what was written. */
        redacted: {
          kind: string;
          issuer: string | null;
          last_four: string;
        }[];
      };
    };
  };
  '/admin/v1/tickets/{ticket}/participants': {
    post: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        address: string;
        name?: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/tickets/{ticket}/participants/{address}': {
    delete: {
      params: {
        /** `T-1001`. */
        ticket: string;
        address: string;
      };
      answer: undefined;
    };
  };
  '/admin/v1/tickets/{ticket}/presence': {
    put: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        typing: boolean;
      };
      answer: {
        others: {
          id: string;
          name: string;
          typing: boolean;
          seen_at: string;
        }[];
        /** Of the ticket now: another one than what you have read means that it was changed. */
        version: number;
      };
    };
  };
  '/admin/v1/tickets/{ticket}/reply': {
    post: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        text: string;
        /** Absent: whoever is in copy already. */
        cc?: string[];
        state?: 'open' | 'waiting' | 'solved' | 'closed';
        uploads?: string[];
        /** `version` of the ticket as it was read: a change that somebody made meanwhile is not passed over. */
        version: number;
      };
      answer: {
        message: string;
        undo_until: string | null;
        /** Secrets that were taken out of what was written. */
        redacted: {
          kind: string;
          issuer: string | null;
          last_four: string;
        }[];
        /** Addresses that nothing is sent to any more: mail to them came back. */
        left_out: string[];
      };
    };
  };
  '/admin/v1/tickets/{ticket}/requests': {
    get: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      query: {
        /** Language of the explanations. */
        locale?: 'en' | 'zh';
      };
      answer: TicketRequests;
    };
  };
  '/admin/v1/tickets/{ticket}/snooze': {
    post: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        until: string | null;
      };
      answer: Ticket;
    };
  };
  '/admin/v1/tickets/{ticket}/split': {
    post: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        messages: string[];
        subject: string;
      };
      answer: Ticket;
    };
  };
  '/admin/v1/tickets/{ticket}/undo': {
    post: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        message: string;
      };
      answer: {
        /** What was written, to go on with. */
        text: string;
      };
    };
  };
  '/admin/v1/vendors': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
      };
      answer: {
        data: Vendor[];
        next_cursor: string | null;
      };
    };
  };
  '/admin/v1/vendors/{vendor}': {
    get: {
      params: {
        vendor: string;
      };
      answer: Vendor;
    };
    put: {
      params: {
        vendor: string;
      };
      query: {
        /** Refuse unless it is new, or exists already. */
        expect?: 'new' | 'existing';
      };
      body: {
        display_name?: string;
        family?: 'openai' | 'anthropic' | 'gemini';
      };
      answer: Vendor;
    };
    delete: {
      params: {
        vendor: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/account': {
    patch: {
      body: {
        name?: string;
        locale?: 'en' | 'zh';
        /** IANA name; null: that of the viewer. */
        time_zone?: string | null;
      };
      answer: undefined;
    };
  };
  '/control/v1/account/delete': {
    post: {
      body: {
        /** Your address, typed to be sure. */
        email: string;
        password?: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/account/email': {
    post: {
      body: {
        email: string;
        password?: string;
      };
      answer: {
        status: 'accepted';
      };
    };
  };
  '/control/v1/account/passkeys': {
    get: {
      answer: {
        data: {
          id: string;
          name: string;
          created_at: string | null;
          /** Kept by a password manager or a cloud, not by one device alone. */
          synced: boolean;
        }[];
      };
    };
    post: {
      body: {
        name: string;
        /** What the browser answered, in the JSON form of WebAuthn. */
        response: {
          id: string;
          rawId: string;
          type: 'public-key';
          response: Record<string, unknown>;
          clientExtensionResults: Record<string, unknown>;
        };
      };
      answer: {
        id: string;
        name: string;
        created_at: string | null;
        /** Kept by a password manager or a cloud, not by one device alone. */
        synced: boolean;
      };
    };
  };
  '/control/v1/account/passkeys/options': {
    post: {
      body: {
        /** The present password. Needed unless you signed in within the last 15 minutes, or have no password. */
        password?: string;
      };
      answer: {
        /** For the browser, in the JSON form of WebAuthn. */
        options: Record<string, unknown>;
      };
    };
  };
  '/control/v1/account/passkeys/{passkey}': {
    patch: {
      params: {
        passkey: string;
      };
      body: {
        name: string;
      };
      answer: undefined;
    };
    delete: {
      params: {
        passkey: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/account/password': {
    post: {
      body: {
        /** The present one; leave it out when you have none. */
        password?: string;
        /** 12 to 128 characters. */
        new_password: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/account/sessions': {
    get: {
      answer: {
        data: {
          id: string;
          /** The one that asks. */
          current: boolean;
          /** How it began: password, totp, recovery_code, passkey, sso, link. */
          method: string | null;
          /** Such as "Firefox on Windows". */
          device: string | null;
          ip_address: string | null;
          created_at: string;
          /** To within ten minutes. */
          last_used_at: string;
          expires_at: string;
        }[];
      };
    };
  };
  '/control/v1/account/sessions/revoke-others': {
    post: {
      answer: {
        ended: number;
      };
    };
  };
  '/control/v1/account/sessions/{session}': {
    delete: {
      params: {
        session: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/account/sign-ins': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
      };
      answer: {
        data: {
          id: string;
          at: string;
          method: string;
          outcome: 'passed' | 'wrong_password' | 'wrong_code' | 'disabled' | 'throttled';
          device: string | null;
          new_device: boolean;
          ip_address: string | null;
        }[];
        next_cursor: string | null;
      };
    };
  };
  '/control/v1/account/ticket-uploads': {
    post: {
      body: {
        name: string;
        size: number;
      };
      answer: {
        id: string;
        piece_bytes: number;
        pieces: number;
      };
    };
  };
  '/control/v1/account/ticket-uploads/{upload}/pieces/{number}': {
    put: {
      params: {
        upload: string;
        number: string;
      };
      body: {
        /** The bytes in base64. */
        data: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/account/tickets': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        state?: 'open' | 'done';
      };
      answer: {
        data: CustomerTicket[];
        next_cursor: string | null;
      };
    };
    post: {
      body: {
        category: 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'question';
        subject: string;
        text: string;
        /** In which you want to be answered. Absent: your account’s. */
        locale?: 'en' | 'zh';
        uploads?: string[];
      };
      answer: {
        ticket: CustomerTicket;
        /** Secrets that were taken out of what was written. A key that was among them should be replaced. */
        redacted: {
          kind: string;
          issuer: string | null;
          last_four: string;
        }[];
      };
    };
  };
  '/control/v1/account/tickets/{ticket}': {
    get: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      answer: CustomerTicketPage;
    };
  };
  '/control/v1/account/tickets/{ticket}/attachments/{attachment}': {
    get: {
      params: {
        /** `T-1001`. */
        ticket: string;
        attachment: string;
      };
      query: {
        inline?: '1';
      };
      answer: unknown;
    };
  };
  '/control/v1/account/tickets/{ticket}/close': {
    post: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      answer: CustomerTicket;
    };
  };
  '/control/v1/account/tickets/{ticket}/messages': {
    post: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        text: string;
        uploads?: string[];
      };
      answer: {
        ticket: CustomerTicket;
        /** Secrets that were taken out of what was written. A key that was among them should be replaced. */
        redacted: {
          kind: string;
          issuer: string | null;
          last_four: string;
        }[];
        message: string;
      };
    };
  };
  '/control/v1/account/tickets/{ticket}/messages/{message}/html': {
    get: {
      params: {
        /** `T-1001`. */
        ticket: string;
        message: string;
      };
      query: {
        lang?: 'en' | 'zh';
      };
      answer: unknown;
    };
  };
  '/control/v1/account/tickets/{ticket}/rating': {
    post: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        stars: number;
        comment?: string | null;
      };
      answer: CustomerTicket;
    };
  };
  '/control/v1/account/tickets/{ticket}/reopen': {
    post: {
      params: {
        /** `T-1001`. */
        ticket: string;
      };
      answer: CustomerTicket;
    };
  };
  '/control/v1/account/tokens': {
    get: {
      answer: {
        data: {
          id: string;
          name: string;
          /** All of the token that is ever shown again. */
          prefix: string;
          permissions: string[];
          /** Null: every organization of the account. */
          organization: string | null;
          expires_at: string | null;
          /** To within five minutes. */
          last_used_at: string | null;
          created_at: string;
        }[];
      };
    };
    post: {
      body: {
        name: string;
        permissions: ('account.read' | 'organization.read' | 'organization.write' | 'members.write' | 'teams.write' | 'roles.write' | 'keys.read' | 'keys.write' | 'usage.read' | 'requests.read' | 'billing.read' | 'billing.write' | 'audit.read' | 'tickets.read' | 'staff:customers.read' | 'staff:customers.write' | 'staff:customers.act' | 'staff:catalogue.read' | 'staff:catalogue.write' | 'staff:keys.read' | 'staff:keys.write' | 'staff:requests.read' | 'staff:books.read' | 'staff:mail.read' | 'staff:mail.write' | 'staff:tickets.read' | 'staff:tickets.write' | 'staff:tickets.security' | 'staff:mailroom.raw' | 'staff:desk.write' | 'staff:notices.write' | 'staff:site.read' | 'staff:site.write' | 'staff:staff.write' | 'staff:audit.read')[];
        /** Null: every organization of yours. */
        organization?: string | null;
        /** Null: never. */
        expires_at?: string | null;
        /** The present password. Needed unless you signed in within the last 15 minutes, or have no password. */
        password?: string;
      };
      answer: {
        token: {
          id: string;
          name: string;
          /** All of the token that is ever shown again. */
          prefix: string;
          permissions: string[];
          /** Null: every organization of the account. */
          organization: string | null;
          expires_at: string | null;
          /** To within five minutes. */
          last_used_at: string | null;
          created_at: string;
        };
        secret: string;
      };
    };
  };
  '/control/v1/account/tokens/{token}': {
    delete: {
      params: {
        token: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/account/two-factor': {
    post: {
      body: {
        /** The present one; leave it out if you have none. */
        password?: string;
      };
      answer: {
        /** Shown this once; each opens one sign-in. */
        recovery_codes: string[];
        /** otpauth://…, for a QR code. */
        uri: string;
        /** The same in base32, for typing. */
        secret: string;
      };
    };
  };
  '/control/v1/account/two-factor/confirm': {
    post: {
      body: {
        code: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/account/two-factor/disable': {
    post: {
      body: {
        /** The present one; leave it out if you have none. */
        password?: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/account/two-factor/recovery-codes': {
    post: {
      body: {
        /** The present one; leave it out if you have none. */
        password?: string;
      };
      answer: {
        /** Shown this once; each opens one sign-in. */
        recovery_codes: string[];
      };
    };
  };
  '/control/v1/acting/end': {
    post: {
      answer: undefined;
    };
  };
  '/control/v1/announcements': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        /** Language of the words. Absent: that of the account. */
        lang?: 'en' | 'zh';
        /** 1: every one that has begun, also dismissed and ended ones, in pages. */
        all?: '1';
      };
      answer: {
        data: Announcement[];
        next_cursor: string | null;
      };
    };
  };
  '/control/v1/announcements/{announcement}/dismiss': {
    post: {
      params: {
        announcement: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/forgot-password': {
    post: {
      body: {
        email: string;
      };
      answer: {
        status: 'accepted';
      };
    };
  };
  '/control/v1/invitations': {
    get: {
      answer: {
        data: InvitationOffer[];
      };
    };
  };
  '/control/v1/invitations/accept': {
    post: {
      body: {
        token?: string;
        /** Its id, from your list. */
        invitation?: string;
      };
      answer: InvitationOffer;
    };
  };
  '/control/v1/invitations/decline': {
    post: {
      body: {
        token?: string;
        /** Its id, from your list. */
        invitation?: string;
      };
      answer: InvitationOffer;
    };
  };
  '/control/v1/invitations/preview': {
    get: {
      query: {
        token: string;
      };
      answer: InvitationOffer;
    };
  };
  '/control/v1/key-reports': {
    post: {
      body: {
        /** The whole key. It is not kept. */
        token: string;
        type?: string;
        /** Where it was found. */
        url?: string;
        /** What it was found in: content, commit, issue. */
        source?: string;
      }[];
      answer: {
        received: true;
      };
    };
  };
  '/control/v1/memberships/{organization}/leave': {
    post: {
      params: {
        organization: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/notifications': {
    get: {
      query: {
        limit?: number;
        cursor?: string;
        /** Language of the words. Absent: that of the account. */
        lang?: 'en' | 'zh';
        /** 1: only those that are not read. */
        unread?: '1';
      };
      answer: {
        data: Notification[];
        next_cursor: string | null;
        /** How many are unread; 100 stands for that many or more. */
        unread: number;
      };
    };
  };
  '/control/v1/notifications/read': {
    post: {
      body: {
        ids: string[];
      } | {
        all: true;
      };
      answer: {
        /** How many are unread; 100 stands for that many or more. */
        unread: number;
      };
    };
  };
  '/control/v1/organizations': {
    post: {
      body: {
        name: string;
      };
      answer: Organization;
    };
  };
  '/control/v1/organizations/{organization}': {
    get: {
      params: {
        organization: string;
      };
      answer: Organization;
    };
    patch: {
      params: {
        organization: string;
      };
      body: {
        name: string;
      };
      answer: Organization;
    };
    delete: {
      params: {
        organization: string;
      };
      body: {
        /** The name of the organization, typed. */
        name: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/organizations/{organization}/audit': {
    get: {
      params: {
        organization: string;
      };
      query: {
        limit?: number;
        cursor?: string;
        /** Account id or mail address; `support`, `system` or `admin_token`. */
        actor?: string;
        /** Whole, or its beginning: `key.` */
        action?: string;
        subject_kind?: string;
        /** Its id. */
        subject?: string;
        /** Part of a name, id or action. */
        search?: string;
        /** At or after. */
        since?: string;
        /** Before. */
        until?: string;
      };
      answer: {
        data: AuditEntry[];
        next_cursor: string | null;
      };
    };
  };
  '/control/v1/organizations/{organization}/audit/export': {
    get: {
      params: {
        organization: string;
      };
      query: {
        format?: 'csv' | 'json';
        /** Account id or mail address; `support`, `system` or `admin_token`. */
        actor?: string;
        /** Whole, or its beginning: `key.` */
        action?: string;
        subject_kind?: string;
        /** Its id. */
        subject?: string;
        /** Part of a name, id or action. */
        search?: string;
        /** At or after. */
        since?: string;
        /** Before. */
        until?: string;
      };
      answer: unknown;
    };
  };
  '/control/v1/organizations/{organization}/dashboard': {
    get: {
      params: {
        organization: string;
      };
      query: {
        /** IANA name. Days begin at its midnight. */
        time_zone?: string;
        locale?: 'en' | 'zh';
      };
      answer: Dashboard;
    };
  };
  '/control/v1/organizations/{organization}/grants': {
    get: {
      params: {
        organization: string;
      };
      query: {
        limit?: number;
        cursor?: string;
        account?: string;
        team?: string;
        project?: string;
        role?: string;
      };
      answer: {
        data: Grant[];
        next_cursor: string | null;
      };
    };
    post: {
      params: {
        organization: string;
      };
      body: {
        account: string;
        team?: string;
        project?: string;
        role: string;
      };
      answer: Grant;
    };
  };
  '/control/v1/organizations/{organization}/grants/{grant}': {
    delete: {
      params: {
        organization: string;
        grant: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/organizations/{organization}/groups': {
    get: {
      params: {
        organization: string;
      };
      answer: {
        data: OfferedGroup[];
        next_cursor: string | null;
      };
    };
  };
  '/control/v1/organizations/{organization}/invitations': {
    get: {
      params: {
        organization: string;
      };
      query: {
        limit?: number;
        cursor?: string;
        /** Absent: open and expired ones. */
        state?: 'open' | 'expired' | 'accepted' | 'declined' | 'revoked';
        /** Those that offer it. */
        role?: string;
      };
      answer: {
        data: Invitation[];
        next_cursor: string | null;
      };
    };
    post: {
      params: {
        organization: string;
      };
      body: {
        emails: string[];
        /** Names of built-in roles, or ids of own ones. */
        roles: string[];
        teams?: string[];
        /** For addresses without an account. Absent: yours. */
        locale?: 'en' | 'zh';
      };
      answer: {
        data: {
          email: string;
          outcome: 'invited' | 'already_member' | 'already_invited';
          /** Its id; null for members. */
          invitation: string | null;
        }[];
      };
    };
  };
  '/control/v1/organizations/{organization}/invitations/{invitation}/resend': {
    post: {
      params: {
        organization: string;
        invitation: string;
      };
      answer: Invitation;
    };
  };
  '/control/v1/organizations/{organization}/invitations/{invitation}/revoke': {
    post: {
      params: {
        organization: string;
        invitation: string;
      };
      answer: Invitation;
    };
  };
  '/control/v1/organizations/{organization}/keys': {
    get: {
      params: {
        organization: string;
      };
      query: {
        limit?: number;
        cursor?: string;
        group?: string;
        vendor?: string;
        project?: string;
        /** Whose keys: an account’s id. */
        account?: string;
        /** Absent: not deleted. */
        state?: 'enabled' | 'disabled' | 'deleted' | 'expired' | 'all';
        /** Part of a name, note or prefix. */
        search?: string;
        /** `spend`: all that was ever spent with the key. */
        sort?: '-created' | 'created' | '-last_used' | 'last_used' | '-spend' | 'spend' | 'name' | '-name';
      };
      answer: {
        data: Key[];
        next_cursor: string | null;
      };
    };
    post: {
      params: {
        organization: string;
      };
      body: {
        name: string;
        /** Decides the vendor, for as long as the key lives. */
        group: string;
        note?: string;
        expires_at?: string | null;
        /** Names or aliases of the group's models; null: every model of the group. */
        allowed_models?: string[] | null;
        /** Null takes a limit away; what is absent stays. */
        limits?: {
          requests_per_minute?: number;
          counts_per_minute?: number;
          tokens_per_minute?: number | null;
          concurrency?: number | null;
          spend_usd?: {
            total?: string | null;
            '5h'?: string | null;
            '1d'?: string | null;
            '7d'?: string | null;
          };
        };
        /** Whose key it is. Absent: the project’s when one is named, otherwise your own. */
        owner?: 'member' | 'project' | 'organization';
        /** The member whose key it is. Absent: you. */
        account_id?: string;
        /** What its spend is booked to. A key of a project needs it. */
        project_id?: string;
      };
      answer: CreatedKey;
    };
  };
  '/control/v1/organizations/{organization}/keys/recognise': {
    post: {
      params: {
        organization: string;
      };
      body: {
        text: string;
      };
      answer: {
        data: {
          prefix: string;
          /** The whole key stands in the text: whoever reads it can use it. */
          whole: boolean;
          /** Null: none that you may see. */
          key: Key | null;
        }[];
      };
    };
  };
  '/control/v1/organizations/{organization}/keys/{key}': {
    get: {
      params: {
        organization: string;
        /** Id or public prefix. */
        key: string;
      };
      answer: Key;
    };
    patch: {
      params: {
        organization: string;
        /** Id or public prefix. */
        key: string;
      };
      body: {
        name?: string;
        note?: string;
        expires_at?: string | null;
        /** Names or aliases of the group's models; null: every model of the group. */
        allowed_models?: string[] | null;
        /** Null takes a limit away; what is absent stays. */
        limits?: {
          requests_per_minute?: number;
          counts_per_minute?: number;
          tokens_per_minute?: number | null;
          concurrency?: number | null;
          spend_usd?: {
            total?: string | null;
            '5h'?: string | null;
            '1d'?: string | null;
            '7d'?: string | null;
          };
        };
      };
      answer: Key;
    };
    delete: {
      params: {
        organization: string;
        /** Id or public prefix. */
        key: string;
      };
      answer: Key;
    };
  };
  '/control/v1/organizations/{organization}/keys/{key}/disable': {
    post: {
      params: {
        organization: string;
        /** Id or public prefix. */
        key: string;
      };
      body?: {
        /** Needed for somebody else’s key: they are told. */
        reason?: string;
      };
      answer: Key;
    };
  };
  '/control/v1/organizations/{organization}/keys/{key}/enable': {
    post: {
      params: {
        organization: string;
        /** Id or public prefix. */
        key: string;
      };
      answer: Key;
    };
  };
  '/control/v1/organizations/{organization}/keys/{key}/leaked': {
    post: {
      params: {
        organization: string;
        /** Id or public prefix. */
        key: string;
      };
      body: {
        /** Deleting is final. */
        action?: 'disable' | 'delete';
        /** Make a key with the same settings. */
        successor?: boolean;
        /** From when on its use is shown: at most 90 days back. Absent: 7 days. */
        since?: string;
        /** Of the text for support. */
        locale?: 'en' | 'zh';
      };
      answer: KeyLeak;
    };
  };
  '/control/v1/organizations/{organization}/leaked-key-rule': {
    get: {
      params: {
        organization: string;
      };
      answer: LeakedKeyRule;
    };
    put: {
      params: {
        organization: string;
      };
      body: {
        /** disable: at once. grace: after some time. tell: its owner is told, and the key stays in use. */
        rule: 'disable' | 'grace' | 'tell';
        /** Of `grace`. */
        grace_minutes: number;
      };
      answer: LeakedKeyRule;
    };
  };
  '/control/v1/organizations/{organization}/members': {
    get: {
      params: {
        organization: string;
      };
      query: {
        limit?: number;
        cursor?: string;
        /** Part of a name, in any case of letters. */
        search?: string;
        role?: string;
        team?: string;
        state?: 'active' | 'disabled';
      };
      answer: {
        data: Member[];
        next_cursor: string | null;
      };
    };
  };
  '/control/v1/organizations/{organization}/members/{account}': {
    get: {
      params: {
        organization: string;
        account: string;
      };
      answer: Member;
    };
    patch: {
      params: {
        organization: string;
        account: string;
      };
      body: {
        /** Names of built-in roles, or ids of own ones. */
        roles: string[];
      };
      answer: Member;
    };
  };
  '/control/v1/organizations/{organization}/members/{account}/disable': {
    post: {
      params: {
        organization: string;
        account: string;
      };
      body: {
        /** What becomes of the member’s keys. */
        keys: 'disable' | 'keep';
      };
      answer: Member;
    };
  };
  '/control/v1/organizations/{organization}/members/{account}/enable': {
    post: {
      params: {
        organization: string;
        account: string;
      };
      answer: Member;
    };
  };
  '/control/v1/organizations/{organization}/members/{account}/remove': {
    post: {
      params: {
        organization: string;
        account: string;
      };
      body: {
        /** With neither project nor account, handed over to the organization itself. */
        keys: {
          action: 'disable';
        } | {
          action: 'hand_over';
          /** They are booked to it from now on. */
          project?: string;
          /** The member whose they become. */
          account?: string;
        };
      };
      answer: {
        /** How many were disabled or handed over. */
        keys: number;
      };
    };
  };
  '/control/v1/organizations/{organization}/models': {
    get: {
      params: {
        organization: string;
      };
      query: {
        limit?: number;
        cursor?: string;
        vendor?: string;
        group?: string;
        /** Part of an id, alias or display name. */
        search?: string;
      };
      answer: {
        data: OfferedModel[];
        next_cursor: string | null;
      };
    };
  };
  '/control/v1/organizations/{organization}/projects': {
    get: {
      params: {
        organization: string;
      };
      query: {
        limit?: number;
        cursor?: string;
        /** Part of a name, in any case of letters. */
        search?: string;
        team?: string;
        archived?: 'no' | 'yes' | 'all';
      };
      answer: {
        data: Project[];
        next_cursor: string | null;
      };
    };
    post: {
      params: {
        organization: string;
      };
      body: {
        name: string;
        note?: string;
        team?: string | null;
      };
      answer: Project;
    };
  };
  '/control/v1/organizations/{organization}/projects/{project}': {
    get: {
      params: {
        organization: string;
        project: string;
      };
      answer: Project;
    };
    patch: {
      params: {
        organization: string;
        project: string;
      };
      body: {
        name?: string;
        note?: string;
        team?: string | null;
      };
      answer: Project;
    };
    delete: {
      params: {
        organization: string;
        project: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/organizations/{organization}/projects/{project}/archive': {
    post: {
      params: {
        organization: string;
        project: string;
      };
      answer: Project;
    };
  };
  '/control/v1/organizations/{organization}/projects/{project}/restore': {
    post: {
      params: {
        organization: string;
        project: string;
      };
      answer: Project;
    };
  };
  '/control/v1/organizations/{organization}/requests': {
    get: {
      params: {
        organization: string;
      };
      query: {
        limit?: number;
        cursor?: string;
        /** A request id in any written form, other filters are then passed over; or a part of one, of four characters at least. */
        id?: string;
        /** HTTP status of the answer, or a class: 4xx. */
        status?: string;
        /** Error code. */
        code?: string;
        /** As asked, routed or served. */
        model?: string;
        /** Client tool, such as codex. */
        tool?: string;
        outcome?: string;
        min_duration_ms?: number;
        /** Received at or after. */
        since?: string;
        /** Received before. */
        until?: string;
        /** live_cursor of the answer before: only what has come since, and what has ended since. */
        newer_than?: string;
        /** Id or public prefix. */
        key?: string;
        project?: string;
      };
      answer: {
        data: Request[];
        next_cursor: string | null;
        /** A page can be short, or empty, and yet have a next one: it has looked back so far. Null: to the first record. */
        searched_back_to: string | null;
        /** For newer_than, every two seconds. What comes may repeat what is shown: each id has one place. */
        live_cursor: string | null;
      };
    };
  };
  '/control/v1/organizations/{organization}/requests/{id}': {
    get: {
      params: {
        organization: string;
        /** The X-Request-Id of its answer. */
        id: string;
      };
      query: {
        /** Language of the explanation. */
        locale?: 'en' | 'zh';
      };
      answer: RequestDetail;
    };
  };
  '/control/v1/organizations/{organization}/roles': {
    get: {
      params: {
        organization: string;
      };
      answer: {
        data: Role[];
      };
    };
    post: {
      params: {
        organization: string;
      };
      body: {
        name: string;
        note?: string;
        /** organization.read is part of every role. */
        permissions: string[];
      };
      answer: Role;
    };
  };
  '/control/v1/organizations/{organization}/roles/{role}': {
    patch: {
      params: {
        organization: string;
        role: string;
      };
      body: {
        name?: string;
        note?: string;
        /** organization.read is part of every role. */
        permissions?: string[];
      };
      answer: Role;
    };
    delete: {
      params: {
        organization: string;
        role: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/organizations/{organization}/support-terms': {
    get: {
      params: {
        organization: string;
      };
      query: {
        category?: 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'question';
      };
      answer: SupportTerms;
    };
  };
  '/control/v1/organizations/{organization}/teams': {
    get: {
      params: {
        organization: string;
      };
      query: {
        limit?: number;
        cursor?: string;
        /** Part of a name, in any case of letters. */
        search?: string;
      };
      answer: {
        data: Team[];
        next_cursor: string | null;
      };
    };
    post: {
      params: {
        organization: string;
      };
      body: {
        name: string;
        note?: string;
      };
      answer: Team;
    };
  };
  '/control/v1/organizations/{organization}/teams/{team}': {
    get: {
      params: {
        organization: string;
        team: string;
      };
      answer: Team;
    };
    patch: {
      params: {
        organization: string;
        team: string;
      };
      body: {
        name?: string;
        note?: string;
      };
      answer: Team;
    };
    delete: {
      params: {
        organization: string;
        team: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/organizations/{organization}/teams/{team}/members/{account}': {
    put: {
      params: {
        organization: string;
        team: string;
        account: string;
      };
      answer: undefined;
    };
    delete: {
      params: {
        organization: string;
        team: string;
        account: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/organizations/{organization}/tickets': {
    get: {
      params: {
        organization: string;
      };
      query: {
        limit?: number;
        cursor?: string;
        state?: 'open' | 'done';
      };
      answer: {
        data: CustomerTicket[];
        next_cursor: string | null;
      };
    };
    post: {
      params: {
        organization: string;
      };
      body: {
        category: 'bug' | 'billing' | 'enterprise' | 'vulnerability' | 'question';
        subject: string;
        text: string;
        /** In which you want to be answered. Absent: your account’s. */
        locale?: 'en' | 'zh';
        uploads?: string[];
      };
      answer: {
        ticket: CustomerTicket;
        /** Secrets that were taken out of what was written. A key that was among them should be replaced. */
        redacted: {
          kind: string;
          issuer: string | null;
          last_four: string;
        }[];
      };
    };
  };
  '/control/v1/organizations/{organization}/tickets/{ticket}': {
    get: {
      params: {
        organization: string;
        /** `T-1001`. */
        ticket: string;
      };
      answer: CustomerTicketPage;
    };
  };
  '/control/v1/organizations/{organization}/tickets/{ticket}/attachments/{attachment}': {
    get: {
      params: {
        organization: string;
        /** `T-1001`. */
        ticket: string;
        attachment: string;
      };
      query: {
        inline?: '1';
      };
      answer: unknown;
    };
  };
  '/control/v1/organizations/{organization}/tickets/{ticket}/close': {
    post: {
      params: {
        organization: string;
        /** `T-1001`. */
        ticket: string;
      };
      answer: CustomerTicket;
    };
  };
  '/control/v1/organizations/{organization}/tickets/{ticket}/messages': {
    post: {
      params: {
        organization: string;
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        text: string;
        uploads?: string[];
      };
      answer: {
        ticket: CustomerTicket;
        /** Secrets that were taken out of what was written. A key that was among them should be replaced. */
        redacted: {
          kind: string;
          issuer: string | null;
          last_four: string;
        }[];
        message: string;
      };
    };
  };
  '/control/v1/organizations/{organization}/tickets/{ticket}/messages/{message}/html': {
    get: {
      params: {
        organization: string;
        /** `T-1001`. */
        ticket: string;
        message: string;
      };
      query: {
        lang?: 'en' | 'zh';
      };
      answer: unknown;
    };
  };
  '/control/v1/organizations/{organization}/tickets/{ticket}/rating': {
    post: {
      params: {
        organization: string;
        /** `T-1001`. */
        ticket: string;
      };
      body: {
        stars: number;
        comment?: string | null;
      };
      answer: CustomerTicket;
    };
  };
  '/control/v1/organizations/{organization}/tickets/{ticket}/reopen': {
    post: {
      params: {
        organization: string;
        /** `T-1001`. */
        ticket: string;
      };
      answer: CustomerTicket;
    };
  };
  '/control/v1/organizations/{organization}/usage': {
    get: {
      params: {
        organization: string;
      };
      query: {
        /** A date in the time zone, or a time. Absent: thirty days before the end. */
        from?: string;
        /** A date, which is included, or a time, which is not. Absent: today. */
        to?: string;
        /** IANA name. Days begin at its midnight. */
        time_zone?: string;
        /** Id or public prefix. Repeatable, as all filters; none: without one. */
        key?: string | string[];
        model?: string | string[];
        group?: string | string[];
        vendor?: string | string[];
        project?: string | string[];
        team?: string | string[];
        /** Account id of the keys’ owner. */
        member?: string | string[];
        /** Absent: as fine as the range can be read. */
        interval?: 'hour' | 'day' | 'week' | 'month';
        /** Into the greatest and the rest. */
        split?: 'none' | 'model' | 'group' | 'vendor' | 'key' | 'project' | 'team' | 'member';
        /** What greatest means. */
        rank?: 'actual_cost' | 'requests' | 'tokens';
        /** How many are the greatest. */
        most?: number;
      };
      answer: Usage;
    };
  };
  '/control/v1/organizations/{organization}/usage/export.csv': {
    get: {
      params: {
        organization: string;
      };
      query: {
        /** A date in the time zone, or a time. Absent: thirty days before the end. */
        from?: string;
        /** A date, which is included, or a time, which is not. Absent: today. */
        to?: string;
        /** IANA name. Days begin at its midnight. */
        time_zone?: string;
        /** Id or public prefix. Repeatable, as all filters; none: without one. */
        key?: string | string[];
        model?: string | string[];
        group?: string | string[];
        vendor?: string | string[];
        project?: string | string[];
        team?: string | string[];
        /** Account id of the keys’ owner. */
        member?: string | string[];
        /** A row per hour, key, group and model, or per request. */
        detail?: 'hours' | 'requests';
        /** 1: begin with a byte order mark, for Excel. */
        bom?: '0' | '1';
      };
      answer: unknown;
    };
  };
  '/control/v1/organizations/{organization}/usage/latency': {
    get: {
      params: {
        organization: string;
      };
      query: {
        /** A date in the time zone, or a time. Absent: thirty days before the end. */
        from?: string;
        /** A date, which is included, or a time, which is not. Absent: today. */
        to?: string;
        /** IANA name. Days begin at its midnight. */
        time_zone?: string;
        /** Id or public prefix. Repeatable, as all filters; none: without one. */
        key?: string | string[];
        model?: string | string[];
        group?: string | string[];
        vendor?: string | string[];
        project?: string | string[];
        team?: string | string[];
        /** Account id of the keys’ owner. */
        member?: string | string[];
        /** Absent: as fine as the range can be read. */
        interval?: 'hour' | 'day' | 'week' | 'month';
        locale?: 'en' | 'zh';
      };
      answer: Latency;
    };
  };
  '/control/v1/outbox': {
    get: {
      answer: {
        data: {
          id: string;
          kind: string;
          recipient: string;
          subject: string;
          /** ISO 8601, UTC. */
          created_at: string;
          /** Null unless it can still be withdrawn. */
          leaves_at: string | null;
        }[];
      };
    };
  };
  '/control/v1/outbox/{mail}': {
    get: {
      params: {
        mail: string;
      };
      answer: {
        id: string;
        kind: string;
        recipient: string;
        subject: string;
        /** ISO 8601, UTC. */
        created_at: string;
        /** Null unless it can still be withdrawn. */
        leaves_at: string | null;
        text: string;
        html: string;
      };
    };
  };
  '/control/v1/outbox/{mail}/html': {
    get: {
      params: {
        mail: string;
      };
      answer: unknown;
    };
  };
  '/control/v1/permissions': {
    get: {
      answer: {
        data: {
          name: string;
          /** In English; the name is stable. */
          text: string;
          /** Can be had for what is one’s own: `<name>:own`. */
          ownable: boolean;
          /** Built-in roles that hold it. */
          roles: string[];
        }[];
      };
    };
  };
  '/control/v1/register': {
    post: {
      body: {
        name: string;
        email: string;
        /** 12 to 128 characters; refused when it is common or made of your address. */
        password: string;
        locale?: 'en' | 'zh';
        /** Token of an invitation: lets you in where registration is closed. */
        invitation?: string;
      };
      answer: {
        status: 'accepted';
      };
    };
  };
  '/control/v1/report-key': {
    post: {
      body: {
        /** Holds the whole key. It is not kept. */
        text: string;
      };
      answer: {
        received: true;
      };
    };
  };
  '/control/v1/reset-password': {
    post: {
      body: {
        token: string;
        /** 12 to 128 characters. */
        password: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/session': {
    get: {
      answer: Session;
    };
    delete: {
      answer: undefined;
    };
  };
  '/control/v1/sign-in': {
    post: {
      body: {
        email: string;
        password: string;
        /** Stay signed in for 30 days of disuse instead of 7. */
        remember?: boolean;
      };
      answer: {
        next: 'done' | 'two_factor';
      };
    };
  };
  '/control/v1/sign-in/passkey': {
    post: {
      body: {
        /** What the browser answered, in the JSON form of WebAuthn. */
        response: {
          id: string;
          rawId: string;
          type: 'public-key';
          response: Record<string, unknown>;
          clientExtensionResults: Record<string, unknown>;
        };
        remember?: boolean;
      };
      answer: {
        next: 'done';
      };
    };
  };
  '/control/v1/sign-in/passkey/options': {
    post: {
      answer: {
        /** For the browser, in the JSON form of WebAuthn. */
        options: Record<string, unknown>;
      };
    };
  };
  '/control/v1/sign-in/sso': {
    get: {
      query: {
        /** Where to go then: a path under /console/. */
        next?: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/sign-in/sso/callback': {
    get: {
      query: {
        state?: string;
        code?: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/sign-in/two-factor': {
    post: {
      body: {
        code?: string;
        recovery_code?: string;
        /** Ask this browser for no code for 30 days. */
        trust_device?: boolean;
      };
      answer: {
        next: 'done' | 'two_factor';
      };
    };
  };
  '/control/v1/site': {
    get: {
      answer: Site;
    };
  };
  '/control/v1/site/logo': {
    get: {
      query: {
        /** As in logo_url: then it may be kept for a year. */
        v?: string;
      };
      answer: unknown;
    };
  };
  '/control/v1/ticket-rating': {
    get: {
      query: {
        /** Of the link in the mail. */
        token: string;
      };
      answer: {
        ticket: string;
        locale: 'en' | 'zh';
        /** It can be answered now. */
        open: boolean;
        stars: number | null;
      };
    };
    post: {
      body: {
        /** Of the link in the mail. */
        token: string;
        stars: number;
        comment?: string;
      };
      answer: undefined;
    };
  };
  '/control/v1/verify-email': {
    post: {
      body: {
        token: string;
      };
      answer: {
        next: 'done' | 'email_changed';
      };
    };
  };
  '/control/v1/verify-email/resend': {
    post: {
      body: {
        email: string;
      };
      answer: {
        status: 'accepted';
      };
    };
  };
}
