import type { SigningKey } from './domain-keys.ts';

/** A TXT record that lets receivers tell our mail from forged mail. */
export interface DnsRecord {
  readonly purpose: 'dkim' | 'spf' | 'dmarc';
  readonly name: string;
  /** Longer ones are split into strings of 255 bytes by whoever publishes them; they count as one. */
  readonly value: string;
}

/** missing: there is none. several: only one is allowed, so that none counts. unanswered: DNS gave no answer. */
export type DnsState = 'right' | 'missing' | 'different' | 'several' | 'unanswered';

export interface DnsFinding extends DnsRecord {
  readonly state: DnsState;
  /** What stands there, at most 5. */
  readonly found: readonly string[];
}

const foundMax = 5;
const foundLength = 600;

/**
 * What to publish for a domain.
 *
 * @param relayHost null: there is no relay yet
 */
export function recordsOf({ domain, selector, publicKey }: SigningKey, relayHost: string | null): DnsRecord[] {
  // A relay on this machine sends from the addresses of the domain's own hosts.
  const senders = relayHost === null || /^(?:localhost|[\d.]+|.*:.*)$/.test(relayHost) ? 'a mx' : `a:${relayHost} mx`;
  return [
    { purpose: 'dkim', name: `${selector}._domainkey.${domain}`, value: `v=DKIM1; k=rsa; p=${publicKey}` },
    { purpose: 'spf', name: domain, value: `v=spf1 ${senders} ~all` },
    { purpose: 'dmarc', name: `_dmarc.${domain}`, value: 'v=DMARC1; p=none' },
  ];
}

/** Where a record may stand, nearest first: DMARC's is looked for at the domains above, too. */
export function namesOf({ purpose, name }: DnsRecord): string[] {
  if (purpose !== 'dmarc') return [name];
  const labels = name.split('.').slice(1);
  const most = Math.max(1, labels.length - 1);
  return Array.from({ length: most }, (_, index) => `_dmarc.${labels.slice(index).join('.')}`);
}

/** Judges what one name answered. @param texts each record, its strings joined */
export function judgeRecord(record: DnsRecord, texts: readonly string[]): DnsFinding {
  const own = texts.filter((text) => beginnings[record.purpose].test(text.trim()));
  const found = own.slice(0, foundMax).map((text) => text.slice(0, foundLength));
  const [only] = own;
  if (only === undefined) return { ...record, state: 'missing', found };
  if (own.length > 1) return { ...record, state: 'several', found };
  return { ...record, state: serves(record, only) ? 'right' : 'different', found };
}

const beginnings: Readonly<Record<DnsRecord['purpose'], RegExp>> = {
  dkim: /^v\s*=\s*DKIM1\b|(?:^|;)\s*p\s*=/i,
  spf: /^v=spf1(?:\s|$)/i,
  dmarc: /^v\s*=\s*DMARC1\s*;/i,
};

function serves(record: DnsRecord, text: string): boolean {
  if (record.purpose === 'dkim') return tagOf(text, 'p') === tagOf(record.value, 'p');
  if (record.purpose === 'dmarc') return ['none', 'quarantine', 'reject'].includes(tagOf(text, 'p').toLowerCase());
  // Somebody is named, and not everybody.
  const mechanisms = text.trim().split(/\s+/).slice(1);
  return mechanisms.some((one) => !/^[-~?]/.test(one)) && !mechanisms.some((one) => /^\+?all$/i.test(one));
}

function tagOf(text: string, tag: string): string {
  for (const part of text.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim().toLowerCase() === tag) return part.slice(at + 1).replaceAll(/\s+/g, '');
  }
  return '';
}
