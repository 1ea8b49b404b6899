import { readFile } from 'node:fs/promises';
import { systemClock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import { AppError, errorText } from '../base/errors.ts';
import { type StaffRole, staffRoles } from '../base/permissions.ts';
import { createMailroom, type DeskSteps, type Mailroom, programScanner, sweepRaw } from '../mailroom/index.ts';
import type { MailroomRoutesOptions } from '../mailroom/routes.ts';
import { notify } from '../notices/index.ts';
import type { Answering } from './answering.ts';
import type { ControlPlaneOptions } from './control-plane.ts';
import { daily } from './schedule.ts';

export interface OpenedMailroom {
  /** To be started when the site's address is known: answers hold links. */
  readonly mailroom: Mailroom;
  readonly routes: MailroomRoutesOptions;
}

/** More mail in quarantine within this time is seen where the first is. */
const noticePauseMs = 3_600_000;

/** Opens the way for mail that comes in. `desk`: what becomes of it. */
export async function openMailroom(
  options: ControlPlaneOptions,
  { recogniseKeys }: Pick<Answering, 'recogniseKeys'>,
  desk: DeskSteps | null,
): Promise<OpenedMailroom> {
  const { config, database, secrets, log, profile, closers } = options;
  const { supportAddress, name } = profile.current();
  const mailroom = createMailroom({
    database,
    secrets,
    log,
    clock: systemClock,
    site: config.keySite,
    desk,
    recogniseKeys,
    personalData: config.redactPersonalData,
    arcSealers: config.arcSealers,
    demo: config.databaseUrl === null,
    scan: config.scanCommand && programScanner(config.scanCommand),
    smtp:
      config.smtpPort === 0 ? null : { host: config.smtpHost, port: config.smtpPort, tls: await certificate(config) },
    firstMailbox: { address: supportAddress, name },
    onQuarantined: quarantineNotices(options),
  });
  closers.push(
    () => mailroom.stop(),
    daily(log, 'old raw mail could not be deleted', () => sweepRaw(database.pool)),
  );
  return { mailroom, routes: { pool: database.pool, sealer: secrets, mailroom } };
}

/** @throws AppError `smtp_certificate_unreadable` */
async function certificate(config: Config): Promise<{ cert: string; key: string } | null> {
  const { smtpCertificate, smtpKey } = config;
  if (smtpCertificate === null && smtpKey === null) return null;
  if (smtpCertificate === null || smtpKey === null)
    throw new AppError(
      'smtp_certificate_unreadable',
      'Set both LODGE_SMTP_TLS_CERT and LODGE_SMTP_TLS_KEY, or neither.',
    );
  const read = async (file: string, setting: string): Promise<string> => {
    try {
      return await readFile(file, 'utf8');
    } catch (cause) {
      throw new AppError('smtp_certificate_unreadable', `${setting} names ${file}, which cannot be read.`, { cause });
    }
  };
  return {
    cert: await read(smtpCertificate, 'LODGE_SMTP_TLS_CERT'),
    key: await read(smtpKey, 'LODGE_SMTP_TLS_KEY'),
  };
}

/** Tells staff who may run it again, once in a while: a flood of broken mail is one piece of news. */
function quarantineNotices({ database, log }: ControlPlaneOptions): (id: string, code: string) => void {
  const roles = (Object.keys(staffRoles) as StaffRole[]).filter((role) => staffRoles[role].includes('mail.write'));
  let quietUntilMs = 0;
  return (id, code) => {
    const nowMs = systemClock.monotonic();
    if (nowMs < quietUntilMs) return;
    quietUntilMs = nowMs + noticePauseMs;
    const tell = async (): Promise<void> => {
      const { rows } = await database.pool.query<{ id: string }>(
        `select id from accounts where state = 'active' and staff_role = any($1)`,
        [roles],
      );
      for (const { id: accountId } of rows)
        await notify(database.pool, accountId, 'mail-quarantined', { mail: id, code });
    };
    tell().catch((error: unknown) => log.warn({ reason: errorText(error) }, 'staff could not be told of a quarantine'));
  };
}
