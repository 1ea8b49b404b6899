import type pg from 'pg';
import { appendAudit, changedMembers } from '../audit/index.ts';
import type { Actor } from '../base/actor.ts';
import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { inTransaction } from '../db/index.ts';
import { type Logo, logoContentTypes } from './logo.ts';
import {
  nothingStored,
  type ProfileDefaults,
  type ProfileProblem,
  profileOf,
  profileProblems,
  readStored,
  type SiteProfile,
  type StoredProfile,
} from './profile.ts';

export interface SiteProfileOptions {
  readonly pool: pg.Pool;
  readonly log: Log;
  readonly defaults: ProfileDefaults;
  /** How often other nodes' changes are looked for. */
  readonly pollMs?: number;
}

/** Members to set; those left out stay. `logo`: null takes it away. */
export type ProfileChange = {
  readonly [Member in keyof Omit<StoredProfile, 'logo'>]?: StoredProfile[Member] | undefined;
} & { readonly logo?: Logo | null };

export type ChangeOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'wrong'; readonly problems: readonly ProfileProblem[] };

/** Owns what is known of the site's face in this process. */
export interface SiteProfileStore {
  readonly defaults: ProfileDefaults;
  /** The last good view; the same object until something changes. */
  current(): SiteProfile;
  /** What was set, without the defaults. */
  stored(): StoredProfile;
  /** Reads again. Rejects when the database is away. */
  refresh(): Promise<void>;
  /** Sets members, with a row in the audit log; what would not fit together is told and changes nothing. */
  change(actor: Actor, change: ProfileChange): Promise<ChangeOutcome>;
  /** The logo of the current profile; null when there is none. */
  logo(): Promise<Logo | null>;
  stop(): void;
}

const profileFact = 'profile';
const logoFact = 'logo';
const pollMsDefault = 5_000;

/** Reads the profile and keeps reading it. While the database is away the last view stands. @throws what the first read throws */
export async function createSiteProfile(options: SiteProfileOptions): Promise<SiteProfileStore> {
  const store = new Store(options);
  await store.refresh();
  store.watch(options.pollMs ?? pollMsDefault);
  return store;
}

class Store implements SiteProfileStore {
  readonly defaults: ProfileDefaults;
  readonly #pool: pg.Pool;
  readonly #log: Log;
  #text = '';
  #stored: StoredProfile = nothingStored;
  #profile: SiteProfile;
  #logo: Logo | null = null;
  #timer: NodeJS.Timeout | null = null;
  #away = false;
  #asked = 0;
  #taken = 0;

  constructor({ pool, log, defaults }: SiteProfileOptions) {
    this.#pool = pool;
    this.#log = log;
    this.defaults = defaults;
    this.#profile = profileOf(nothingStored, defaults);
  }

  current(): SiteProfile {
    return this.#profile;
  }

  stored(): StoredProfile {
    return this.#stored;
  }

  async refresh(): Promise<void> {
    const turn = ++this.#asked;
    const value = await readFact(this.#pool, profileFact);
    // A read that began before one that has been taken may be older than it.
    if (turn < this.#taken) return;
    this.#taken = turn;
    this.#take(value);
  }

  async change(actor: Actor, change: ProfileChange): Promise<ChangeOutcome> {
    const outcome = await inTransaction(this.#pool, (client) => apply(client, actor, change, this.defaults));
    if ('problems' in outcome) return { kind: 'wrong', problems: outcome.problems };
    // Read, and not taken from the outcome: another change may have come between.
    await this.refresh();
    return { kind: 'changed' };
  }

  async logo(): Promise<Logo | null> {
    const wanted = this.#profile.logo;
    if (wanted === null) return null;
    if (this.#logo?.tag === wanted.tag) return this.#logo;
    this.#logo = logoOf(await readFact(this.#pool, logoFact));
    return this.#logo;
  }

  watch(pollMs: number): void {
    let reading = false;
    this.#timer = setInterval(() => {
      if (reading) return;
      reading = true;
      this.refresh()
        .then(
          () => {
            this.#away = false;
          },
          (error: unknown) => {
            if (!this.#away) this.#log.warn({ reason: errorText(error) }, 'the site profile cannot be read');
            this.#away = true;
          },
        )
        .finally(() => {
          reading = false;
        });
    }, pollMs);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  #take(value: unknown): void {
    const text = JSON.stringify(value ?? null);
    if (text === this.#text) return;
    this.#text = text;
    this.#stored = readStored(value);
    this.#profile = profileOf(this.#stored, this.defaults);
  }
}

/** Two changes at once come one after the other: the row is locked, and there to be locked. */
async function apply(
  client: pg.PoolClient,
  actor: Actor,
  { logo, ...rest }: ProfileChange,
  defaults: ProfileDefaults,
): Promise<{ readonly after: StoredProfile } | { readonly problems: readonly ProfileProblem[] }> {
  await client.query('insert into site_facts (name, value) values ($1, $2) on conflict (name) do nothing', [
    profileFact,
    JSON.stringify(nothingStored),
  ]);
  const before = readStored(await readFact(client, profileFact, 'for update'));
  const kept = logo === undefined ? before.logo : logo && { content_type: logo.contentType, tag: logo.tag };
  const members = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const after: StoredProfile = { ...before, ...members, logo: kept };
  const problems = profileProblems(after);
  if (problems.length > 0) return { problems };
  const changed = changedMembers(before, after);
  if (Object.keys(changed.after).length === 0) return { after };
  await writeFact(client, profileFact, after);
  if (logo === null) await client.query('delete from site_facts where name = $1', [logoFact]);
  else if (logo !== undefined) {
    await writeFact(client, logoFact, {
      content_type: logo.contentType,
      tag: logo.tag,
      data: logo.bytes.toString('base64'),
    });
  }
  await appendAudit(client, actor, {
    action: 'site.changed',
    organizationId: null,
    subject: { kind: 'site', id: 'site', name: after.name ?? defaults.name },
    ...changed,
  });
  return { after };
}

async function readFact(client: pg.Pool | pg.PoolClient, name: string, lock: 'for update' | '' = ''): Promise<unknown> {
  const { rows } = await client.query<{ value: unknown }>(`select value from site_facts where name = $1 ${lock}`, [
    name,
  ]);
  return rows[0]?.value;
}

async function writeFact(client: pg.PoolClient, name: string, value: object): Promise<void> {
  await client.query(
    `insert into site_facts (name, value) values ($1, $2)
       on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [name, JSON.stringify(value)],
  );
}

function logoOf(value: unknown): Logo | null {
  const row = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const contentType = logoContentTypes.find((one) => one === row['content_type']);
  if (contentType === undefined || typeof row['tag'] !== 'string' || typeof row['data'] !== 'string') return null;
  return { contentType, tag: row['tag'], bytes: Buffer.from(row['data'], 'base64') };
}
