import { Outlet, useLocation, useMatches } from '@tanstack/react-router';
import { ShieldX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLanguage } from '../language.tsx';
import { useGo } from '../navigation.tsx';
import { useAnnouncements } from '../notices/announcements.tsx';
import { SessionProvider, useOrganizationChoice, useSession, useSessionRead } from '../session.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { useTranslations } from '../words/use-translations.ts';
import { missingNeed } from './access.ts';
import { ActingBanner, Banners } from './banners.tsx';
import { Drawer } from './drawer.tsx';
import { PagePending } from './page-pending.tsx';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';

/** The frame for people who are signed in. Without a session the client leads to the sign-in page. */
export function Shell() {
  const { data: session, error, retry } = useSessionRead();
  const announced = useAnnouncements();
  const settled = announced.data !== undefined || announced.error !== null;
  if (session && settled) {
    return (
      <SessionProvider session={session}>
        <Frame />
      </SessionProvider>
    );
  }
  if (error && error.code !== 'session_missing') {
    return (
      <main className="mx-auto max-w-2xl px-4 py-16">
        <Card>
          <ErrorState error={error} onRetry={retry} />
        </Card>
      </main>
    );
  }
  return <FramePending />;
}

function Frame() {
  const t = useTranslations('shell');
  const { account, acting_as, staff } = useSession();
  const { adopt } = useLanguage();
  const [drawer, setDrawer] = useState(false);
  useEffect(() => void adopt(account.locale, account.time_zone), [adopt, account.locale, account.time_zone]);
  const speaks = useStaffWords(staff !== null);
  if (account.must_change_password && acting_as === null) return <ToNewPassword />;
  if (!speaks) return <FramePending />;
  return (
    <div className="min-h-dvh [--banner:0px] [--sticky-top:calc(3.5rem+var(--banner))]">
      <a
        href="#content"
        className="absolute -left-[999rem] z-40 rounded-lg bg-card px-3 py-2 font-medium text-accent focus:top-2 focus:left-2"
      >
        {t('skip')}
      </a>
      {acting_as && <ActingBanner acting={acting_as} />}
      <div className="md:grid md:grid-cols-[15rem_minmax(0,1fr)]">
        <aside className="sticky top-(--banner) hidden h-[calc(100dvh-var(--banner))] border-r border-line bg-card md:block">
          <Sidebar />
        </aside>
        <div className="min-w-0">
          <TopBar onMenu={() => setDrawer(true)} />
          <main id="content" tabIndex={-1} className="mx-auto grid max-w-[76rem] gap-5 px-4 py-6 sm:px-6 sm:py-8">
            <Banners />
            <div className="min-w-0">
              <Allowed />
            </div>
          </main>
        </div>
      </div>
      <Drawer open={drawer} onClose={() => setDrawer(false)} />
    </div>
  );
}

/** Whether the words for the viewer's pages are here. Those for staff are fetched once somebody is known to be of them. */
function useStaffWords(isStaff: boolean): boolean {
  const { hasAllWords, fetchAllWords } = useLanguage();
  const [failure, setFailure] = useState<unknown>(null);
  const missing = isStaff && !hasAllWords;
  useEffect(() => {
    if (missing) fetchAllWords().catch(setFailure);
  }, [missing, fetchAllWords]);
  if (failure !== null) throw failure;
  return !missing;
}

/** A password that somebody else chose opens nothing but its change. */
function ToNewPassword() {
  const go = useGo();
  const { pathname, searchStr } = useLocation();
  // Where the person was: the address changes before this frame is gone.
  const [next] = useState(`/console${pathname}${searchStr}`);
  useEffect(() => {
    void go({ to: '/new-password', search: next === '/console/' ? {} : { next }, replace: true });
  }, [go, next]);
  return <FramePending />;
}

/** The page, or why it is not shown. */
function Allowed() {
  const t = useTranslations('shell');
  const page = useMatches({ select: (matches) => matches.at(-1)?.staticData.page });
  const { staff } = useSession();
  const { organization } = useOrganizationChoice();
  const missing = page ? missingNeed(page, { staff, organization }) : null;
  if (missing === null || !page) return <Outlet />;
  const text =
    missing === 'staff'
      ? t('noAccessStaff')
      : organization === null
        ? t('noAccessNowhere')
        : t('noAccessText', { organization: organization.name });
  return (
    <>
      <PageHeader title={t(`pages.${page.title}`)} />
      <Card>
        <EmptyState icon={ShieldX} title={t('noAccess')} text={text} />
      </Card>
    </>
  );
}

/** The frame's outline, so that nothing moves when the session is there. */
function FramePending() {
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[15rem_minmax(0,1fr)]">
      <div className="hidden border-r border-line bg-card md:block" />
      <div>
        <div className="h-14 border-b border-line" />
        <main className="mx-auto max-w-[76rem] px-4 py-6 sm:px-6 sm:py-8">
          <PagePending />
        </main>
      </div>
    </div>
  );
}
