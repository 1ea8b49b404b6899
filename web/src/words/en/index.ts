import { account } from './account.ts';
import { catalogue } from './catalogue.ts';
import { customers } from './customers.ts';
import { dashboard } from './dashboard.ts';
import { invitations } from './invitations.ts';
import { notices } from './notices.ts';
import { operator } from './operator.ts';
import { outbox } from './outbox.ts';
import { problems } from './problems.ts';
import { request } from './request.ts';
import { requests } from './requests.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';
import { siteSettings } from './site-settings.ts';
import { ui } from './ui.ts';
import { usage } from './usage.ts';

/** One member per area; `useTranslations('keys')` reads the area `keys`. */
export const en = {
  ui,
  shell,
  problems,
  dashboard,
  usage,
  request,
  requests,
  signIn,
  account,
  invitations,
  notices,
  outbox,
  operator,
  customers,
  catalogue,
  siteSettings,
} as const;
