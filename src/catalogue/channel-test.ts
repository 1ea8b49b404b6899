import type { Pool } from 'pg';
import type { Channel, ProbeResult } from '../gateway/ports.ts';
import { channelNotFound, type Sealer } from './channel-store.ts';
import { problem } from './problems.ts';
import { type ChannelRow, type SnapshotOptions, usableChannel } from './snapshot.ts';

/** What a test of a channel found, in words for the operator. */
export interface ChannelTest {
  /** True: calls over this channel will be served. */
  readonly ok: boolean;
  readonly status: number | null;
  readonly failure: Extract<ProbeResult, { readonly failure: string }>['failure'] | null;
  readonly durationMs: number;
  readonly message: string;
}

/**
 * A channel, enabled or not, with all that a call over it needs.
 *
 * @throws AppError `channel_not_found`, `channel_unusable`
 */
export async function callableChannel(
  pool: Pool,
  sealer: Sealer,
  options: SnapshotOptions,
  id: string,
): Promise<Channel> {
  const { rows } = await pool.query<ChannelRow>(
    'select id, group_id, name, base_url, credential_sealed, weight, region, wire from channels where id = $1',
    [id],
  );
  if (!rows[0]) throw channelNotFound(id);
  const channel = usableChannel(rows[0], sealer, options);
  if (channel !== null) return channel;
  throw problem(
    'channel_unusable',
    `The channel ${id} cannot be used: its credential must be set again, or it leads to the sandbox, which does not run.`,
  );
}

const failures = {
  forbidden: 'The address leads to this machine or a private network, which this site does not allow.',
  connect: 'No connection: the name is unknown, nobody listens there, or a firewall stands between.',
  timeout: 'No answer in time.',
  broken: 'The connection broke before an answer came.',
} as const;

/** Pure: what the answer to a call for the list of models says of a channel. */
export function judgeTest(result: ProbeResult): ChannelTest {
  const { durationMs } = result;
  if ('failure' in result)
    return { ok: false, status: null, failure: result.failure, durationMs, message: failures[result.failure] };
  const { status } = result;
  return { ok: status >= 200 && status < 300, status, failure: null, durationMs, message: messageOf(status) };
}

function messageOf(status: number): string {
  if (status >= 200 && status < 300) return 'The upstream answers and accepts the credential.';
  if (status === 401 || status === 403) return 'The upstream answers, but does not accept the credential.';
  if (status === 402) return 'The upstream answers, but wants to be paid: look at the account there.';
  if (status === 404 || status === 405)
    return 'The upstream answers, but has no list of models there. Is the base URL complete, with its /v1?';
  if (status === 429) return 'The upstream answers, but the limits of the account there are used up.';
  if (status >= 500) return 'The upstream answers with an error of its own.';
  if (status >= 300 && status < 400)
    return 'The upstream sends elsewhere, which is never followed: correct the base URL.';
  return 'The upstream answers, but refuses the call.';
}
