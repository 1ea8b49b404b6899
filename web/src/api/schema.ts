// Made by `npm run generate` from docs/openapi.json. Not edited.

export interface Alias {
  group: string;
  alias: string;
  model: string;
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

export interface CreatedKey {
  key: Key;
  /** The whole key. Shown now and never again. */
  secret: string;
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

export interface Key {
  id: string;
  /** Fixed part and 8 characters: all of the key that is ever shown again. */
  prefix: string;
  name: string;
  note: string;
  account_id: string;
  project_id: string | null;
  group: string;
  vendor: string;
  multiplier: string;
  state: 'enabled' | 'disabled' | 'deleted';
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
  created_at: string;
  updated_at: string;
  last_used_at: string | null;
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

export interface Vendor {
  id: string;
  display_name: string;
  family: 'openai' | 'anthropic' | 'gemini';
  created_at: string;
}

export interface Paths {
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
        /** Absent: not deleted. */
        state?: 'enabled' | 'disabled' | 'deleted' | 'expired' | 'all';
        /** Part of a name, note or prefix. */
        search?: string;
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
        project_id?: string;
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
        /** The public prefix, whole. */
        key_prefix?: string;
        key_id?: string;
        account_id?: string;
        /** HTTP status of the answer. */
        status?: number;
        /** Error code. */
        code?: string;
        /** As asked, routed or served. */
        model?: string;
        /** Client tool, such as codex. */
        tool?: string;
        outcome?: string;
        /** Received at or after. */
        since?: string;
        /** Received before. */
        until?: string;
      };
      answer: {
        data: {
          id: string;
          received_at: string;
          account_id: string | null;
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
        }[];
        next_cursor: string | null;
      };
    };
  };
  '/admin/v1/requests/{id}': {
    get: {
      params: {
        /** The X-Request-Id of its answer. */
        id: string;
      };
      answer: {
        id: string;
        received_at: string;
        account_id: string | null;
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
        /** What happened and what was charged, in plain sentences. */
        explanation: string[];
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
}
