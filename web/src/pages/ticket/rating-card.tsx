import { useState } from 'react';
import { useChanged } from '../../api/queries.ts';
import { useSession } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { type CustomerTicketPage, type Door, ticketPaths, writesOn } from '../ticket-parts/door.ts';
import { RatingForm, starsIn } from '../ticket-parts/rating-form.tsx';

interface RatingCardProps {
  readonly ticket: CustomerTicketPage;
  readonly door: Door;
}

/** Once it is solved: how it was. */
export function RatingCard({ ticket, door }: RatingCardProps) {
  const t = useTranslations('myTickets.rating');
  const changed = useChanged();
  const mayWrite = useSession().acting_as === null;
  const [changing, setChanging] = useState(false);
  const { id, state, rating, own } = ticket;
  const given = starsIn(rating);
  if (!own || !mayWrite || (state !== 'solved' && state !== 'closed')) return null;
  if (given !== null && !changing) {
    return (
      <Card
        title={t('title')}
        actions={
          <Button small onClick={() => setChanging(true)}>
            {t('change')}
          </Button>
        }
      >
        <p>{t('given', { stars: t(`stars.${given}`) })}</p>
      </Card>
    );
  }
  return (
    <Card title={t('title')}>
      <RatingForm
        given={rating}
        onRate={async (said) => {
          await writesOn(door, id).rate(said);
          toast({ text: t('thanks') });
          setChanging(false);
          await changed(...ticketPaths);
        }}
      />
    </Card>
  );
}
