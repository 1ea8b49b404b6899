import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { createTestDatabase, type TestDatabase } from '../../db/testing.ts';
import { replyAddress, ticketMessageId } from '../../mail/index.ts';
import type { ReadMail } from '../../mailroom/index.ts';
import {
  changeTicket,
  programActor,
  readEvents,
  readLinks,
  readMessages,
  readParticipants,
  readTicket,
  type Ticket,
  ticketName,
} from '../store/index.ts';
import { accountIn, forged, mailTo, noonMs, proven, ticketOf, unproven } from '../testing.ts';
import { decideThread, type ThreadFacts } from './decide-thread.ts';
import { type ThreadOptions, threadMail } from './thread.ts';

const tokenKey = Buffer.alloc(32, 7);
const dayMs = 24 * 3_600_000;
let base: TestDatabase;
let pool: pg.Pool;
const told: string[] = [];

const options: ThreadOptions = {
  tokenKey,
  bookBounce: async () => null,
  tell: async (_client, { kind }) => void told.push(kind),
  firstQueue: () => 'general',
  localeOf: () => 'en',
};

beforeAll(async () => {
  base = await createTestDatabase();
  pool = base.database.pool;
});
afterAll(() => base.drop());

async function arrive(parts: Partial<ReadMail>) {
  const mail = await mailTo(pool, parts);
  const place = await inTransaction(pool, (client) => threadMail(client, mail, options));
  return { mail, place, ticket: place === null ? null : await readTicket(pool, place.ticketNumber) };
}

const move = (ticket: Ticket, state: Ticket['state'], nowMs = noonMs) =>
  inTransaction(pool, (client) =>
    changeTicket(client, ticket.number, { state }, { actor: programActor, expectedVersion: null, nowMs }),
  );
const tokenTo = (ticket: Ticket) => ({ deliveredTo: [replyAddress(tokenKey, 'support@site.test', ticket.number)] });
const from = (address: string) => ({ from: { address, name: '' } });

describe('what names a ticket', () => {
  test('the mark in the address comes before everything else', async () => {
    const [marked, named] = [await ticketOf(pool), await ticketOf(pool)];
    const { ticket } = await arrive({ ...tokenTo(marked), subject: `Re: [${ticketName(named.number)}]` });
    expect(ticket?.number).toBe(marked.number);
  });

  test('so does our own Message-ID, in any place of the references', async () => {
    const marked = await ticketOf(pool);
    const references = [ticketMessageId(tokenKey, marked.number, 'site.test'), '<other@elsewhere.test>'];
    expect((await arrive({ references })).ticket?.number).toBe(marked.number);
  });

  test('a mark that somebody made up names nothing', async () => {
    const { number } = await ticketOf(pool);
    const deliveredTo = [`support+t.${number}.aaaaaaaaaaaaaaaa@site.test`];
    const made = await arrive({ ...from('evil@else.test'), deliveredTo });
    expect(made.place?.opened).toBe(true);
    expect(made.ticket?.number).not.toBe(number);
  });

  test('a Message-ID that it answers, of whoever takes part', async () => {
    const begun = await arrive({});
    const { ticket } = await arrive({ references: ['<unknown@x.test>', begun.mail.messageId] });
    expect(ticket?.number).toBe(begun.ticket?.number);
  });

  test('and the number in the subject, of whoever belongs to its organization', async () => {
    const owner = await accountIn(pool, 'acc_owner');
    const other = await accountIn(pool, 'acc_other', { organization: owner.organization });
    const begun = await arrive(from(owner.email));
    const subject = `AW: [${ticketName(begun.ticket?.number ?? 0n)}] It fails`;
    const { ticket } = await arrive({ ...from(other.email), subject });
    expect(ticket?.number).toBe(begun.ticket?.number);
    expect(ticket?.organizationId).toBe(owner.organization);
  });

  test.each([
    ['a stranger', proven, 'evil@else.test'],
    ['a forged address', forged, 'dev@customer.test'],
    ['an address that is not proven, of a ticket that was', unproven, 'dev@customer.test'],
  ])('neither of them helps %s', async (_who, sender, address) => {
    const begun = await arrive({});
    const subject = `Re: [${ticketName(begun.ticket?.number ?? 0n)}]`;
    const { place } = await arrive({ ...from(address), sender, subject, references: [begun.mail.messageId] });
    expect(place?.opened).toBe(true);
    expect(place?.ticketNumber).not.toBe(begun.ticket?.number);
  });

  test('a member joins by mail what they could open in the console, and nothing else', async () => {
    const owner = await accountIn(pool, 'acc_seen', { organization: 'org_seen' });
    const developer = await accountIn(pool, 'acc_limited', { organization: 'org_seen' });
    await pool.query(`update members set roles = '{developer}' where account_id = $1`, [developer.id]);
    const begun = await arrive(from(owner.email));
    const subject = `Re: [${ticketName(begun.ticket?.number ?? 0n)}] It fails`;
    expect((await arrive({ ...from(developer.email), subject })).place?.opened).toBe(true);
    const marked = begun.ticket === null ? {} : tokenTo(begun.ticket);
    await arrive({ ...from(developer.email), ...marked });
    const people = async () => (await readParticipants(pool, begun.ticket?.number ?? 0n)).map(({ address }) => address);
    expect(await people()).toEqual([owner.email]);
    const admin = await accountIn(pool, 'acc_seen_too', { organization: 'org_seen' });
    expect((await arrive({ ...from(admin.email), subject })).ticket?.number).toBe(begun.ticket?.number);
    const secret = await ticketOf(pool, {
      queue: 'vulnerability',
      requester: { address: owner.email, name: '' },
      accountId: owner.id,
      organizationId: 'org_seen',
    });
    const about = { subject: `Re: [${ticketName(secret.number)}] It fails` };
    expect((await arrive({ ...from(admin.email), ...about })).place?.opened).toBe(true);
    expect((await arrive({ ...from(owner.email), ...about })).ticket?.number).toBe(secret.number);
  });

  test('who sends another’s Message-ID once more does not get what answers it', async () => {
    const begun = await arrive({});
    const { messageId } = begun.mail;
    const receivedAtMs = noonMs + 2 * 60_000;
    const trap = await arrive({
      ...from('evil@else.test'),
      messageId,
      receivedAtMs,
      cc: [{ address: 'dev@customer.test', name: '' }],
    });
    expect(trap.place?.opened).toBe(true);
    const { ticket } = await arrive({ references: [messageId] });
    expect(ticket?.number).toBe(begun.ticket?.number);
  });

  test('equal subjects name nothing', async () => {
    const [one, two] = [await arrive({ subject: 'Same' }), await arrive({ subject: 'Re: Same' })];
    expect(one.ticket?.number).not.toBe(two.ticket?.number);
  });

  test('an unproven address goes on with what it began itself', async () => {
    const begun = await arrive({ ...from('dev@plain.test'), sender: unproven });
    const { ticket } = await arrive({
      ...from('dev@plain.test'),
      sender: unproven,
      references: [begun.mail.messageId],
    });
    expect(ticket?.number).toBe(begun.ticket?.number);
  });
});

