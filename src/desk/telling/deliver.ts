import { createHmac } from 'node:crypto';
import type pg from 'pg';
import { errorText } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { inTransaction } from '../../db/index.ts';
import { guardedPost } from './guarded-post.ts';
import type { DeliveryBody } from './tell.ts';

export interface DeliveryOptions {
  readonly pool: pg.Pool;
  readonly log: Log;
  readonly open: (sealed: Buffer, context: string) => string;
  readonly addressAllowed: (address: string) => boolean;
  readonly timeoutMs?: number;
}

const timeoutMs = 10_000;
const batch = 20;
/** Seconds until the next try, by tries so far: about a day in all. */
const pausesSeconds = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800] as const;
/** Held by whoever delivers; a process that died with it lets it go after this. */
const claimSeconds = 120;

interface DeliveryRow {
  readonly id: string;
  readonly attempts: number;
  readonly body: DeliveryBody;
  readonly webhook_id: string;
  readonly url: string;
  readonly format: 'lodge' | 'slack';
  readonly secret: Buffer | null;
}

export function webhookContext(webhookId: string): string {
  return `desk-webhook:${webhookId}`;
}

/** Delivers what is due, until nothing is. @returns how many were tried */
export async function deliverDue(options: DeliveryOptions): Promise<number> {
  let tried = 0;
  for (let rounds = 0; rounds < 50; rounds++) {
    const rows = await claim(options.pool);
    if (rows.length === 0) break;
    tried += rows.length;
    await Promise.all(rows.map((row) => deliver(options, row)));
  }
  return tried;
}

async function claim(pool: pg.Pool): Promise<readonly DeliveryRow[]> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<DeliveryRow>(
      `update desk_deliveries d set next_attempt_at = now() + $2 * interval '1 second', attempts = attempts + 1
         from desk_webhooks w
        where w.id = d.webhook_id and d.id in (
          select id from desk_deliveries where state = 'waiting' and next_attempt_at <= now()
           order by next_attempt_at limit $1 for update skip locked)
       returning d.id, d.attempts, d.body, d.webhook_id, w.url, w.format, w.secret`,
      [batch, claimSeconds],
    );
    return rows;
  });
}

async function deliver(options: DeliveryOptions, row: DeliveryRow): Promise<void> {
  const { pool, log } = options;
  try {
    const { body, headers } = writtenFor(row, options.open, Math.floor(Date.now() / 1000));
    const { addressAllowed } = options;
    const limitMs = options.timeoutMs ?? timeoutMs;
    const status = await guardedPost({ url: row.url, body, headers, addressAllowed, timeoutMs: limitMs });
    if (status < 200 || status > 299) throw new Error(`It answered ${status}.`);
    await pool.query(`update desk_deliveries set state = 'sent', last_error = null where id = $1`, [row.id]);
  } catch (error) {
    const words = errorText(error).slice(0, 300);
    const pause = pausesSeconds[row.attempts - 1];
    log.warn({ webhook: row.webhook_id, delivery: row.id, reason: words }, 'a webhook of the desk was not delivered');
    await pool.query(
      `update desk_deliveries set state = $2, last_error = $3, next_attempt_at = now() + $4 * interval '1 second'
        where id = $1`,
      [row.id, pause === undefined ? 'failed' : 'waiting', words, pause ?? 0],
    );
  }
}

/** Pure but for the seal: what is sent. The signature covers the time, so that an old delivery cannot be played again. */
export function writtenFor(
  { id, webhook_id, body, format, secret }: Pick<DeliveryRow, 'id' | 'webhook_id' | 'body' | 'format' | 'secret'>,
  open: DeliveryOptions['open'],
  atSeconds: number,
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const text = JSON.stringify(format === 'slack' ? { text: slackText(body) } : { id, ...body });
  const headers: Record<string, string> = { 'content-type': 'application/json', 'user-agent': 'Lodge' };
  if (format === 'lodge' && secret !== null) {
    const key = open(secret, webhookContext(webhook_id));
    const mac = createHmac('sha256', key).update(`${atSeconds}.${text}`).digest('hex');
    headers['lodge-signature'] = `t=${atSeconds},v1=${mac}`;
  }
  return { body: text, headers };
}

const slackWords: Readonly<Record<DeliveryBody['event'], string>> = {
  'ticket.opened': 'was opened',
  'ticket.message': 'has a new message of the customer',
  'ticket.reopened': 'was reopened by the customer',
  'ticket.replied': 'was answered',
  'ticket.assigned': 'was given to somebody',
  'ticket.solved': 'is solved',
  'ticket.closed': 'is closed',
  'ticket.bounced': 'has a reply that could not be delivered',
  'ticket.target_half': 'has used half of its response target',
  'ticket.target_most': 'has used 80 % of its response target',
  'ticket.target_missed': 'has missed its response target',
  'ticket.rated': 'was rated',
  test: 'This is a test of the webhook.',
};

/** One line of Slack's markup; what a customer wrote is in the subject alone, and is none of it. */
function slackText({ event, ticket, due_at }: DeliveryBody): string {
  if (ticket === null) return slackWords[event];
  const subject = ticket.subject === null ? '' : `: ${slackEscaped(ticket.subject)}`;
  const due = due_at === null ? '' : ` (due ${due_at.slice(0, 16).replace('T', ' ')} UTC)`;
  return `<${ticket.url}|${ticket.id}> [${ticket.queue}, ${ticket.priority}] ${slackWords[event]}${due}${subject}`;
}

function slackEscaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('@', '@\u200b');
}
