import type pg from 'pg';
import { systemActor } from '../../base/actor.ts';
import type { ReportedKeys, ReportOutcome } from '../../keys/index.ts';
import type { MailLocale } from '../../mail/index.ts';
import type { MailPlace, OwnKey, ReadMail } from '../../mailroom/index.ts';
import { addMessage, appendEvent, programActor } from '../store/index.ts';

type Did = ReportOutcome['did'];

const words: Readonly<Record<MailLocale, { readonly seen: string; readonly did: Readonly<Record<Did, string>> }>> = {
  en: {
    seen: 'A whole key of this site stood in the mail: {key}. It was taken out before the mail was stored.',
    did: {
      disable: 'By the rule of its organization it was put out of use at once, and its owner was told.',
      disable_later: 'By the rule of its organization it goes out of use at {time} UTC, and its owner was told.',
      tell: 'By the rule of its organization it stays in use; its owner was told.',
      nothing: 'Nothing had to be done: it is out of use, or its owner knows already.',
    },
  },
  zh: {
    seen: '邮件中含有本站点的一个完整密钥：{key}。密钥已在存储邮件之前移除。',
    did: {
      disable: '按其组织的规则，该密钥已立即停用，并已告知其所有者。',
      disable_later: '按其组织的规则，该密钥将于 {time}（UTC）停用，并已告知其所有者。',
      tell: '按其组织的规则，该密钥仍在使用；已告知其所有者。',
      nothing: '无需处理：该密钥已停用，或其所有者已知悉。',
    },
  },
};

/**
 * What is done about whole keys of ours in a mail: their owners hear of it and the keys go out of use by their
 * organization's rule; staff read a note. Whoever wrote the mail learns nothing of it.
 */
export async function respondToKeys(
  client: pg.PoolClient,
  mail: ReadMail,
  place: MailPlace,
  { reported, staffLocale }: { readonly reported: Pick<ReportedKeys, 'book'>; readonly staffLocale: () => MailLocale },
): Promise<void> {
  const { ticketNumber } = place;
  for (const key of byId(mail.ownKeys)) {
    const event = { kind: 'key_reported', actor: programActor, once: `key:${mail.id}:${key.keyId}` } as const;
    const report = { keyId: key.keyId, source: 'mail', ticketNumber, actor: systemActor } as const;
    const outcome = await reported.book(client, report);
    if (outcome === null) continue;
    const { prefix, did, disableAtMs } = outcome;
    const disableAt = disableAtMs === null ? null : new Date(disableAtMs).toISOString();
    const data = { key: key.keyId, prefix, last_four: key.lastFour ?? null, did, disable_at: disableAt };
    if (!(await appendEvent(client, ticketNumber, { ...event, data }))) continue;
    await addMessage(client, ticketNumber, {
      kind: 'note',
      author: { accountId: null, address: '', name: '' },
      verified: true,
      body: noteOf(outcome, key, staffLocale()),
    });
  }
}

type KnownKey = OwnKey & { readonly keyId: string };

/** Each key once, in one order, so that two mails about the same keys do not wait for each other. */
function byId(keys: readonly OwnKey[]): readonly KnownKey[] {
  const known = new Map(keys.flatMap((key) => (key.keyId === null ? [] : [[key.keyId, { ...key, keyId: key.keyId }]])));
  return [...known.values()].toSorted((a, b) => (a.keyId < b.keyId ? -1 : 1));
}

function noteOf({ prefix, did, disableAtMs }: ReportOutcome, { lastFour }: OwnKey, locale: MailLocale): string {
  const { seen, did: done } = words[locale];
  const key = lastFour === undefined ? `${prefix}…` : `${prefix}…${lastFour}`;
  const time = disableAtMs === null ? '' : new Date(disableAtMs).toISOString().slice(0, 16).replace('T', ' ');
  return `${seen.replace('{key}', key)} ${done[did].replace('{time}', time)}`;
}
