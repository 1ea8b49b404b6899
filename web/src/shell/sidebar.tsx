import { useEffect, useRef } from 'react';
import { Link, usePath } from '../navigation.tsx';
import { type Page, pages, type SectionId } from '../routes.tsx';
import { useOrganizationChoice, useSession } from '../session.tsx';
import { useSite } from '../site.ts';
import { cx } from '../ui/cx.ts';
import { useTranslations } from '../words/use-translations.ts';
import { missingNeed, navigationPage } from './access.ts';
import { Brand } from './brand.tsx';
import { shiftIntoSight } from './in-sight.ts';

const sections: readonly SectionId[] = ['build', 'observe', 'organization', 'account', 'help', 'desk', 'operator'];
/** Two neighbours of the current page are seen with it. */
const roomPx = 80;

/** Every page of the navigation that the viewer may see, by section. */
export function Sidebar({ onGo }: { readonly onGo?: () => void }) {
  const t = useTranslations('shell');
  const { staff } = useSession();
  const { organization } = useOrganizationChoice();
  const { site } = useSite();
  const listed = pages.filter((page) => page.section && missingNeed(page, { staff, organization }) === null);
  const current = navigationPage(usePath(), listed);
  return (
    <div className="flex h-full flex-col gap-4 px-3 py-3">
      <div className="px-2">
        <Brand />
      </div>
      <nav
        aria-label={t('navigation')}
        className="-mx-3 grid min-h-0 grow content-start gap-5 overflow-y-auto px-3 py-1"
      >
        {sections.map((section) => {
          const own = listed.filter((page) => page.section === section);
          return own.length === 0 ? null : (
            <div key={section}>
              <h2 className="mb-1 px-2.5 text-xs font-medium text-faint">{t(`sections.${section}`)}</h2>
              <ul className="grid gap-px">
                {own.map((page) => (
                  <li key={page.path}>
                    <NavigationLink page={page} current={page === current} {...(onGo ? { onGo } : {})} />
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </nav>
      {/* Its line is there from the first moment: what comes later would hide the end of the list. */}
      <p className="min-h-4 px-2.5 text-xs text-faint">
        {site && t('footer', { site: site.name, version: site.version })}
      </p>
    </div>
  );
}

interface NavigationLinkProps {
  readonly page: Page;
  readonly current: boolean;
  readonly onGo?: () => void;
}

function NavigationLink({ page, current, onGo }: NavigationLinkProps) {
  const t = useTranslations('shell.pages');
  const { icon: Icon } = page;
  const link = useRef<HTMLAnchorElement>(null);
  // Staff have more pages than fit: where one is stands in sight. `scrollIntoView` would move the page as well.
  useEffect(() => {
    const list = current ? link.current?.closest('nav') : null;
    if (!link.current || !list) return;
    list.scrollTop += shiftIntoSight(link.current.getBoundingClientRect(), list.getBoundingClientRect(), roomPx);
  }, [current]);
  return (
    <Link
      ref={link}
      to={page.path}
      aria-current={current ? 'page' : undefined}
      {...(onGo ? { onClick: onGo } : {})}
      className={cx(
        'flex min-h-9 items-center gap-2.5 rounded-lg px-2.5 py-1 transition-colors -outline-offset-2',
        current ? 'bg-accent-wash font-medium text-accent-strong' : 'text-soft hover:bg-sunk hover:text-ink',
      )}
    >
      {Icon && <Icon aria-hidden="true" className="size-4 shrink-0" />}
      <span className="min-w-0">{t(page.title)}</span>
    </Link>
  );
}
