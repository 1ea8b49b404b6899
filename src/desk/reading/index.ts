/**
 * Reading a report: the exact facts in what a customer wrote, each with the place where it stood.
 *
 * Promises: an id is one by its check characters, whatever broke it on its way; what is not exact says so; time in
 * proportion to the length, whatever was sent.
 * Never: guesses what was meant, asks a database, decides what happens to a ticket.
 */
export type { ConnectionErrorFact, ErrorCodeFact, StatusFact } from './errors.ts';
export type { Language } from './language.ts';
export { type MissingFact, missingFacts } from './missing.ts';
export type { ModelFact, NameFact } from './names.ts';
export type { BodyFact, HeaderFact } from './pasted.ts';
export { type ReportFacts, type ReportInput, type ReportOptions, readReport } from './report.ts';
export type { MistypedIdFact, RequestIdFact } from './request-ids.ts';
export type { ImpactFact, ImpactKind } from './sentences.ts';
export type { Place } from './source.ts';
export { readSubject, type SubjectPrefix, type SubjectReading } from './subject.ts';
export type { TimeFact } from './times.ts';
export type { ToolFact } from './tools.ts';
export type { ZoneFact } from './zones.ts';
