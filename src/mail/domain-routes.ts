import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import { type Route, route, Throttle, ThrottledError } from '../http/index.ts';
import type { DnsFinding, DnsRecord } from './dns-records.ts';
import type { MailDomains } from './domains.ts';
import type { MailRoutesOptions } from './routes.ts';

const recordSchema = z.object({
  purpose: z.enum(['dkim', 'spf', 'dmarc']),
  type: z.literal('TXT'),
  name: z.string(),
  value: z
    .string()
    .describe('To publish. SPF: when the relay belongs to a provider, its "include:" stands in place of the hosts.'),
});
const findingSchema = recordSchema.extend({
  state: z
    .enum(['right', 'missing', 'different', 'several', 'unanswered'])
    .describe('several: only one is allowed, so that none counts. unanswered: DNS gave no answer; ask again.'),
  found: z.array(z.string()).describe('What stands there.'),
});

/** Checks of all staff within a minute: each asks DNS several times. */
const checksPerMinute = 30;

export function domainRoutes({ mail, clock }: MailRoutesOptions & { readonly clock: Clock }): Route[] {
  const checks = new Throttle(clock, checksPerMinute, 60_000);
  return [
    route({
      method: 'GET',
      path: '/admin/v1/mail/domains',
      summary: 'List the domains that the site writes from, with the DNS records that prove its mail',
      access: 'staff:mail.read',
      responses: { 200: z.object({ data: z.array(z.object({ domain: z.string(), records: z.array(recordSchema) })) }) },
      async handle() {
        const domains = await mail.domains.list();
        const data = domains.map(({ domain, records }) => ({ domain, records: records.map(recordBody) }));
        return { status: 200, body: { data } };
      },
    }),
    route({
      method: 'POST',
      path: '/admin/v1/mail/domains/{domain}/check',
      summary: 'Ask DNS whether the records of a domain are published',
      access: 'staff:mail.read',
      params: z.object({ domain: z.string().max(253) }),
      responses: { 200: z.object({ domain: z.string(), records: z.array(findingSchema) }) },
      problems: { mail_domain_not_found: 404, mail_checks_throttled: 429 },
      async handle(_context, { params }) {
        const waitSeconds = checks.count('all');
        if (waitSeconds > 0)
          throw new ThrottledError('mail_checks_throttled', 'That is enough asking for a minute.', waitSeconds);
        const domain = params.domain.toLowerCase();
        return { status: 200, body: { domain, records: (await checked(mail.domains, domain)).map(findingBody) } };
      },
    }),
  ];
}

async function checked(domains: MailDomains, domain: string): Promise<readonly DnsFinding[]> {
  const findings = await domains.check(domain);
  if (findings !== null) return findings;
  throw new AppError('mail_domain_not_found', 'The site writes no mail from this domain; the list shows from which.');
}

function recordBody({ purpose, name, value }: DnsRecord) {
  return { purpose, type: 'TXT' as const, name, value };
}

function findingBody(finding: DnsFinding) {
  return { ...recordBody(finding), state: finding.state, found: [...finding.found] };
}
