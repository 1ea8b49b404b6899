import type pg from 'pg';
import { systemClock } from '../base/clock.ts';
import { type AnsweringOptions, answerMail, noteReport, type WrittenReport } from '../desk/answer/index.ts';
import { errorTable } from '../gateway/index.ts';
import type { Catalogue } from '../gateway/ports.ts';
import { createReportedKeys, type ReportedKeys } from '../keys/index.ts';
import type { KeyReportRouteOptions } from '../keys/routes.ts';
import type { DeskSteps } from '../mailroom/index.ts';
import { notify } from '../notices/index.ts';
import type { ControlPlaneOptions } from './control-plane.ts';
import { everyMinutes } from './schedule.ts';

/** What mails are answered with, and keys that arrive in them. */
export interface Answering {
  /** The last step of a mail at the desk. */
  readonly answer: DeskSteps['answer'];
  /** For the reading of mails: whose the keys are that stand in them. */
  readonly recogniseKeys: ReportedKeys['recognise'];
  /** For what is written in the console. */
  readonly noteReport: (client: pg.ClientBase, written: WrittenReport) => Promise<void>;
  readonly answers: AnsweringOptions;
  readonly keyReports: KeyReportRouteOptions;
}

/** Begins to put keys out of use whose time of grace has ended. */
export function openAnswering(options: ControlPlaneOptions): Answering {
  const { config, log, database, secrets, profile, mail, url, closers } = options;
  const { pool } = database;
  const reported = createReportedKeys({
    pool,
    hashKey: secrets.hashKey,
    site: config.keySite,
    onChange: options.onKeyChange,
    telling: { queueMail: mail.queueMail, notify, url },
  });
  closers.push(
    everyMinutes(1, log, 'keys that were reported could not be put out of use', () => reported.disableDue()),
  );
  const answering: AnsweringOptions = {
    pool,
    clock: systemClock,
    site: config.keySite,
    url,
    retentionDays: config.retentionDays,
    errorCodes: Object.keys(errorTable),
    models: () => modelNames(options.catalogue()),
    reported,
    queueLetter: mail.queueLetter,
    staffLocale: () => profile.current().defaultLanguage,
    journal: options.journal,
    journalLagMs: options.journalLagMs,
  };
  return {
    answer: (client, read, place) => answerMail(client, read, place, answering),
    recogniseKeys: (found) => reported.recognise(found),
    noteReport: (client, written) => noteReport(client, written, answering),
    answers: answering,
    keyReports: { pool, clock: systemClock, reported, partnerSecret: config.keyReportSecret },
  };
}

function modelNames({ groups }: Catalogue): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { models, aliases } of groups.values()) {
    for (const name of models.keys()) names.add(name);
    for (const name of aliases.keys()) names.add(name);
  }
  return names;
}
