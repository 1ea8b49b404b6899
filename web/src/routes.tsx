import {
  Activity,
  Bell,
  Boxes,
  Building2,
  ChartNoAxesColumn,
  CircleUserRound,
  FolderKanban,
  House,
  IdCard,
  Layers,
  LayoutDashboard,
  ListTree,
  type LucideIcon,
  Mail,
  Megaphone,
  Network,
  Radar,
  ScrollText,
  Settings2,
  ShieldCheck,
  ShieldUser,
  SquareTerminal,
  Unplug,
  UserRound,
  Users,
} from 'lucide-react';
import type { ComponentType } from 'react';
import type { PagePath } from './navigation.tsx';
import type { en } from './words/en/index.ts';

export type SectionId = keyof typeof en.shell.sections;

/**
 * One page of the console.
 *
 * A page in the navigation has `section` and `icon`; others are reached from a page. `/keys/$key` is a page of its own
 * beside `/keys`, which stays marked in the navigation meanwhile.
 */
export interface Page {
  readonly path: PagePath;
  /** The page's module, fetched when it is wanted. It exports its component as `Page`. */
  readonly load: () => Promise<{ readonly Page: ComponentType }>;
  /** Its name: a member of `shell.pages` in `words/`. */
  readonly title: keyof typeof en.shell.pages;
  readonly section?: SectionId;
  readonly icon?: LucideIcon;
  /** `front`: the card for people who are not signed in. */
  readonly frame?: 'shell' | 'front';
  /** Who may see it: a permission in the chosen organization, one as staff, or both. Nothing: everybody signed in. */
  readonly needs?: { readonly permission?: string; readonly staff?: string };
}

