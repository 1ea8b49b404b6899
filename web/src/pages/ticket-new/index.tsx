import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { TextLink } from '../../navigation.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { Category } from '../ticket-parts/door.ts';
import { NotToSend, PromiseCard } from './asides.tsx';
import { TicketFormCard } from './ticket-form.tsx';

/** To write to support, with the facts filled in. */
export function Page() {
  const t = useTranslations('myTickets.form');
  const tHelp = useTranslations('shell.pages');
  const [category, setCategory] = useState<Category | null>(null);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        back={
          <TextLink to="/help" className="inline-flex items-center gap-0.5">
            <ChevronLeft aria-hidden="true" className="size-3.5" />
            {tHelp('help')}
          </TextLink>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <TicketFormCard onCategory={setCategory} />
        <div className="grid gap-5">
          <PromiseCard category={category} />
          <NotToSend />
        </div>
      </div>
    </>
  );
}
