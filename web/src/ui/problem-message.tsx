import { type ApiProblem, fieldErrors } from '../api/problem.ts';
import { useProblemWords } from '../words/use-problem-words.ts';
import { Banner } from './banner.tsx';
import { RequestId } from './request-id.tsx';

interface ProblemMessageProps {
  readonly problem: ApiProblem | null;
  /** Names of the fields that show their own errors. */
  readonly fields?: readonly string[];
}

/** What went wrong, in the reader's language where the code is known, with the id that support can look up. */
export function ProblemMessage({ problem, fields = [] }: ProblemMessageProps) {
  const words = useProblemWords();
  if (problem === null) return null;
  const { others } = fieldErrors(problem, fields);
  return (
    <Banner tone="danger" role="alert">
      <p>{words(problem)}</p>
      {others.length > 0 && (
        <ul className="mt-1 list-disc pl-5">
          {others.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              <code className="font-mono text-xs">{field}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {problem.request_id && problem.status >= 500 && <RequestId id={problem.request_id} />}
    </Banner>
  );
}
