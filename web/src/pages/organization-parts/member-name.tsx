import type { Member } from '../../api/schema.ts';
import { useSession } from '../../session.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { useTranslations } from '../../words/use-translations.ts';

interface MemberNameProps {
  readonly member: Pick<Member, 'account_id' | 'name' | 'email'>;
}

export function MemberName({ member }: MemberNameProps) {
  const t = useTranslations('members');
  const { account } = useSession();
  return (
    <span className="flex min-w-0 items-center gap-2.5 max-sm:pr-8">
      <Avatar small name={member.name || member.email} />
      <span className="min-w-0">
        <span className="flex items-center gap-1.5">
          <span className="truncate">{member.name || member.email}</span>
          {member.account_id === account.id && <Badge>{t('you')}</Badge>}
        </span>
        <span className="block truncate text-[0.8125rem] font-normal text-soft">{member.email}</span>
      </span>
    </span>
  );
}
