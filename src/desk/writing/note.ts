import type pg from 'pg';
import type { DeskParts } from '../parts.ts';
import { addMessage, appendEvent, type Ticket } from '../store/index.ts';
import { rolesFor } from '../telling/index.ts';
import { cleanText } from './redact.ts';
import type { Replier } from './reply.ts';
import { takeUploads } from './uploads.ts';

/** Writes what only staff see. Whoever is mentioned by `@` is told, if they may see the ticket. */
export async function addNote(
  parts: DeskParts,
  client: pg.ClientBase,
  ticket: Ticket,
  input: { readonly text: string; readonly uploads: readonly string[] },
  by: Replier,
) {
  const nowMs = parts.clock.now();
  const { text, findings } = cleanText(input.text, parts.redaction);
  const attachments = await takeUploads(parts, client, by.accountId, input.uploads);
  const messageId = await addMessage(client, ticket.number, {
    kind: 'note',
    author: { accountId: by.accountId, address: by.email, name: by.name },
    verified: true,
    body: text,
    findings,
    attachments,
    atMs: nowMs,
  });
  // The version stays: a note is nothing that a reply could pass over.
  await client.query('update tickets set changed_at = now() where number = $1', [ticket.number]);
  const mentioned = await mentionedIn(client, ticket, text);
  const data = { message: messageId, mentioned: mentioned.map(({ email }) => email) };
  await appendEvent(client, ticket.number, { kind: 'note_added', actor: by.actor, data, atMs: nowMs });
  const to = mentioned.map(({ id }) => id);
  if (to.length > 0) await parts.tell(client, { kind: 'mentioned', ticket, by: by.actor, to });
  return { messageId, findings, mentioned: mentioned.map(({ email }) => email) };
}

const mentionsMax = 20;

/** `@ann`, `@ann@site.example`: the local part or the whole of a mail address of staff. */
export function mentionsIn(text: string): readonly string[] {
  const found = text.matchAll(/(?<![\w@.])@([a-z0-9][\w.+-]{0,63}(?:@[a-z0-9][a-z0-9.-]{1,200})?)/gi);
  return [...new Set([...found].map(([, name = '']) => name.toLowerCase().replace(/[.-]+$/, '')))].slice(
    0,
    mentionsMax,
  );
}

async function mentionedIn(client: pg.ClientBase, ticket: Ticket, text: string) {
  const names = mentionsIn(text);
  if (names.length === 0) return [];
  const { rows } = await client.query<{ id: string; email: string }>(
    `select id, email from accounts
      where state = 'active' and staff_role = any($1) and (email = any($2) or split_part(email, '@', 1) = any($2))
      order by email limit $3`,
    [rolesFor(ticket.queue), names, mentionsMax],
  );
  return rows;
}
