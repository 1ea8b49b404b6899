import type { Member } from '../../api/schema.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useTranslations } from '../../words/use-translations.ts';

export function MemberState({ member: { state } }: { readonly member: Pick<Member, 'state'> }) {
  const t = useTranslations('members.states');
  return <StatusDot tone={state === 'active' ? 'good' : 'neutral'}>{t(state)}</StatusDot>;
}
