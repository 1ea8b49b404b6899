import { MailOpen } from 'lucide-react';
import { useRead } from '../../api/queries.ts';
import type { InvitationOffer } from '../../api/schema.ts';
import { InvitationAnswer } from '../../identity/invitation-answer.tsx';
import { InvitationFacts } from '../../identity/invitation-facts.tsx';
import { useGo } from '../../navigation.tsx';
import { useOrganizationChoice } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SkeletonText } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';

/** Invitations to the account's own address. */
export function Page() {
  const t = useTranslations('invitations');
  const tPages = useTranslations('shell.pages');
  const reading = useRead('/control/v1/invitations', {});
  const { chooseOrganization } = useOrganizationChoice();
  const go = useGo();
  const onAnswered = (answer: 'accepted' | 'declined', { organization }: InvitationOffer) => {
    if (answer === 'declined') return;
    chooseOrganization(organization.id);
    void go({ to: '/' });
  };
  const skeleton = (
    <Card>
      <SkeletonText lines={5} />
    </Card>
  );
  return (
    <>
      <PageHeader title={tPages('invitations')} description={t('description')} />
      <Loaded reading={reading} skeleton={skeleton}>
        {({ data }) =>
          data.length === 0 ? (
            <Card>
              <EmptyState icon={MailOpen} title={t('empty')} text={t('emptyText')} />
            </Card>
          ) : (
            <div className="grid gap-4 lg:grid-cols-2">
              {data.map((offer) => (
                <Card key={offer.id} title={offer.organization.name}>
                  <div className="grid gap-4">
                    <InvitationFacts offer={offer} />
                    <InvitationAnswer
                      offer={offer}
                      reference={{ invitation: offer.id }}
                      onAnswered={(answer) => onAnswered(answer, offer)}
                    />
                  </div>
                </Card>
              ))}
            </div>
          )
        }
      </Loaded>
    </>
  );
}
