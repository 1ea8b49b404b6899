import { parentPort } from 'node:worker_threads';
import { readRaw } from './read.ts';
import { type Reading, ReadingError, type ReadingProblem, type ReadJob } from './reading.ts';

/** What the thread is told. */
export type ToThread =
  | { readonly do: 'read'; readonly job: ReadJob }
  | { readonly do: 'answer'; readonly question: number; readonly records: DnsRecords | null; readonly code: string };

/** What it tells. `parsing`: nothing outside is waited for any more, the clock runs. */
export type FromThread =
  | { readonly tells: 'question'; readonly question: number; readonly name: string; readonly type: string }
  | { readonly tells: 'parsing' }
  | { readonly tells: 'read'; readonly reading: Reading }
  | { readonly tells: 'beyond-reading'; readonly problem: ReadingProblem; readonly message: string }
  | { readonly tells: 'failed'; readonly message: string };

export type DnsRecords = string[][] | string[];

const questions = new Map<number, { resolve: (records: DnsRecords) => void; reject: (error: Error) => void }>();
let asked = 0;

function tell(message: FromThread): void {
  parentPort?.postMessage(message);
}

/** DNS is asked by the main thread: it has the resolver, its cache and its deadline. */
function resolver(name: string, type: string): Promise<DnsRecords> {
  const question = ++asked;
  return new Promise((resolve, reject) => {
    questions.set(question, { resolve, reject });
    tell({ tells: 'question', question, name, type });
  });
}

async function read(job: ReadJob): Promise<void> {
  try {
    const reading = await readRaw(job, resolver, () => tell({ tells: 'parsing' }));
    tell({ tells: 'read', reading });
  } catch (error) {
    if (error instanceof ReadingError)
      tell({ tells: 'beyond-reading', problem: error.problem, message: error.message });
    else tell({ tells: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

parentPort?.on('message', (message: ToThread) => {
  if (message.do === 'read') {
    void read(message.job);
    return;
  }
  const waiting = questions.get(message.question);
  questions.delete(message.question);
  if (message.records !== null) waiting?.resolve(message.records);
  else waiting?.reject(Object.assign(new Error(`DNS answers ${message.code}`), { code: message.code }));
});
