import type { Family } from '../gateway/ports.ts';

/** A base URL as someone put it into a tool, taken apart. */
export interface Address {
  /** Without the forms below, without a trailing slash: what `/health` hangs on. */
  readonly root: string;
  /** The vendor that the form names (`/anthropic`, `/v1beta`); null: any. */
  readonly family: Family | null;
  /** The part after the root: `/v1`, `/anthropic`, ``. */
  readonly form: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

export type AddressCheck =
  | { readonly ok: true; readonly address: Address }
  | { readonly ok: false; readonly code: string; readonly message: string };

const forms: readonly (readonly [form: string, family: Family | null])[] = [
  ['/openai/v1', 'openai'],
  ['/anthropic/v1', 'anthropic'],
  ['/gemini/v1beta', 'gemini'],
  ['/gemini/v1', 'gemini'],
  ['/openai', 'openai'],
  ['/anthropic', 'anthropic'],
  ['/gemini', 'gemini'],
  ['/v1beta', 'gemini'],
  ['/v1', null],
];

const endpointTail =
  /\/(chat\/completions|completions|responses|embeddings|messages(\/count_tokens)?|models(\/.*)?|health|usage)$/;

/** Reads a base URL and says what is wrong with its form. Pure. */
export function readAddress(text: string): AddressCheck {
  const wrong = (code: string, message: string): AddressCheck => ({ ok: false, code, message });
  if (text !== text.trim()) {
    return wrong('base_url_whitespace', 'The base URL has white space around it; remove it in your tool too.');
  }
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    return wrong('base_url_invalid', 'The base URL is not an address; it looks like https://host/v1.');
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    return wrong('base_url_credentials', 'The base URL holds a user name or password; the key belongs in a header.');
  }
  if (url.search !== '' || url.hash !== '') {
    return wrong('base_url_query', 'The base URL has a part after ? or #; a base URL ends with its path.');
  }
  const path = url.pathname.replace(/\/+$/, '');
  if (/\/(v1|v1beta)\/(v1|v1beta)$/.test(path)) {
    return wrong('base_url_doubled', 'The version stands twice in the base URL; write it once.');
  }
  const tail = endpointTail.exec(path);
  if (tail) {
    const base = `${url.origin}${path.slice(0, tail.index)}`;
    return wrong('base_url_endpoint', `The base URL ends in an endpoint (${tail[0]}); the base URL is ${base}.`);
  }
  const [form, family] = forms.find(([each]) => path.endsWith(each)) ?? ['', null];
  const tls = url.protocol === 'https:';
  return {
    ok: true,
    address: {
      root: url.origin + path.slice(0, path.length - form.length),
      family,
      form,
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (tls ? 443 : 80) : Number(url.port),
      tls,
    },
  };
}

/** What the tools of a vendor take as base URL. */
export function baseUrlFor(root: string, family: Family): string {
  return family === 'openai' ? `${root}/v1` : root;
}

/** Where the list of models is for a form: the form's own version, or v1. */
export function modelsUrl(address: Address): string {
  const { root, form } = address;
  if (/\/v1(beta)?$/.test(form)) return `${root}${form}/models`;
  return `${root}${form}/${address.family === 'gemini' ? 'v1beta' : 'v1'}/models`;
}

/** Where a call is made that names no model, below the same version as the list of models. */
export function freeCallUrl(address: Address, family: Family): string {
  const models = modelsUrl(address);
  if (family === 'gemini') return `${models}/none:generateContent`;
  return models.replace(/models$/, family === 'openai' ? 'chat/completions' : 'messages');
}
