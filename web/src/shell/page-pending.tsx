import { Card } from '../ui/card.tsx';
import { Skeleton, SkeletonText } from '../ui/skeleton.tsx';
import { useTranslations } from '../words/use-translations.ts';

/** While a page's code is on its way: the outline that every page has. */
export function PagePending() {
  const t = useTranslations('ui');
  return (
    <div role="status">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="mb-6 h-8 w-48" />
      <Card>
        <SkeletonText lines={5} />
      </Card>
    </div>
  );
}
