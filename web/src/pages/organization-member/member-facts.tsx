import type { Member } from '../../api/schema.ts';
import { TextLink } from '../../navigation.tsx';
import { useCan } from '../../session.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { IdText } from '../../ui/id-text.tsx';
import { Money } from '../../ui/money.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { RoleBadges } from '../organization-parts/role-badges.tsx';

export function MemberFacts({ member }: { readonly member: Member }) {
  const t = useTranslations('members');
  const mayAudit = useCan('audit.read');
  const { account_id: id, two_factor: twoFactor, keys, spend_30d_usd: spend } = member;
  const facts: readonly (Fact | null)[] = [
    { id: 'roles', label: t('roles'), value: <RoleBadges roles={member.roles} /> },
    keys === null
      ? null
      : {
          id: 'keys',
          label: t('keys'),
          value: (
            <TextLink to="/keys" search={{ owner: id }}>
              {t('keyCount', { count: keys })}
            </TextLink>
          ),
        },
    spend === null
      ? null
      : {
          id: 'spend',
          label: t('spend'),
          value: (
            <>
              <Money amount={spend} />
              {' · '}
              <TextLink to="/usage" search={{ member: id }}>
                {t('usage')}
              </TextLink>
            </>
          ),
        },
    {
      id: 'active',
      label: t('lastActive'),
      value: member.last_active_at ? <Time at={member.last_active_at} show="relative" focusable /> : t('never'),
    },
    twoFactor === null
      ? null
      : { id: 'two', label: t('twoFactor'), value: t(twoFactor ? 'twoFactorOn' : 'twoFactorOff') },
    { id: 'joined', label: t('joined'), value: <Time at={member.joined_at} show="date" focusable /> },
    mayAudit
      ? {
          id: 'audit',
          label: t('audit'),
          value: (
            <span className="flex flex-wrap gap-x-3">
              <TextLink to="/organization/audit" search={{ actor: id }}>
                {t('auditBy')}
              </TextLink>
              <TextLink to="/organization/audit" search={{ subject: id }}>
                {t('auditAbout')}
              </TextLink>
            </span>
          ),
        }
      : null,
    { id: 'id', label: t('accountId'), value: <IdText id={id} /> },
  ];
  return <Facts facts={facts.filter((fact) => fact !== null)} columns={3} />;
}
