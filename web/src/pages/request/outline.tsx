import { Card } from '../../ui/card.tsx';
import { Skeleton, SkeletonText } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';

/** The page before its call is there, in the size of one that went well. */
export function Outline() {
  const t = useTranslations('request');
  return (
    <div aria-busy="true" className="grid gap-5">
      <Card>
        <Skeleton className="h-7 w-96" />
        <Skeleton className="mt-2 h-5 w-56" />
        <div className="mt-4">
          <SkeletonText lines={5} />
        </div>
        <Skeleton className="mt-4 h-16 w-full" />
      </Card>
      <Card title={t('timeline.title')} description={t('timeline.description')}>
        <Skeleton className="h-20 w-full" />
        <Skeleton className="mt-4 h-5 w-72" />
        <div className="mt-6 grid gap-6 sm:grid-cols-2">
          <SkeletonText lines={6} />
          <SkeletonText lines={3} />
        </div>
      </Card>
      <Card title={t('charge.title')}>
        <SkeletonText lines={6} />
      </Card>
    </div>
  );
}
