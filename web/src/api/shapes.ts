/**
 * Endpoints by hand, in the form of `schema.ts`, while a page waits for one that the OpenAPI document has not yet.
 * `client.ts` prefers the generated ones.
 */
export interface HandPaths {
  '/control/v1/organizations/{organization}/groups': {
    get: {
      params: { organization: string };
      answer: { data: OfferedGroup[]; next_cursor: string | null };
    };
  };
  '/control/v1/organizations/{organization}/models': {
    get: {
      params: { organization: string };
      query: { limit?: number; cursor?: string; vendor?: string; group?: string; search?: string };
      answer: { data: OfferedModel[]; next_cursor: string | null };
    };
  };
}

export interface OfferedGroup {
  id: string;
  display_name: string;
  vendor: string;
  vendor_name: string;
  family: 'openai' | 'anthropic' | 'gemini';
  kind: 'wallet' | 'subscription';
  multiplier: string;
  models: number;
  base_urls: { region: string; form: 'root' | 'v1' | 'v1beta'; url: string; used_by: string[] }[];
}

export interface OfferedModel {
  group: string;
  group_name: string;
  vendor: string;
  vendor_name: string;
  multiplier: string;
  id: string;
  display_name: string;
  aliases: string[];
  mode: 'chat' | 'completion' | 'embedding' | 'image' | 'audio' | 'moderation';
  released_at: string;
  max_input_tokens: number | null;
  max_output_tokens: number | null;
  inputs: string[];
  outputs: string[];
  price: {
    id: string;
    valid_from: string;
    ends_at: string | null;
    tiers: {
      over_input_tokens: number;
      lines: {
        class:
          | 'input'
          | 'cache_read'
          | 'cache_write_5m'
          | 'cache_write_1h'
          | 'audio_input'
          | 'image_input'
          | 'output'
          | 'audio_output'
          | 'image_output'
          | 'per_request'
          | 'per_image';
        unit: 'million_tokens' | 'request' | 'image';
        list_usd: string;
        effective_usd: string;
      }[];
    }[];
  } | null;
}
