import { Badge, type Tone } from '../../ui/badge.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { CustomerTicket } from './door.ts';

const tones: Readonly<Record<CustomerTicket['state'], Tone>> = {
  open: 'info',
  waiting: 'warn',
  solved: 'good',
  closed: 'neutral',
};

/** Who has to do something next, from the customer's side. */
export function StateBadge({ state }: { readonly state: CustomerTicket['state'] }) {
  const t = useTranslations('myTickets.states');
  return <Badge tone={tones[state]}>{t(state)}</Badge>;
}
