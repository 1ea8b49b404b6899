import { MailPlus } from 'lucide-react';
import { useState } from 'react';
import { useFilters } from '../../navigation.tsx';
import { useCan, useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { PersonalBanner } from '../organization-parts/personal-banner.tsx';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { Members } from './members.tsx';

const names = ['tab'] as const;

/** Who is in the organization, and who is invited. */
export function Page() {
  const t = useTranslations('members');
  const tShell = useTranslations('shell.pages');
  const { kind } = useOrganization();
  const mayInvite = useCan('members.write') && kind === 'shared';
  const [inviting, setInviting] = useState(false);
  const { values, set } = useFilters(names);
  const invite = () => setInviting(true);
  const members = <Members onInvite={mayInvite ? invite : null} />;
  return (
    <>
      <PageHeader
        title={tShell('organizationMembers')}
        description={t('description')}
        actions={
          mayInvite && (
            <Button variant="primary" icon={MailPlus} onClick={invite}>
              {t('invite')}
            </Button>
          )
        }
      />
      <PersonalBanner />
      {mayInvite ? (
        <Tabs
          label={tShell('organizationMembers')}
          value={values.tab === 'invitations' ? 'invitations' : 'members'}
          onChange={(tab) => set({ tab: tab === 'members' ? undefined : tab })}
          tabs={[
            { id: 'members', label: t('list'), content: members },
            { id: 'invitations', label: t('invitations'), content: <Invitations onInvite={invite} /> },
          ]}
        />
      ) : (
        members
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}
