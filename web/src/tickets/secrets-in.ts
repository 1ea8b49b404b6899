export type SecretKind = 'ownKey' | 'vendorKey' | 'token' | 'privateKey' | 'bearer' | 'password';

export interface SecretFound {
  readonly kind: SecretKind;
  /** Place in the text. */
  readonly from: number;
  readonly to: number;
  /** As much of it as may be shown. */
  readonly sample: string;
  /** What stands in its place when it is taken out. */
  readonly placeholder: string;
}

interface Rule {
  readonly kind: SecretKind;
  readonly form: RegExp;
  /** How many characters of it are public. */
  readonly shown: number;
}

/** What people paste without thinking. The API looks for more, and takes it out before anything is stored. */
const rules: readonly Rule[] = [
  {
    kind: 'privateKey',
    form: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
    shown: 0,
  },
  { kind: 'ownKey', form: /\b(?:sk|pat)-[a-z0-9]{2,16}-[0-9A-Za-z]{30,120}\b/g, shown: 0 },
  {
    kind: 'vendorKey',
    form: /\b(?:sk-(?:ant|or|proj|svcacct|admin)-[\w-]{20,300}|sk-[0-9A-Za-z]{28,120}|AIza[\w-]{30,40}|gsk_\w{30,80}|xai-\w{40,120}|nvapi-[\w-]{40,90}|hf_[0-9A-Za-z]{30,45})/g,
    shown: 6,
  },
  {
    kind: 'token',
    form: /\b(?:gh[pousr]_[0-9A-Za-z]{30,255}|github_pat_\w{50,100}|glpat-[\w-]{18,60}|xox[abeprs]-[0-9A-Za-z-]{10,300}|eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,2000})/g,
    shown: 4,
  },
  { kind: 'bearer', form: /\bauthorization\s*:\s*(?:bearer|basic)\s+[\w.~+/=-]{16,2000}/gi, shown: 14 },
  { kind: 'password', form: /\b[a-z][a-z0-9+]{2,20}:\/\/[^\s:/@]{1,100}:[^\s@/]{3,200}@[\w.-]+/gi, shown: 0 },
];

/** A key's fixed part and its public characters. */
const ownPrefix = /^(?:sk|pat)-[a-z0-9]{2,16}-[0-9A-Za-z]{8}/;
const words: Readonly<Record<SecretKind, string>> = {
  ownKey: 'API key',
  vendorKey: 'key',
  token: 'token',
  privateKey: 'private key',
  bearer: 'authorization',
  password: 'connection password',
};

/** Secrets in what somebody is about to send, in the order in which they stand. Pure. */
export function secretsIn(text: string): readonly SecretFound[] {
  const found: SecretFound[] = [];
  for (const { kind, form, shown } of rules) {
    for (const match of text.matchAll(form)) {
      const [whole] = match;
      const from = match.index;
      const to = from + whole.length;
      if (found.some((other) => from < other.to && other.from < to)) continue;
      const prefix = kind === 'ownKey' ? (ownPrefix.exec(whole)?.[0] ?? '') : whole.slice(0, shown);
      const scheme = kind === 'password' ? `${whole.slice(0, whole.indexOf('://'))}://…` : '';
      const sample = scheme || (prefix === '' ? '' : `${prefix}…`);
      found.push({
        kind,
        from,
        to,
        sample,
        placeholder: kind === 'ownKey' ? `[${words[kind]} ${prefix}]` : `[${words[kind]}]`,
      });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

/** The text with a placeholder for each secret. Pure. */
export function withoutSecrets(text: string): string {
  let rest = 0;
  const parts: string[] = [];
  for (const { from, to, placeholder } of secretsIn(text)) {
    parts.push(text.slice(rest, from), placeholder);
    rest = to;
  }
  return parts.join('') + text.slice(rest);
}