/** Every page, in the order of the navigation. The order of the sections is that of `shell.sections`. */
export const pages: readonly Page[] = [
  {
    path: '/',
    load: () => import('./pages/dashboard/index.tsx'),
    title: 'dashboard',
    section: 'build',
    icon: LayoutDashboard,
  },
  {
    path: '/usage',
    load: () => import('./pages/usage/index.tsx'),
    title: 'usage',
    section: 'observe',
    icon: ChartNoAxesColumn,
    needs: { permission: 'usage.read' },
  },
  {
    path: '/requests',
    load: () => import('./pages/requests/index.tsx'),
    title: 'requests',
    section: 'observe',
    icon: Activity,
    needs: { permission: 'requests.read' },
  },
  { path: '/requests/$id', load: () => import('./pages/request/index.tsx'), title: 'request' },
  {
    path: '/organization',
    load: () => import('./pages/organization/index.tsx'),
    title: 'organization',
    section: 'organization',
    icon: House,
    needs: { permission: 'organization.read' },
  },
  {
    path: '/organization/members',
    load: () => import('./pages/organization-members/index.tsx'),
    title: 'organizationMembers',
    section: 'organization',
    icon: Users,
    needs: { permission: 'organization.read' },
  },
  {
    path: '/organization/members/$account',
    load: () => import('./pages/organization-member/index.tsx'),
    title: 'organizationMember',
    needs: { permission: 'organization.read' },
  },
  {
    path: '/organization/teams',
    load: () => import('./pages/organization-teams/index.tsx'),
    title: 'organizationTeams',
    section: 'organization',
    icon: Network,
    needs: { permission: 'organization.read' },
  },
  {
    path: '/organization/teams/$team',
    load: () => import('./pages/organization-team/index.tsx'),
    title: 'organizationTeam',
    needs: { permission: 'organization.read' },
  },
  {
    path: '/organization/projects',
    load: () => import('./pages/organization-projects/index.tsx'),
    title: 'organizationProjects',
    section: 'organization',
    icon: FolderKanban,
    needs: { permission: 'organization.read' },
  },
  {
    path: '/organization/projects/$project',
    load: () => import('./pages/organization-project/index.tsx'),
    title: 'organizationProject',
    needs: { permission: 'organization.read' },
  },
  {
    path: '/organization/roles',
    load: () => import('./pages/organization-roles/index.tsx'),
    title: 'organizationRoles',
    section: 'organization',
    icon: ShieldUser,
    needs: { permission: 'organization.read' },
  },
  {
    path: '/organization/audit',
    load: () => import('./pages/organization-audit/index.tsx'),
    title: 'organizationAudit',
    section: 'organization',
    icon: ScrollText,
    needs: { permission: 'audit.read' },
  },
  {
    path: '/operator',
    load: () => import('./pages/operator-overview/index.tsx'),
    title: 'operatorOverview',
    section: 'operator',
    icon: Radar,
    needs: { staff: 'customers.read' },
  },
  {
    path: '/operator/customers',
    load: () => import('./pages/operator-customers/index.tsx'),
    title: 'operatorCustomers',
    section: 'operator',
    icon: Building2,
    needs: { staff: 'customers.read' },
  },
  {
    path: '/operator/customers/$organization',
    load: () => import('./pages/operator-customer/index.tsx'),
    title: 'operatorCustomers',
    needs: { staff: 'customers.read' },
  },
  {
    path: '/operator/accounts',
    load: () => import('./pages/operator-accounts/index.tsx'),
    title: 'operatorAccounts',
    section: 'operator',
    icon: UserRound,
    needs: { staff: 'customers.read' },
  },
  {
    path: '/operator/accounts/$account',
    load: () => import('./pages/operator-account/index.tsx'),
    title: 'operatorAccounts',
    needs: { staff: 'customers.read' },
  },
  {
    path: '/account',
    load: () => import('./pages/account/index.tsx'),
    title: 'account',
    section: 'account',
    icon: CircleUserRound,
  },
  {
    path: '/account/security',
    load: () => import('./pages/account-security/index.tsx'),
    title: 'security',
    section: 'account',
    icon: ShieldCheck,
  },
  {
    path: '/account/tokens',
    load: () => import('./pages/account-tokens/index.tsx'),
    title: 'tokens',
    section: 'account',
    icon: SquareTerminal,
  },
  {
    path: '/account/notifications',
    load: () => import('./pages/account-notifications/index.tsx'),
    title: 'notifications',
    section: 'account',
    icon: Bell,
  },
  { path: '/sign-in', load: () => import('./pages/sign-in/index.tsx'), title: 'signIn', frame: 'front' },
  { path: '/register', load: () => import('./pages/register/index.tsx'), title: 'register', frame: 'front' },
  { path: '/check-mail', load: () => import('./pages/check-mail/index.tsx'), title: 'checkMail', frame: 'front' },
  { path: '/verify-email', load: () => import('./pages/verify-email/index.tsx'), title: 'verifyEmail', frame: 'front' },
  {
    path: '/forgot-password',
    load: () => import('./pages/forgot-password/index.tsx'),
    title: 'forgotPassword',
    frame: 'front',
  },
  {
    path: '/reset-password',
    load: () => import('./pages/reset-password/index.tsx'),
    title: 'resetPassword',
    frame: 'front',
  },
  { path: '/new-password', load: () => import('./pages/new-password/index.tsx'), title: 'newPassword', frame: 'front' },
  { path: '/invitation', load: () => import('./pages/invitation/index.tsx'), title: 'invitation', frame: 'front' },
  { path: '/invitations', load: () => import('./pages/invitations/index.tsx'), title: 'invitations' },
  { path: '/outbox', load: () => import('./pages/outbox/index.tsx'), title: 'outbox', frame: 'front' },
  {
    path: '/operator/groups',
    load: () => import('./pages/operator-groups/index.tsx'),
    title: 'operatorGroups',
    section: 'operator',
    icon: Layers,
    needs: { staff: 'catalogue.read' },
  },
  {
    path: '/operator/groups/$group',
    load: () => import('./pages/operator-group/index.tsx'),
    title: 'operatorGroups',
    needs: { staff: 'catalogue.read' },
  },
  {
    path: '/operator/channels',
    load: () => import('./pages/operator-channels/index.tsx'),
    title: 'operatorChannels',
    section: 'operator',
    icon: Unplug,
    needs: { staff: 'catalogue.read' },
  },
  {
    path: '/operator/channels/$channel',
    load: () => import('./pages/operator-channel/index.tsx'),
    title: 'operatorChannels',
    needs: { staff: 'catalogue.read' },
  },
  {
    path: '/operator/models',
    load: () => import('./pages/operator-models/index.tsx'),
    title: 'operatorModels',
    section: 'operator',
    icon: Boxes,
    needs: { staff: 'catalogue.read' },
  },
  {
    path: '/operator/models/$vendor/$model',
    load: () => import('./pages/operator-model/index.tsx'),
    title: 'operatorModels',
    needs: { staff: 'catalogue.read' },
  },
  {
    path: '/operator/site',
    load: () => import('./pages/operator-site/index.tsx'),
    title: 'operatorSite',
    section: 'operator',
    icon: Settings2,
    needs: { staff: 'site.read' },
  },
  {
    path: '/operator/announcements',
    load: () => import('./pages/operator-announcements/index.tsx'),
    title: 'operatorAnnouncements',
    section: 'operator',
    icon: Megaphone,
    needs: { staff: 'notices.write' },
  },
  {
    path: '/operator/mail',
    load: () => import('./pages/operator-mail/index.tsx'),
    title: 'operatorMail',
    section: 'operator',
    icon: Mail,
    needs: { staff: 'mail.read' },
  },
  {
    path: '/operator/mail/$mail',
    load: () => import('./pages/operator-mail-message/index.tsx'),
    title: 'operatorMail',
    needs: { staff: 'mail.read' },
  },
  {
    path: '/operator/requests',
    load: () => import('./pages/operator-requests/index.tsx'),
    title: 'operatorRequests',
    section: 'operator',
    icon: ListTree,
    needs: { staff: 'requests.read' },
  },
  {
    path: '/operator/requests/$id',
    load: () => import('./pages/request/index.tsx'),
    title: 'request',
    needs: { staff: 'requests.read' },
  },
  {
    path: '/operator/staff',
    load: () => import('./pages/operator-staff/index.tsx'),
    title: 'operatorStaff',
    section: 'operator',
    icon: IdCard,
    needs: { staff: 'staff.write' },
  },
  {
    path: '/operator/audit',
    load: () => import('./pages/operator-audit/index.tsx'),
    title: 'operatorAudit',
    section: 'operator',
    icon: ScrollText,
    needs: { staff: 'audit.read' },
  },
  { path: '/$', load: () => import('./pages/not-found/index.tsx'), title: 'notFound' },
];
