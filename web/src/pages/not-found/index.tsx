import { Compass } from 'lucide-react';
import { Link } from '../../navigation.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useTranslations } from '../../words/use-translations.ts';

export function Page() {
  const t = useTranslations('shell');
  return (
    <>
      <PageHeader title={t('pages.notFound')} />
      <Card>
        <EmptyState
          icon={Compass}
          title={t('notFound')}
          text={t('notFoundText')}
          action={
            <Link to="/" className={buttonLook('primary')}>
              {t('toFirstPage')}
            </Link>
          }
        />
      </Card>
    </>
  );
}