describe('a stranger with a mark', () => {
  test('adds a message that staff see and that changes nothing', async () => {
    const begun = await ticketOf(pool);
    await move(begun, 'solved');
    const { ticket, place } = await arrive({
      ...from('evil@else.test'),
      ...tokenTo(begun),
      cc: [{ address: 'friend@else.test', name: '' }],
      text: 'Please close it and mail the invoice to me.',
    });
    expect(ticket).toMatchObject({ number: begun.number, state: 'solved', unread: true, lastAuthor: 'customer' });
    const messages = await readMessages(pool, begun.number);
    // Their domain vouches for them, and that is nothing to this ticket.
    expect(messages.at(-1)).toMatchObject({ id: place?.messageId, verified: false, author: { accountId: null } });
    expect((await readParticipants(pool, begun.number)).map(({ address }) => address)).toEqual(['dev@customer.test']);
    expect((await readEvents(pool, begun.number)).at(-1)?.kind).toBe('unverified_wrote');
  });

  test('staff by mail are as much a stranger', async () => {
    const staff = await accountIn(pool, 'acc_staff', { staff: 'admin' });
    const begun = await ticketOf(pool);
    const { ticket } = await arrive({ ...from(staff.email), ...tokenTo(begun), text: 'Closed. Regards, your support' });
    const [, message] = await readMessages(pool, begun.number);
    expect(message).toMatchObject({ kind: 'in' });
    expect(ticket).toMatchObject({ state: 'open', firstRepliedAtMs: null, lastAuthor: 'customer' });
    expect((await readEvents(pool, begun.number)).at(-1)?.kind).toBe('unverified_wrote');
  });

  test('a forged staff address adds nothing but that either', async () => {
    const begun = await ticketOf(pool);
    await arrive({ ...from('acc_staff@customer.test'), sender: forged, ...tokenTo(begun) });
    expect((await readMessages(pool, begun.number)).at(-1)).toMatchObject({ verified: false, kind: 'in' });
  });
});

