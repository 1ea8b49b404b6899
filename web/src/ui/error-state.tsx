import { CloudOff, RotateCw, ShieldX, TriangleAlert } from 'lucide-react';
import { asProblem } from '../api/problem.ts';
import { useProblemWords } from '../words/use-problem-words.ts';
import { useTranslations } from '../words/use-translations.ts';
import { Button } from './button.tsx';
import { RequestId } from './request-id.tsx';

interface ErrorStateProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** In the place of what could not be shown. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const t = useTranslations('ui');
  const words = useProblemWords();
  const problem = asProblem(error);
  const Icon = problem.code === 'network_unreachable' ? CloudOff : problem.status === 403 ? ShieldX : TriangleAlert;
  return (
    <div role="alert" className="grid justify-items-center gap-1 px-6 py-12 text-center">
      <span className="mb-2 grid size-11 place-items-center rounded-xl bg-danger-wash text-danger">
        <Icon aria-hidden="true" className="size-5" />
      </span>
      <p className="text-[0.9375rem] font-semibold">{t('couldNotLoad')}</p>
      <p className="max-w-[60ch] text-soft">{words(problem)}</p>
      {problem.request_id && <RequestId id={problem.request_id} />}
      {onRetry && (
        <div className="mt-3">
          <Button icon={RotateCw} onClick={onRetry}>
            {t('tryAgain')}
          </Button>
        </div>
      )}
    </div>
  );
}
