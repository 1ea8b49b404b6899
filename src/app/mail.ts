import type { Config } from '../base/config.ts';
import type { Log } from '../base/log.ts';
import type { Database } from '../db/index.ts';
import { createMail, type Mail } from '../mail/index.ts';
import { readFile } from '../mailroom/files.ts';
import type { Secrets } from '../secrets/index.ts';
import type { SiteProfileStore } from '../site-profile/index.ts';
import type { Closers } from './closers.ts';

export interface MailParts {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly secrets: Secrets;
  readonly profile: SiteProfileStore;
  readonly url: () => string;
  readonly closers: Closers;
}

/** Begins to send what waits, under the site's present name. */
export async function openMail({ config, log, database, secrets, profile, url, closers }: MailParts): Promise<Mail> {
  const site = () => {
    const { name, supportAddress } = profile.current();
    return { name, supportAddress, url: url() };
  };
  const mail = createMail({
    database,
    relay: config.mailRelay,
    from: config.mailFrom,
    site,
    secrets,
    readFile: (id) => readFile(database.pool, secrets, id),
    log,
  });
  await mail.start();
  closers.push(() => mail.stop());
  return mail;
}
