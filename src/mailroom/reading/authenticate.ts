import { domainToASCII } from 'node:url';
import { type ARCResult, type AuthenticateResult, authenticate, type DNSResolver } from 'mailauth';
import type { SenderProof } from '../read-mail.ts';
import type { ReadJob } from './reading.ts';

/** Nobody vouches for the sender, or it could not be asked. */
export function unproven(dmarc: SenderProof['dmarc'] = 'none'): SenderProof {
  return { verified: false, dmarc, spf: 'none', dkim: 'none', arc: null };
}

/**
 * Asks DNS whether the domain in `From` vouches for a mail, by SPF, DKIM and DMARC, and, when forwarding broke them, by
 * the ARC seal of a forwarder whom the operator trusts.
 */
export async function proveSender(
  job: Pick<ReadJob, 'envelope' | 'arcSealers'>,
  raw: Buffer,
  fromDomain: string,
  resolver: DNSResolver,
): Promise<SenderProof> {
  const { ipAddress, helo, from } = job.envelope;
  const result = await authenticate(raw, {
    // An empty text, not nothing: without it the mail's own Return-Path would be believed.
    sender: from ?? '',
    ...(ipAddress === null ? {} : { ip: ipAddress }),
    ...(helo === null ? {} : { helo }),
    mta: 'lodge',
    resolver,
    disableBimi: true,
    rejectRsaSha1: true,
  });
  return decideProof(result, fromDomain, job.arcSealers, ipAddress !== null);
}

function decideProof(
  result: AuthenticateResult,
  fromDomain: string,
  arcSealers: readonly string[],
  bySmtp: boolean,
): SenderProof {
  const spf = result.spf === false || !bySmtp ? 'none' : result.spf.status.result;
  const dkim = bestOf(result.dkim.results.map(({ status }) => status.result));
  const dmarc = dmarcOf(result);
  const partly = dmarc === 'pass' && onlyPartlySigned(result);
  const passes = dmarc === 'pass' && !partly && isAuthor(result, fromDomain);
  const arc = passes || result.arc === false ? null : trustedSealer(result.arc, fromDomain, arcSealers);
  return { verified: passes || arc !== null, dmarc: partly ? 'fail' : dmarc, spf, dkim, arc };
}

/** What passed must be the domain that we have read: of a header that two programs read differently nobody is proven. */
function isAuthor({ dmarc }: AuthenticateResult, fromDomain: string): boolean {
  if (dmarc === false) return false;
  const { header } = dmarc.status as { readonly header?: { readonly from?: unknown } };
  const wanted = domainToASCII(fromDomain);
  return wanted !== '' && typeof header?.from === 'string' && domainToASCII(header.from) === wanted;
}

function dmarcOf({ dmarc }: AuthenticateResult): SenderProof['dmarc'] {
  if (dmarc === false) return 'none';
  const { result } = dmarc.status;
  return result === 'pass' || result === 'fail' || result === 'temperror' ? result : 'none';
}

/** `l=` leaves the end of a mail unsigned: anybody can write there. */
function onlyPartlySigned({ dmarc, spf }: AuthenticateResult): boolean {
  if (dmarc === false) return false;
  const { alignment } = dmarc;
  const bySpf = Boolean(alignment.spf.result) && spf !== false && spf.status.result === 'pass';
  return !bySpf && (alignment.dkim.underSized ?? 0) > 0;
}

/** The last sealer, when its chain holds, the operator trusts it, and it says that DMARC passed when the mail came. */
function trustedSealer(arc: ARCResult, fromDomain: string, arcSealers: readonly string[]): string | null {
  if (arcSealers.length === 0 || arc.status.result !== 'pass') return null;
  const sealer = arc.chain?.at(-1)?.['arc-seal'] as { parsed?: { d?: { value?: unknown } } } | undefined;
  const signer = arc.signature ? arc.signature.signingDomain?.toLowerCase() : undefined;
  const domain = String(sealer?.parsed?.d?.value ?? '').toLowerCase();
  if (domain === '' || domain !== signer || !arcSealers.includes(domain)) return null;
  const told: unknown = arc.authenticationResults?.['dmarc'];
  const { result, header } = (told ?? {}) as { result?: unknown; header?: { from?: unknown } };
  const author = typeof header?.from === 'string' ? header.from.toLowerCase() : '';
  return result === 'pass' && author === fromDomain ? domain : null;
}

const ranks = ['none', 'neutral', 'policy', 'permerror', 'fail', 'temperror', 'pass'];

function bestOf(results: readonly string[]): string {
  return results.reduce((best, one) => (ranks.indexOf(one) > ranks.indexOf(best) ? one : best), 'none');
}
