/** The site's own organization: its keys and its spend are the operator's. It is never suspended, never deleted. */
export const siteOrganizationId = 'org_site';
