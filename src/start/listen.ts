import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../base/errors.ts';

/**
 * Listens and returns the port.
 *
 * @throws AppError `port_taken`, `address_not_available`, `port_not_allowed`
 */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenProblem(error, host, port)));
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function listenProblem(cause: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (cause.code) {
    case 'EADDRINUSE':
      return new AppError(
        'port_taken',
        `Port ${port} on ${host} is taken by another program. Set LODGE_PORT to a free one, for example LODGE_PORT=${port + 10} npm start.`,
        { cause },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new AppError('address_not_available', `This machine has no address ${host}. Correct LODGE_HOST.`, {
        cause,
      });
    case 'EACCES':
      return new AppError(
        'port_not_allowed',
        `Port ${port} needs more rights than this user has. Set LODGE_PORT to 1024 or above.`,
        { cause },
      );
    default:
      return cause;
  }
}
