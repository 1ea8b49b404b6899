import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type Program, workplace } from '../site/program.ts';
import { type Api, apiOf, listAt, textAt } from './api.ts';
import { register, type Signed, signIn } from './people.ts';

/** The desk as a whole: a mail that comes in by SMTP, a ticket, a reply that can be taken back, and the answer to it. */

const work = workplace();
let site: Program;
let customer: Signed;
let staff: Api;

beforeAll(async () => {
  site = await work.start({ settings: { LODGE_SMTP_PORT: String(await freePort()) } });
  customer = await register(site, 'dev@customer.localhost');
  await register(site, 'ann@staff.test');
  await apiOf(site.url, site.adminToken).post('/admin/v1/staff', { email: 'ann@staff.test', role: 'support' });
  staff = (await signIn(site, 'ann@staff.test')).api;
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Delivers a mail to the site's own listener. @returns its Message-ID */
async function mail(parts: Record<string, unknown>): Promise<string> {
  const body = {
    as: customer.email,
    to: 'support@lodge.localhost',
    subject: 'bug: it fails',
    text: 'It fails.',
    ...parts,
  };
  return textAt(await apiOf(site.url, site.adminToken).post('/admin/v1/mailroom/send', body), 'message_id');
}

async function ticketNamed(subject: string): Promise<string> {
  const find = async () => {
    const { data } = (await staff.get('/admin/v1/tickets?view=all')) as { data: { id: string; subject: string }[] };
    return data.find((one) => one.subject === subject)?.id;
  };
  return vi.waitFor(
    async () => {
      const id = await find();
      if (id === undefined) throw new Error('no ticket yet');
      return id;
    },
    { timeout: 15_000, interval: 100 },
  );
}

/** Once the program has answered too: a reply that was begun before is told of it. */
async function answeredTicketNamed(subject: string): Promise<string> {
  const ticket = await ticketNamed(subject);
  await vi.waitFor(
    async () => {
      const kinds = listAt(await shown(ticket), 'messages').map((one) => textAt(one, 'kind'));
      expect(kinds).toContain('automatic');
    },
    { timeout: 15_000, interval: 100 },
  );
  return ticket;
}

const shown = (ticket: string) => staff.get(`/admin/v1/tickets/${ticket}`);

describe('a mail of a customer', () => {
  test('is a ticket in the queue of its prefix, of its organization, within seconds', async () => {
    const startedMs = performance.now();
    await mail({ subject: 'bug: 502 since noon' });
    const ticket = await ticketNamed('bug: 502 since noon');
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    const page = await shown(ticket);
    expect(page).toMatchObject({
      queue: 'bug',
      state: 'open',
      plan: 'starter',
      requester: { address: customer.email, verified: true },
      organization: { id: customer.organizationId },
    });
    const own = await customer.api.get('/control/v1/account/tickets');
    expect(listAt(own, 'data').map((one) => textAt(one, 'id'))).toContain(ticket);
  });

  test('is answered in its own thread, after the time in which the answer can be taken back', async () => {
    await mail({ subject: 'bug: answered' });
    const ticket = await answeredTicketNamed('bug: answered');
    const reply = async (text: string) => {
      const { version } = (await shown(ticket)) as { version: number };
      return staff.post(`/admin/v1/tickets/${ticket}/reply`, { text, version });
    };
    const taken = await reply('Wrong words.');
    const undone = await staff.post(`/admin/v1/tickets/${ticket}/undo`, { message: textAt(taken, 'message') });
    expect(undone).toEqual({ text: 'Wrong words.' });
    expect(await shown(ticket)).toMatchObject({ state: 'open', first_replied_at: null });

    await reply('It is a vendor’s failure.');
    expect(await shown(ticket)).toMatchObject({ state: 'waiting', assignee: { email: 'ann@staff.test' } });
    // Until it can no longer be taken back, the customer does not see it either.
    const texts = async () =>
      listAt(await customer.api.get(`/control/v1/account/tickets/${ticket}`), 'messages').map((one) =>
        textAt(one, 'text'),
      );
    expect((await texts()).some((text) => text.includes('vendor’s failure'))).toBe(false);
    await vi.waitFor(async () => expect((await texts()).some((text) => text.includes('vendor’s failure'))).toBe(true), {
      timeout: 25_000,
      interval: 500,
    });
    const again = await staff.call('POST', `/admin/v1/tickets/${ticket}/undo`, {
      body: { message: textAt(listAt(await shown(ticket), 'messages').at(-1), 'id') },
    });
    expect(again.code).toBe('reply_left');

    const list = listAt(await customer.api.get('/control/v1/outbox'), 'data');
    const letters = list.filter((one) => textAt(one, 'subject') === 'Re: bug: answered');
    expect(letters).toHaveLength(1);
  }, 60_000);
});

test('the command line lists, shows and answers tickets', async () => {
  await mail({ subject: 'bug: by command' });
  const ticket = await answeredTicketNamed('bug: by command');
  const listed = await work.lodge<{ id: string }[]>(site, 'tickets', 'list', '--search', ticket);
  expect(listed.map(({ id }) => id)).toEqual([ticket]);
  const shown_ = await work.run(['tickets', 'show', ticket], { dataDir: site.dataDir });
  expect(shown_.stdout).toContain('It fails.');
  const replied = await work.lodge(site, 'tickets', 'reply', ticket, '--text', 'Solved.', '--state', 'solved');
  expect(replied).toMatchObject({ redacted: [] });
  expect(await shown(ticket)).toMatchObject({ state: 'solved' });
  const missing = await work.run(['tickets', 'show', 'T-1'], { dataDir: site.dataDir });
  expect(missing.code).toBe(3);
});
