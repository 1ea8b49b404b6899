import { useTranslations } from '../words/use-translations.ts';
import { Button } from './button.tsx';

interface LoadMoreProps {
  readonly busy: boolean;
  readonly onMore: () => void;
}

export function LoadMore({ busy, onMore }: LoadMoreProps) {
  const t = useTranslations('ui');
  return (
    <div className="flex justify-center border-t border-line px-4 py-3">
      <Button small variant="ghost" busy={busy} onClick={onMore}>
        {t('loadMore')}
      </Button>
    </div>
  );
}
