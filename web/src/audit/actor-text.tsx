import type { ReactNode } from 'react';
import type { AuditEntry } from '../api/schema.ts';
import { useTranslations } from '../words/use-translations.ts';

/** Who did it, and in which guise. */
export function ActorText({ entry: { actor } }: { readonly entry: AuditEntry }): ReactNode {
  const t = useTranslations('audit');
  const names = { admin_token: t('adminToken'), system: t('system'), support: t('support') };
  const name = actor.kind === 'account' ? actor.name : names[actor.kind];
  const guise = [
    actor.acting_as && t('actingAs', { email: actor.acting_as.email ?? actor.acting_as.id }),
    actor.token && t('byToken', { name: actor.token.name ?? actor.token.id }),
  ].filter(Boolean);
  return (
    <>
      <span className="block truncate">{name}</span>
      {guise.length > 0 && <span className="block text-xs text-soft">{guise.join(', ')}</span>}
    </>
  );
}
