import { FilesTooLarge } from './outgoing.ts';

/** What became of one try, for the outbox and for whoever reads it. */
export interface SendFailure {
  /** refused: the relay does not want this mail, now or ever. later: it may take it another time. */
  readonly verdict: 'refused' | 'later';
  /** Whether other mail would have met with the same. */
  readonly relayWide: boolean;
  /** For staff: what happened and what to do. Without anything from the mail's body. */
  readonly words: string;
}

/** Tries in all, and how long after each failed one the next comes: 14 hours together. */
export const maxAttempts = 8;
const minuteMs = 60_000;
const delaysMs = [1, 5, 15, 30, 60, 180, 360, 360].map((minutes) => minutes * minuteMs);

const wordsMax = 500;

export type NextStep = { readonly state: 'failed' } | { readonly state: 'waiting'; readonly afterMs: number };

/** @param attempts how many there were, with this one */
export function nextStep({ verdict }: Pick<SendFailure, 'verdict'>, attempts: number): NextStep {
  if (verdict === 'refused' || attempts >= maxAttempts) return { state: 'failed' };
  return { state: 'waiting', afterMs: delaysMs[attempts - 1] ?? delaysMs[0] ?? minuteMs };
}

/** Why TLS did not come about, by the code of Node or OpenSSL. */
const certificateProblems: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it signed its certificate itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate comes from an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an authority that this machine does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'it does not send the certificate of its authority along',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; is the clock of this machine right?',
  CERT_REVOKED: 'its certificate was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name than the one in LODGE_MAIL_RELAY',
};

const connectionProblems: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there. Start the relay, or correct LODGE_MAIL_RELAY.',
  EHOSTUNREACH: 'No way leads there. Check the network, or correct LODGE_MAIL_RELAY.',
  ENETUNREACH: 'No way leads there. Check the network, or correct LODGE_MAIL_RELAY.',
  ENOTFOUND: 'Its host name is not known. Correct LODGE_MAIL_RELAY.',
  EAI_AGAIN: 'Its host name could not be looked up. Check the name server of this machine.',
  EDNS: 'Its host name could not be looked up. Check LODGE_MAIL_RELAY and the name server of this machine.',
  ETIMEDOUT: 'It did not answer in time.',
  EABORT: 'It did not take the mail in time.',
  ECONNRESET: 'It broke the connection.',
  EPIPE: 'It broke the connection.',
  ECONNECTION: 'It broke the connection.',
  ESOCKET: 'The connection failed.',
};

/** What nodemailer's errors carry. */
interface RelayError {
  readonly code: string;
  /** Of the system or of TLS, where `code` is nodemailer's. */
  readonly cause: string;
  /** `550`; null when it was no answer of the relay. */
  readonly answer: number | null;
  /** The relay's own words. */
  readonly said: string;
  readonly command: string;
  readonly message: string;
}

/** @param relay `smtp.example.com:587` @param body of the mail: its links are taken out of what the relay repeats */
export function failureOf(thrown: unknown, relay: string, body: string): SendFailure {
  const error = read(thrown);
  const words = defused(wordsFor(error, relay), body).slice(0, wordsMax);
  if (error.code === 'ESTREAM')
    return { verdict: thrown instanceof FilesTooLarge ? 'refused' : 'later', relayWide: false, words };
  const aboutMail = error.command === 'RCPT TO' || error.command === 'DATA' || error.command === 'API';
  const ofMail = (error.code === 'EENVELOPE' || error.code === 'EMESSAGE') && (aboutMail || error.answer === null);
  if (!ofMail || error.answer === 421) return { verdict: 'later', relayWide: true, words };
  const refused = error.answer === null || error.answer >= 500;
  return { verdict: refused ? 'refused' : 'later', relayWide: false, words };
}

function wordsFor(error: RelayError, relay: string): string {
  const { code, cause, answer, said, command } = error;
  const certificate = certificateProblems[cause];
  if (certificate !== undefined)
    return `The relay ${relay} cannot be trusted: ${certificate}. Repair the certificate, or name its authority in NODE_EXTRA_CA_CERTS.`;
  if (command === 'STARTTLS' && answer !== null)
    return `The relay ${relay} takes no STARTTLS (${said}). Use smtps:// in LODGE_MAIL_RELAY, or tls=optional without a password.`;
  if (code === 'EAUTH' || code === 'ENOAUTH') {
    const why = said === '' ? error.message : said;
    return `The relay ${relay} refused the user or password of LODGE_MAIL_RELAY: ${why}`;
  }
  if (said !== '') return `The relay ${relay} answered ${said}`;
  if (code === 'ESTREAM') return `The mail could not be put together: ${error.message}`;
  const problem = connectionProblems[cause] ?? connectionProblems[code];
  if (problem !== undefined) return `No mail could be handed to the relay ${relay}: ${problem}`;
  if (code === 'ETLS') return `TLS with the relay ${relay} did not come about: ${error.message}`;
  return `The mail could not be handed to the relay ${relay}: ${error.message}`;
}

function read(thrown: unknown): RelayError {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string => (typeof error[name] === 'string' ? error[name] : '');
  const code = text('code');
  return {
    code,
    cause: text('originalCode') || code,
    answer: typeof error['responseCode'] === 'number' ? error['responseCode'] : null,
    said: text('response').replaceAll(/\s+/g, ' ').trim(),
    command: text('command'),
    message: text('message') || String(thrown),
  };
}

/** A relay that explains a refusal may repeat the link that it disliked, which opens an account. */
function defused(words: string, body: string): string {
  return words.replaceAll(/https?:\/\/[^\s"'<>]+/gi, (link) => {
    const bare = link.replace(/[).,;:\]]+$/, '');
    return body.includes(bare) ? '[link]' : link;
  });
}
