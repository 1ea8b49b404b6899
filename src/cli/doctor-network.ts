import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Address } from './doctor-address.ts';

export interface NetworkProblem {
  readonly code: string;
  readonly message: string;
}

const connectTimeoutMs = 5_000;

/** Name, port, certificate, in this order. Null: all three are well. */
export async function checkNetwork(address: Address, environment: NodeJS.ProcessEnv): Promise<NetworkProblem | null> {
  return (await checkName(address)) ?? (await checkPort(address, environment)) ?? (await checkCertificate(address));
}

async function checkName({ host }: Address): Promise<NetworkProblem | null> {
  if (isIP(host)) return null;
  try {
    await lookup(host);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EAI_AGAIN'
      ? {
          code: 'dns_unavailable',
          message: `No name server answers, so ${host} cannot be found: check this machine's network.`,
        }
      : {
          code: 'dns_unknown',
          message: `There is no host ${host}: check the spelling of the base URL and the region.`,
        };
  }
}

function checkPort({ host, port }: Address, environment: NodeJS.ProcessEnv): Promise<NetworkProblem | null> {
  const proxy = environment['HTTPS_PROXY'] ?? environment['https_proxy'] ?? environment['HTTP_PROXY'] ?? null;
  const advice =
    proxy === null ? 'check port, firewall and VPN' : 'a proxy is set on this machine, which doctor does not use';
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: connectTimeoutMs });
    const end = (problem: NetworkProblem | null) => {
      socket.destroy();
      resolve(problem);
    };
    socket.once('connect', () => end(null));
    socket.once('timeout', () => {
      end({
        code: 'tcp_timeout',
        message: `${host} port ${port} does not answer within ${connectTimeoutMs / 1_000} s: ${advice}.`,
      });
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      end(
        error.code === 'ECONNREFUSED'
          ? {
              code: 'tcp_refused',
              message: `Nothing listens on ${host} port ${port}: check the port, and that the site runs.`,
            }
          : {
              code: 'tcp_failed',
              message: `${host} port ${port} cannot be reached (${error.code ?? 'unknown'}): ${advice}.`,
            },
      );
    });
  });
}

function checkCertificate({ host, port, tls }: Address): Promise<NetworkProblem | null> {
  if (!tls) return Promise.resolve(null);
  return new Promise((resolve) => {
    const servername = isIP(host) ? {} : { servername: host };
    const socket = connectTls({ host, port, timeout: connectTimeoutMs, ...servername });
    const end = (problem: NetworkProblem | null) => {
      socket.destroy();
      resolve(problem);
    };
    socket.once('secureConnect', () => end(null));
    socket.once('timeout', () => {
      end({ code: 'tls_timeout', message: `${host} takes connections, but no TLS handshake: is it plain http?` });
    });
    socket.once('error', (error: NodeJS.ErrnoException) => end(tlsProblem(host, error.code ?? '')));
  });
}

function tlsProblem(host: string, code: string): NetworkProblem {
  const meanings: Readonly<Record<string, string>> = {
    CERT_HAS_EXPIRED: 'has expired: tell support',
    ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name: check the base URL',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed: add it with NODE_EXTRA_CA_CERTS',
    SELF_SIGNED_CERT_IN_CHAIN: 'comes from a private authority, often a company proxy: add it with NODE_EXTRA_CA_CERTS',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'lacks its intermediate: tell support',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
      'comes from an authority this machine does not know: add it with NODE_EXTRA_CA_CERTS',
  };
  const meaning = meanings[code];
  return meaning === undefined
    ? {
        code: 'tls_failed',
        message: `${host} does not speak TLS on this port (${code || 'closed'}): is it plain http?`,
      }
    : { code: 'tls_certificate', message: `The certificate of ${host} ${meaning}.` };
}
