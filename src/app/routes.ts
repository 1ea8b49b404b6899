import { type AuditRoutesOptions, auditRoutes } from '../audit/routes.ts';
import {
  type CatalogueRouteOptions,
  catalogueRoutes,
  type OfferRouteOptions,
  offerRoutes,
} from '../catalogue/routes.ts';
import type { Customers } from '../customers/index.ts';
import { customersRoutes } from '../customers/routes.ts';
import { type AnsweringOptions, answerRoutes } from '../desk/answer/index.ts';
import type { DeskParts } from '../desk/index.ts';
import { deskRoutes } from '../desk/routes.ts';
import type { Route } from '../http/index.ts';
import type { Identity } from '../identity/index.ts';
import { identityRoutes } from '../identity/routes.ts';
import type { KeyStore } from '../keys/index.ts';
import { type KeyReportRouteOptions, keyReportRoutes, keyRoutes, organizationKeyRoutes } from '../keys/routes.ts';
import { type MailRoutesOptions, mailRoutes } from '../mail/routes.ts';
import { type MailroomRoutesOptions, mailroomRoutes } from '../mailroom/routes.ts';
import { type MeteringRoutesOptions, meteringRoutes } from '../metering/routes.ts';
import { type NoticeRouteOptions, noticeRoutes } from '../notices/routes.ts';
import type { OrganizationOptions } from '../organizations/index.ts';
import { organizationRoutes } from '../organizations/routes.ts';
import type { SiteProfileStore } from '../site-profile/index.ts';
import { type SiteSurroundings, siteProfileRoutes } from '../site-profile/routes.ts';

/** What stands behind the control plane's endpoints. */
export interface ControlParts {
  readonly answers: AnsweringOptions;
  readonly audit: AuditRoutesOptions;
  readonly catalogue: CatalogueRouteOptions;
  readonly customers: Customers;
  readonly desk: DeskParts;
  readonly identity: Identity;
  readonly keys: KeyStore;
  readonly keyReports: KeyReportRouteOptions;
  readonly mail: MailRoutesOptions;
  readonly mailroom: MailroomRoutesOptions;
  readonly metering: MeteringRoutesOptions;
  readonly notices: NoticeRouteOptions;
  readonly offers: OfferRouteOptions;
  readonly organizations: OrganizationOptions;
  readonly profile: SiteProfileStore;
  readonly surroundings: SiteSurroundings;
}

/** Every endpoint of the control plane: the application, its document and the console's types are made from this. */
export function controlRoutes(parts: ControlParts): readonly Route[] {
  return [
    ...answerRoutes(parts.answers),
    ...auditRoutes(parts.audit),
    ...catalogueRoutes(parts.catalogue),
    ...customersRoutes(parts.customers),
    ...deskRoutes(parts.desk),
    ...identityRoutes(parts.identity),
    ...keyRoutes(parts.keys),
    ...organizationKeyRoutes(parts.keys),
    ...keyReportRoutes(parts.keyReports),
    ...mailRoutes(parts.mail),
    ...mailroomRoutes(parts.mailroom),
    ...meteringRoutes(parts.metering),
    ...noticeRoutes(parts.notices),
    ...offerRoutes(parts.offers),
    ...organizationRoutes(parts.organizations),
    ...siteProfileRoutes(parts.profile, parts.surroundings),
  ];
}