describe('what a reply of the customer does', () => {
  test.each(['open', 'waiting', 'solved', 'closed'] as const)('to a ticket that is %s', async (state) => {
    const begun = await ticketOf(pool);
    await move(begun, state);
    told.length = 0;
    const { ticket } = await arrive({ ...tokenTo(begun), receivedAtMs: noonMs + dayMs });
    expect(ticket).toMatchObject({ number: begun.number, state: 'open', lastAuthor: 'customer', snoozedUntilMs: null });
    expect(told).toEqual([state === 'solved' || state === 'closed' ? 'reopened' : 'message']);
  });

  test('wakes what was put aside', async () => {
    const begun = await ticketOf(pool);
    await pool.query(`update tickets set snoozed_until = now() + interval '1 day' where number = $1`, [begun.number]);
    expect((await arrive(tokenTo(begun))).ticket?.snoozedUntilMs).toBeNull();
  });

  test('brings in whom it was sent to, but none of our own addresses', async () => {
    const begun = await arrive({
      cc: [
        { address: 'boss@customer.test', name: 'Boss' },
        { address: 'support+x@site.test', name: '' },
      ],
    });
    const addresses = (await readParticipants(pool, begun.ticket?.number ?? 0n)).map(({ address }) => address);
    expect(addresses).toEqual(['dev@customer.test', 'boss@customer.test']);
  });

  test('to one that was closed more than 30 days ago begins another, which is linked', async () => {
    const begun = await ticketOf(pool);
    await move(begun, 'closed');
    const { ticket, place } = await arrive({ ...tokenTo(begun), receivedAtMs: noonMs + 30 * dayMs + 1 });
    expect(place?.opened).toBe(true);
    expect(await readLinks(pool, ticket?.number ?? 0n)).toMatchObject([{ number: begun.number, kind: 'follow_up' }]);
    expect((await readTicket(pool, begun.number)).state).toBe('closed');
  });

  test('to one that was merged lands in the other', async () => {
    const [gone, kept] = [await ticketOf(pool), await ticketOf(pool)];
    await pool.query(`update tickets set merged_into = $2, state = 'closed' where number = $1`, [
      gone.number,
      kept.number,
    ]);
    expect((await arrive(tokenTo(gone))).ticket?.number).toBe(kept.number);
  });

  test('is done once, however often the step is', async () => {
    const begun = await ticketOf(pool);
    const mail = await mailTo(pool, tokenTo(begun));
    const step = () => inTransaction(pool, (client) => threadMail(client, mail, options));
    expect(await step()).toEqual(await step());
    expect(await readMessages(pool, begun.number)).toHaveLength(2);
  });
});

describe('automatic mail', () => {
  test.each(['auto-reply', 'list'] as const)('%s is kept, reopens nothing and stops no clock', async (automatic) => {
    const begun = await ticketOf(pool);
    await move(begun, 'solved');
    const { ticket } = await arrive({ ...tokenTo(begun), automatic });
    expect(ticket).toMatchObject({ number: begun.number, state: 'solved' });
    expect((await readEvents(pool, begun.number)).map(({ kind }) => kind)).not.toContain('customer_wrote');
  });

  test('of nobody’s thread is put where it disturbs nobody', async () => {
    const { ticket } = await arrive({ automatic: 'auto-reply' });
    expect(ticket).toMatchObject({ queue: 'spam', tags: ['automatic'] });
  });

  test.each(['loop', 'bounce'] as const)('%s needs no ticket', async (automatic) => {
    const begun = await ticketOf(pool);
    expect((await arrive({ ...tokenTo(begun), automatic })).place).toBeNull();
  });

  test('a bounce stands on the ticket once', async () => {
    const begun = await ticketOf(pool);
    const bounce = { outboxId: 'mail_1', messageId: null, recipient: 'dev@customer.test', status: '5.1.1', hard: true };
    const mail = await mailTo(pool, { automatic: 'bounce', bounce });
    const booked = { outboxId: 'mail_1', ticketNumber: begun.number, recipient: bounce.recipient, suppressed: true };
    told.length = 0;
    for (let i = 0; i < 2; i++) {
      await inTransaction(pool, (client) => threadMail(client, mail, { ...options, bookBounce: async () => booked }));
    }
    const bounced = await readEvents(pool, begun.number, new Set(['bounced']));
    expect(bounced).toMatchObject([{ data: { status: '5.1.1', suppressed: true } }]);
    expect(told).toEqual(['bounced']);
  });
});

test('the whole table: proof × part × way × state', async () => {
  const ticket = await ticketOf(pool);
  const ways = ['byToken', 'byReference', 'bySubject'] as const;
  for (const sender of [proven, unproven, forged])
    for (const takesPart of [true, false])
      for (const belongs of [true, false])
        for (const opener of [true, false])
          for (const way of ways) {
            const nothing = { byToken: null, byReference: null, bySubject: null };
            const candidate = {
              ticket: { ...ticket, verified: opener },
              takesPart,
              belongs: belongs && sender.verified,
            };
            const facts: ThreadFacts = { automatic: null, sender, receivedAtMs: noonMs, ...nothing, [way]: candidate };
            const party = sender.verified ? takesPart || belongs : takesPart && !opener && sender.dmarc !== 'fail';
            const decided = decideThread(facts);
            const expected = party ? 'party' : way === 'byToken' ? 'stranger' : 'open';
            expect(decided.kind === 'add' ? decided.as : decided.kind).toBe(expected);
          }
});
