import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { ArrivedMail, StoredMail } from './intake.ts';
import { reply } from './replies.ts';
import { hasStrayDotLine } from './stray-dots.ts';

/** What all connections of a listener share. */
export interface Receiver {
  /** Bytes of mails that are being received now. */
  bytesInFlight: number;
  readonly limits: { readonly mailBytes: number; readonly bytesInFlight: number; readonly receiveMs: number };
  readonly store: (mail: ArrivedMail) => Promise<StoredMail>;
  readonly log: Log;
}

/** How far over the limit a sender may go on: the protocol has no way to interrupt them but the end of the line. */
const toleratedExcess = 2;

/**
 * Takes the text of one mail and stores it.
 *
 * @returns the words of the 250
 * @throws an Error with `responseCode`
 */
export async function receive(
  receiver: Receiver,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  mailboxOf: (to: readonly string[]) => Promise<string | null>,
  cut: () => void,
): Promise<string> {
  const raw = await collect(receiver, stream, cut);
  if (hasStrayDotLine(raw)) throw reply(554, '5.6.0 A lone dot stands between bare line ends; send CRLF line ends');
  const { mailFrom, rcptTo } = session.envelope;
  const to = rcptTo.map(({ address }) => address);
  try {
    const { id } = await receiver.store({
      cameBy: 'smtp',
      mailboxId: await mailboxOf(to),
      raw,
      envelope: {
        from: mailFrom === false ? '' : mailFrom.address,
        to,
        helo: session.hostNameAppearsAs || null,
        ipAddress: session.remoteAddress,
        tls: session.secure,
      },
    });
    return `2.6.0 Stored as ${id}`;
  } catch (error) {
    receiver.log.warn({ reason: errorText(error) }, 'mail is put off: it cannot be stored');
    throw reply(451, '4.3.0 The mail cannot be stored now; try again later');
  }
}

/** The bytes of a mail, dot-stuffing undone. Nothing beyond the limit is kept, so a flood costs no memory. */
async function collect(receiver: Receiver, stream: SMTPServerDataStream, cut: () => void): Promise<Buffer> {
  const { mailBytes, bytesInFlight, receiveMs } = receiver.limits;
  const chunks: Buffer[] = [];
  let size = 0;
  let kept = 0;
  let crowded = false;
  const deadline = setTimeout(cut, receiveMs);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > mailBytes * toleratedExcess) cut();
      crowded ||= receiver.bytesInFlight + chunk.length > bytesInFlight;
      if (size > mailBytes || crowded) {
        receiver.bytesInFlight -= kept;
        kept = 0;
        chunks.length = 0;
        continue;
      }
      chunks.push(chunk);
      kept += chunk.length;
      receiver.bytesInFlight += chunk.length;
    }
  } finally {
    clearTimeout(deadline);
    receiver.bytesInFlight -= kept;
  }
  if (size > mailBytes) throw reply(552, `5.3.4 The mail is larger than ${mailBytes} bytes`);
  if (crowded) throw reply(452, '4.3.1 Too much mail at once; try again later');
  return Buffer.concat(chunks);
}
