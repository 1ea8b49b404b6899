/** What is measured in turns. */
export type SubjectName = 'lodge' | 'nginx' | 'relay' | 'portkey';

export const subjectTitles: Readonly<Record<SubjectName, string>> = {
  lodge: 'Lodge',
  nginx: 'nginx',
  relay: 'bare Node relay',
  portkey: 'Portkey',
};

/** A program that stands between the load and the upstream. */
export interface Subject {
  readonly name: SubjectName;
  readonly port: number;
  readonly path: string;
  /** Headers of the calls, one set per credential; connections take turns. */
  readonly headers: readonly Readonly<Record<string, string>>[];
  /** Needs about a millisecond per call, so it gets fewer. */
  readonly slow: boolean;
  readonly version: string;
  readonly pid: number;
  /** User and system time so far in microseconds, of the program itself. */
  cpuUs(): number;
  /** The same of its database; 0 without one. */
  databaseCpuUs(): number;
  /** Resolves when all that earlier calls have left to do is done. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}
