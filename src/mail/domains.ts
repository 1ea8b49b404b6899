import { Resolver } from 'node:dns/promises';
import type pg from 'pg';
import { domainOf } from './address.ts';
import { type DnsFinding, type DnsRecord, judgeRecord, namesOf, recordsOf } from './dns-records.ts';
import type { DomainKeys, SigningKey } from './domain-keys.ts';

/** Strings of all TXT records of a name, as node:dns answers; throws its ENOTFOUND or ENODATA when there are none. */
export type ResolveTxt = (name: string) => Promise<string[][]>;

export interface DomainRecords {
  readonly domain: string;
  readonly records: readonly DnsRecord[];
}

export interface MailDomains {
  /** Domains that the site writes from: its own sender's, and those of its mailboxes. */
  list(): Promise<readonly DomainRecords[]>;
  /** Asks DNS. Null: the site does not write from there. */
  check(domain: string): Promise<readonly DnsFinding[] | null>;
  /** Key that mail of a domain is signed with, made on first use. */
  keyFor(domain: string): Promise<SigningKey>;
}

export interface MailDomainsOptions {
  readonly pool: pg.Pool;
  readonly keys: DomainKeys;
  readonly from: () => string;
  /** Null: there is no relay. */
  readonly relayHost: string | null;
  readonly resolveTxt: ResolveTxt | undefined;
}

/** A person waits for the answer: two tries of this long. */
const lookUpMs = 2_500;

export function createMailDomains(options: MailDomainsOptions): MailDomains {
  const { pool, keys, relayHost } = options;
  const resolver = new Resolver({ timeout: lookUpMs, tries: 2 });
  const resolveTxt = options.resolveTxt ?? ((name: string) => resolver.resolveTxt(name));
  const domains = async (): Promise<string[]> => {
    const { rows } = await pool.query<{ domain: string }>(
      `select distinct split_part(address, '@', -1) as domain from mailboxes order by domain`,
    );
    return [...new Set([domainOf(options.from()), ...rows.map(({ domain }) => domain)])];
  };
  const records = async (domain: string) => recordsOf(await keys.keyFor(domain), relayHost);
  return {
    keyFor: keys.keyFor,
    async list() {
      return Promise.all((await domains()).map(async (domain) => ({ domain, records: await records(domain) })));
    },
    async check(domain) {
      if (!(await domains()).includes(domain)) return null;
      return Promise.all((await records(domain)).map((record) => findingOf(record, resolveTxt)));
    },
  };
}

async function findingOf(record: DnsRecord, resolveTxt: ResolveTxt): Promise<DnsFinding> {
  for (const name of namesOf(record)) {
    const texts = await textsOf(name, resolveTxt);
    if (texts === null) return { ...record, state: 'unanswered', found: [] };
    const finding = judgeRecord(record, texts);
    if (finding.state !== 'missing') return finding;
  }
  return { ...record, state: 'missing', found: [] };
}

/** Null: DNS gave no answer. */
async function textsOf(name: string, resolveTxt: ResolveTxt): Promise<string[] | null> {
  try {
    return (await resolveTxt(name)).map((strings) => strings.join(''));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : null;
  }
}
