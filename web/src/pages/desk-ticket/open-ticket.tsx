import { Keyboard } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language.tsx';
import { useSession, useStaffCan } from '../../session.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { KeysDialog } from '../desk/keys-dialog.tsx';
import { ClocksCard } from './clocks-card.tsx';
import { Composer } from './composer.tsx';
import { CustomerCard, FailuresCard, KeysCard, OthersCard } from './customer-cards.tsx';
import { Headline, Notices } from './headline.tsx';
import { SplitDialog, SubjectDialog } from './join-dialogs.tsx';
import { FoundCard, LinksCard, PeopleCard } from './people-cards.tsx';
import { PropertiesCard } from './properties-card.tsx';
import { RequestsCard } from './requests-card.tsx';
import { Thread } from './thread.tsx';
import { TicketActions } from './ticket-actions.tsx';
import type { TicketPage } from './types.ts';
import { useTicketWork } from './use-ticket-work.ts';

interface OpenTicketProps {
  readonly ticket: TicketPage;
  readonly back: ReactNode;
}

/** Whoever looks at the calls of a customer leaves a line in the audit log: one look is one line. */
const besideStaleMs = 30 * 60_000;
const assigneesStaleMs = 5 * 60_000;

export function OpenTicket({ ticket, back }: OpenTicketProps) {
  const t = useTranslations('desk');
  const mayWrite = useStaffCan('tickets.write');
  const { account } = useSession();
  const { id: locale } = useLanguage();
  const mayRequests = useStaffCan('requests.read');
  const beside = useRead(
    '/admin/v1/tickets/{ticket}/requests',
    { params: { ticket: ticket.id }, query: { locale } },
    { enabled: mayRequests, staleMs: besideStaleMs },
  );
  const assignees = useRead('/admin/v1/ticket-assignees', {}, { staleMs: assigneesStaleMs }).data?.data ?? [];
  const work = useTicketWork(ticket, account.id, mayWrite);
  const { onChange, split } = work;
  const own = { ticket, mayWrite };
  return (
    <>
      <PageHeader
        title={ticket.subject}
        back={back}
        description={
          <Headline
            ticket={ticket}
            onRename={mayWrite && ticket.merged_into === null ? () => work.setRenaming(true) : null}
          />
        }
        actions={
          <>
            <TicketActions {...own} onChange={onChange} onSplit={split.begin} />
            <IconButton icon={Keyboard} label={t('keys.open')} onClick={() => work.setHelp(true)} />
          </>
        }
      />
      <Notices ticket={ticket} mayWrite={mayWrite} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-5">
          <Thread
            ticket={ticket}
            viewerId={account.id}
            assignees={assignees}
            onQuote={mayWrite ? work.quote : null}
            onUndo={mayWrite ? work.undo : null}
            split={split.view}
          />
          {!mayWrite ? (
            <p className="text-soft">{t('composer.mayNot')}</p>
          ) : (
            ticket.merged_into === null && (
              <Composer
                ticket={ticket}
                viewerId={account.id}
                mode={work.mode}
                onMode={work.setMode}
                drafts={work.drafts}
                field={work.field}
                onChange={onChange}
              />
            )
          )}
        </div>
        <aside
          id="ticket-facts"
          aria-label={t('ticket.facts')}
          className="grid scroll-mt-20 grid-cols-[minmax(0,1fr)] content-start gap-5"
        >
          <RequestsCard
            ticket={ticket.id}
            beside={mayRequests ? beside : null}
            onUse={mayWrite && ticket.merged_into === null ? work.use : null}
          />
          <PropertiesCard {...own} assignees={assignees} viewerId={account.id} onChange={onChange} />
          <ClocksCard ticket={ticket} />
          <CustomerCard ticket={ticket} beside={beside.data} />
          <KeysCard beside={beside.data} />
          <FailuresCard beside={beside.data} />
          <FoundCard ticket={ticket} />
          <PeopleCard {...own} />
          <LinksCard {...own} />
          <OthersCard ticket={ticket} />
        </aside>
      </div>
      <KeysDialog open={work.help} onClose={() => work.setHelp(false)} on={work.keysOn} onChange={work.setKeysOn} />
      <SubjectDialog
        ticket={ticket}
        open={work.renaming}
        onClose={() => work.setRenaming(false)}
        onSave={(subject) => onChange({ subject }, t('done.subject'))}
      />
      <SplitDialog
        ticket={ticket}
        open={split.naming}
        onClose={() => split.setNaming(false)}
        chosen={[...split.chosen]}
        onDone={split.end}
      />
    </>
  );
}
