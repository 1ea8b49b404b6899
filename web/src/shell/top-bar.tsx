import { Building2, ChevronsUpDown, LogOut, Menu as MenuIcon, Plus, UserRound } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useGo, usePath } from '../navigation.tsx';
import { pages } from '../routes.tsx';
import { useOrganizationChoice, useSession } from '../session.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuChoice, MenuItem, MenuLink, MenuSeparator } from '../ui/menu.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { useTranslations } from '../words/use-translations.ts';
import { navigationPage } from './access.ts';
import { LanguageMenu, ThemeMenu } from './preferences.tsx';
import { useSignOut } from './sign-out.ts';
import { slots } from './slots.ts';

/** Fetched when it is wanted: few make an organization, and nobody every day. */
const NewOrganizationDialog = lazy(async () => ({
  default: (await import('../pages/organization-parts/new-organization-dialog.tsx')).NewOrganizationDialog,
}));

export function TopBar({ onMenu }: { readonly onMenu: () => void }) {
  const t = useTranslations('shell');
  const { bell: Bell } = slots;
  const [making, setMaking] = useState(false);
  return (
    <>
      <header className="sticky top-(--banner) z-20 flex h-14 items-center gap-1 border-b border-line bg-paper px-3 sm:px-5">
        <IconButton icon={MenuIcon} label={t('openMenu')} onClick={onMenu} className="md:hidden" />
        <OrganizationMenu onMake={() => setMaking(true)} />
        <div className="ml-auto flex shrink-0 items-center gap-0.5">
          {Bell && <Bell />}
          <LanguageMenu />
          <ThemeMenu />
          <AccountMenu />
        </div>
      </header>
      {making && (
        <Suspense>
          <NewOrganizationDialog onClose={() => setMaking(false)} />
        </Suspense>
      )}
    </>
  );
}

function OrganizationMenu({ onMake }: { readonly onMake: () => void }) {
  const t = useTranslations('shell');
  const tOrganization = useTranslations('organization');
  const { session, organization, chooseOrganization } = { session: useSession(), ...useOrganizationChoice() };
  const go = useGo();
  const path = usePath();
  if (organization === null) return <span className="px-2 text-soft">{session.staff ? '' : t('noOrganization')}</span>;
  const choose = (id: string) => {
    chooseOrganization(id);
    // A page about one thing of the last organization has nothing to show for the next.
    const listed = pages.filter((page) => page.section);
    const home = navigationPage(path, listed);
    if (home?.path !== path) void go({ to: home?.path ?? '/' });
  };
  return (
    <Menu
      label={t('organization')}
      align="start"
      trigger={(trigger) => (
        <button
          type="button"
          {...trigger}
          aria-label={t('switchOrganization', { name: organization.name })}
          className="flex min-h-9 min-w-0 items-center gap-2 rounded-lg px-2 hover:bg-sunk"
        >
          <Building2 aria-hidden="true" className="size-4 shrink-0 text-soft" />
          <span className="truncate font-medium">{organization.name}</span>
          <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-soft" />
        </button>
      )}
    >
      {session.organizations.map(({ id, name, kind }) => (
        <MenuChoice key={id} checked={id === organization.id} onSelect={() => choose(id)}>
          <span className="min-w-0 grow break-words">{name}</span>
          {kind === 'personal' && <span className="text-xs text-soft">{tOrganization('kinds.personal')}</span>}
        </MenuChoice>
      ))}
      {session.acting_as === null && (
        <>
          <MenuSeparator />
          <MenuItem icon={Plus} onSelect={onMake}>
            {tOrganization('make')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

/** Pages of the account section, for the menu. */
const accountPages = pages.filter((page) => page.section === 'account');

function AccountMenu() {
  const t = useTranslations('shell');
  const { account } = useSession();
  const signOut = useSignOut();
  const label = t('accountMenu', { name: account.name || account.email });
  return (
    <Menu
      label={label}
      trigger={(trigger) => (
        <Tooltip text={label} describes={false}>
          <button type="button" {...trigger} aria-label={label} className="ml-1 rounded-full">
            <Avatar name={account.name || account.email} />
          </button>
        </Tooltip>
      )}
    >
      <div className="max-w-64 px-2.5 pt-1 pb-1.5">
        <p className="truncate font-medium">{account.name}</p>
        <p className="truncate text-[0.8125rem] text-soft">{account.email}</p>
      </div>
      <MenuSeparator />
      {accountPages.map((page) => (
        <MenuLink key={page.path} to={page.path} icon={page.icon ?? UserRound}>
          {t(`pages.${page.title}`)}
        </MenuLink>
      ))}
      <MenuItem icon={LogOut} onSelect={signOut}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  );
}
