import type { Answer } from '../../api/client.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { useTranslations } from '../../words/use-translations.ts';

export type Outcome = Answer<'/control/v1/organizations/{organization}/invitations', 'post'>['data'][number];

const tones: Readonly<Record<Outcome['outcome'], Tone>> = {
  invited: 'good',
  already_member: 'neutral',
  already_invited: 'info',
};

interface InviteOutcomeProps {
  readonly outcomes: readonly Outcome[];
  readonly onDone: () => void;
}

/** What became of each address, when not all were invited anew. */
export function InviteOutcome({ outcomes, onDone }: InviteOutcomeProps) {
  const t = useTranslations('members');
  const tUi = useTranslations('ui');
  return (
    <div className="grid gap-4">
      <ul className="grid gap-2">
        {outcomes.map(({ email, outcome }) => (
          <li key={email} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <span className="min-w-0 break-all">{email}</span>
            <Badge tone={tones[outcome]}>{t(`outcomes.${outcome}`)}</Badge>
          </li>
        ))}
      </ul>
      {outcomes.some(({ outcome }) => outcome === 'already_invited') && (
        <p className="text-soft">{t('alreadyInvitedText')}</p>
      )}
      <div className="flex justify-end">
        <Button variant="primary" onClick={onDone}>
          {tUi('done')}
        </Button>
      </div>
    </div>
  );
}
