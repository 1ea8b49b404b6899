import type { everybody as english } from '../en/everybody.ts';
import type { WordsOf } from '../index.ts';
import { account } from './account.ts';
import { audit } from './audit.ts';
import { connect } from './connect.ts';
import { dashboard } from './dashboard.ts';
import { fields } from './fields.ts';
import { help } from './help.ts';
import { invitations } from './invitations.ts';
import { keys } from './keys.ts';
import { members } from './members.ts';
import { models } from './models.ts';
import { myTickets } from './my-tickets.ts';
import { notices } from './notices.ts';
import { organization } from './organization.ts';
import { outbox } from './outbox.ts';
import { problems } from './problems.ts';
import { projects } from './projects.ts';
import { request } from './request.ts';
import { requests } from './requests.ts';
import { roles } from './roles.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';
import { teams } from './teams.ts';
import { tickets } from './tickets.ts';
import { ui } from './ui.ts';
import { usage } from './usage.ts';

export const everybody: WordsOf<typeof english> = {
  ui,
  shell,
  problems,
  fields,
  dashboard,
  keys,
  models,
  connect,
  usage,
  request,
  requests,
  signIn,
  account,
  invitations,
  notices,
  outbox,
  help,
  myTickets,
  organization,
  members,
  teams,
  projects,
  roles,
  audit,
  tickets,
};
