import { Badge } from '../../ui/badge.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useRoleNames } from './use-roles.ts';

/** Roles of a member or an invitation. Without any, only grants and teams count. */
export function RoleBadges({ roles }: { readonly roles: readonly string[] }) {
  const t = useTranslations('roles');
  const name = useRoleNames();
  if (roles.length === 0) return <span className="text-faint">{t('noRole')}</span>;
  return (
    <span className="inline-flex flex-wrap gap-1 max-sm:justify-end">
      {roles.map((role) => (
        <Badge key={role} tone={role === 'owner' ? 'good' : 'neutral'}>
          {name(role)}
        </Badge>
      ))}
    </span>
  );
}
