import { z } from 'zod';
import type { AccountContext, OrganizationContext, Route } from '../http/index.ts';
import { ratingRoutes } from './customers/route-rating.ts';
import { termsRoute } from './customers/route-terms.ts';
import { customerTicketRoutes } from './customers/route-tickets.ts';
import { ofAccount, ofOrganization } from './customers/sight.ts';
import type { DeskParts } from './parts.ts';
import { macroRoutes } from './settings/route-macros.ts';
import { planListRoute } from './settings/route-plan-list.ts';
import { planRoutes } from './settings/route-plans.ts';
import { previewRoute } from './settings/route-preview.ts';
import { ruleRoutes } from './settings/route-rules.ts';
import { targetRoutes } from './settings/route-targets.ts';
import { webhookRoutes } from './settings/route-webhooks.ts';
import { assigneeRoutes } from './staff/route-assignees.ts';
import { bulkRoutes } from './staff/route-bulk.ts';
import { changingRoutes } from './staff/route-changes.ts';
import { contentRoutes } from './staff/route-content.ts';
import { peopleRoutes } from './staff/route-people.ts';
import { reportRoutes } from './staff/route-reports.ts';
import { readingRoutes } from './staff/route-tickets.ts';
import { writingRoutes } from './staff/route-writing.ts';
import { uploadRoutes } from './upload-routes.ts';

/** The desk’s API: of staff, of customers, and the one question behind a satisfaction link. */
export function deskRoutes(parts: DeskParts): readonly Route[] {
  return [
    ...readingRoutes(parts),
    ...writingRoutes(parts),
    ...changingRoutes(parts),
    ...bulkRoutes(parts),
    ...assigneeRoutes(parts),
    ...peopleRoutes(parts),
    ...contentRoutes(parts),
    ...reportRoutes(parts),
    ...macroRoutes(parts),
    ...ruleRoutes(parts),
    ...targetRoutes(parts),
    previewRoute(),
    ...planRoutes(parts),
    planListRoute(parts),
    ...webhookRoutes(parts),
    ...customerTicketRoutes(parts, {
      path: '/control/v1/account/tickets',
      access: 'account',
      params: z.object({}),
      sightOf: (context: AccountContext) => ofAccount(context),
    }),
    ...customerTicketRoutes(parts, {
      path: '/control/v1/organizations/{organization}/tickets',
      access: 'organization:organization.read',
      params: z.object({ organization: z.string() }),
      sightOf: (context: OrganizationContext) => ofOrganization(context),
    }),
    ...uploadRoutes(parts, {
      path: '/control/v1/account/ticket-uploads',
      access: 'account',
      ownerOf: ({ caller }) => (caller.kind === 'person' ? caller.accountId : null),
    }),
    ...ratingRoutes(parts),
    termsRoute(parts),
  ];
}
