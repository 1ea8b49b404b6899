import { useMessages } from 'use-intl';
import type { InvitationOffer } from '../api/schema.ts';
import { Time } from '../ui/time.tsx';
import { useTranslations } from '../words/use-translations.ts';

/** Who invites, as what, and until when. */
export function InvitationFacts({ offer: { inviter, roles, expires_at } }: { readonly offer: InvitationOffer }) {
  const t = useTranslations('invitations');
  const names: Readonly<Record<string, string>> = useMessages().invitations.roleNames;
  const list = roles.map((role) => names[role] ?? role);
  return (
    <div className="grid gap-0.5">
      <p>{inviter === null ? t('invitedByNobody') : t('invitedBy', { inviter })}</p>
      {list.length > 0 && <p className="text-soft">{t('roles', { roles: list.join(', ') })}</p>}
      <p className="text-soft">{t.rich('expires', { time: () => <Time at={expires_at} focusable /> })}</p>
    </div>
  );
}
