import { useRead } from '../../api/queries.ts';
import type { Member } from '../../api/schema.ts';
import { TextLink, useGo, useParam } from '../../navigation.tsx';
import { useOrganization } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FactsSkeleton } from '../../ui/facts.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { Grants } from '../organization-parts/grants.tsx';
import { MemberMenu } from '../organization-parts/member-menu.tsx';
import { MemberState } from '../organization-parts/member-state.tsx';
import { MemberFacts } from './member-facts.tsx';
import { MemberTeams } from './member-teams.tsx';

/** One member: what they may do, where, and what they spend. */
export function Page() {
  const t = useTranslations('members');
  const account = useParam('account');
  const { id: organization } = useOrganization();
  const go = useGo();
  const reading = useRead('/control/v1/organizations/{organization}/members/{account}', {
    params: { organization, account },
  });
  const { data: member, error } = reading;
  return (
    <>
      <PageHeader
        title={member ? member.name || member.email : t('member')}
        back={<TextLink to="/organization/members">{t('back')}</TextLink>}
        badge={member && <MemberState member={member} />}
        description={member?.email ?? '\u00a0'}
        actions={
          member && (
            <MemberMenu member={member} onGone={() => void go({ to: '/organization/members', replace: true })} />
          )
        }
      />
      {error && !member ? (
        <Card>
          <ErrorState error={error} onRetry={reading.retry} />
        </Card>
      ) : (
        <div className="grid gap-5">
          <Card>{member ? <MemberFacts member={member} /> : <FactsSkeleton count={8} columns={3} />}</Card>
          {member && <Places member={member} />}
        </div>
      )}
    </>
  );
}

function Places({ member }: { readonly member: Member }) {
  const t = useTranslations('roles');
  return (
    <>
      <MemberTeams member={member} />
      <Grants title={t('grants')} description={t('grantsOfMember')} of={{ account: member.account_id }} />
    </>
  );
}
