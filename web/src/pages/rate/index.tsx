import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { useQueryValue } from '../../navigation.tsx';
import { FrontCard } from '../../shell/front.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { RatingForm, starsIn } from '../ticket-parts/rating-form.tsx';

const path = '/control/v1/ticket-rating';

/** Where the link in a mail about a solved ticket leads: one question, without an account. */
export function Page() {
  const t = useTranslations('myTickets.rating');
  const token = useQueryValue('token') ?? '';
  const { data, error, retry } = useRead(path, { query: { token } }, { enabled: token !== '' });
  const [thanked, setThanked] = useState(false);
  if (token === '' || error?.code === 'rating_link_invalid' || error?.status === 400) {
    return (
      <FrontCard title={t('expired')}>
        <p>{t('expiredText')}</p>
      </FrontCard>
    );
  }
  if (data === undefined) {
    return (
      <FrontCard title={t('title')}>
        {error === null ? <Skeleton className="h-56 w-full" /> : <ErrorState error={error} onRetry={retry} />}
      </FrontCard>
    );
  }
  const { ticket, open, stars } = data;
  if (!open) {
    return (
      <FrontCard title={t('notSolved', { ticket })}>
        <p>{t('notSolvedText')}</p>
      </FrontCard>
    );
  }
  const given = starsIn(stars);
  return (
    <FrontCard title={t('title')} description={t('linkTitle', { ticket })}>
      {thanked ? (
        <p role="status">{t('thanks')}</p>
      ) : (
        <div className="grid gap-4">
          {given !== null && <p>{t('given', { stars: t(`stars.${given}`) })}</p>}
          <RatingForm
            given={stars}
            onRate={async (rating) => {
              await api.post(path, { body: { token, stars: rating.stars, comment: rating.comment ?? '' } });
              setThanked(true);
            }}
          />
        </div>
      )}
    </FrontCard>
  );
}
