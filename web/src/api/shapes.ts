/**
 * Endpoints by hand, in the form of `schema.ts`. One that the OpenAPI document has is taken from there, and its lines
 * here can go: `client.ts` prefers the generated ones.
 */
export interface HandPaths {
  '/control/v1/session': {
    get: { answer: Session };
    delete: { answer: undefined };
  };
  '/control/v1/session/acting-as': {
    delete: { answer: undefined };
  };
  '/control/v1/site': {
    get: { answer: Site };
  };
}

/** Who is signed in, and what they may do. */
export interface Session {
  account: SessionAccount;
  staff: { role: string; permissions: string[] } | null;
  organizations: SessionOrganization[];
  /** Set while staff see the console as a customer does. `by`: the e-mail address of who acts. */
  acting_as: { account: { id: string; email: string }; by: string; since: string } | null;
}

export interface SessionAccount {
  id: string;
  name: string;
  email: string;
  email_verified: boolean;
  locale: string | null;
  time_zone: string | null;
  two_factor: boolean;
  must_change_password: boolean;
}

export interface SessionOrganization {
  id: string;
  name: string;
  kind: string;
  permissions: string[];
  roles: string[];
}

/** What everybody may know of the site. */
export interface Site {
  name: string;
  logo_url: string | null;
  languages: string[];
  regions: { name: string; api_base_url: string }[];
  contact: { kind: string; label: string; value: string }[];
  registration: 'open' | 'closed';
  sso: { label: string } | null;
  outbox_visible: boolean;
  version: string;
  region: string;
  api_base_url: string;
}
