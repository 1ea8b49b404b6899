import { createHmac } from 'node:crypto';
import { systemClock } from '../base/clock.ts';
import { privateUpstreamsAllowed } from '../base/config.ts';
import { isPublicAddress } from '../catalogue/index.ts';
import { createDesk, type Desk } from '../desk/index.ts';
import { errorTable } from '../gateway/index.ts';
import { bookBounce } from '../mail/index.ts';
import { readFile, storeFile } from '../mailroom/files.ts';
import { programScanner } from '../mailroom/index.ts';
import type { Answering } from './answering.ts';
import type { ControlPlaneOptions } from './control-plane.ts';
import { everyMinutes, hourly } from './schedule.ts';

/** Opens the desk: tickets from mail and from the console, their targets, and who is told of them. */
export async function openDesk(
  options: ControlPlaneOptions,
  { answer, noteReport }: Pick<Answering, 'answer' | 'noteReport'>,
): Promise<Desk> {
  const { config, database, secrets, log, mail, profile, url, closers } = options;
  const { pool } = database;
  const fingerprintKey = secrets.deriveKey('secret-fingerprints');
  const desk = createDesk({
    database,
    clock: systemClock,
    log,
    tokenKey: mail.tokenKey,
    bookBounce,
    errorCodes: Object.keys(errorTable),
    answer,
    noteReport,
    queueLetter: mail.queueLetter,
    queueMail: mail.queueMail,
    redaction: {
      site: config.keySite,
      personalData: config.redactPersonalData,
      fingerprint: (secret) => createHmac('sha256', fingerprintKey).update(secret).digest('base64url'),
    },
    files: {
      store: (client, bytes) => storeFile(client, secrets, bytes),
      read: (id) => readFile(pool, secrets, id),
      scan: config.scanCommand && programScanner(config.scanCommand),
    },
    linkKey: secrets.deriveKey('ticket-links'),
    seal: secrets.seal,
    open: secrets.open,
    addressAllowed: (address) => privateUpstreamsAllowed(config) || isPublicAddress(address),
    siteName: () => profile.current().name,
    url,
  });
  await desk.start();
  closers.push(
    () => desk.stop(),
    everyMinutes(1 / 4, log, 'what is due at the desk could not be told', () => desk.tick()),
    hourly(log, 'old tickets could not be closed', () => desk.tidy()),
  );
  return desk;
}
