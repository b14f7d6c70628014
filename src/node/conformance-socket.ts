/** Connections of the conformance suite: below what `fetch` lets anybody say. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { RawHeard, RawHttp, RawPart } from '../conformance/raw-http.ts';

/** Longest answer read, in bytes. */
const MAX_READ = 4 * 1024 * 1024;

interface Address {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

function addressOf(url: URL): Address {
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port, secure };
}

function open({ host, port, secure }: Address): { readonly socket: Socket; readonly ready: string } {
  if (!secure) return { socket: connect({ host, port }), ready: 'connect' };
  // An address is no server name (RFC 6066 §3).
  const servername = /[:]|^[\d.]+$/.test(host) ? '' : host;
  return { socket: connectTls({ host, port, servername }), ready: 'secureConnect' };
}

/** Why nobody can be reached there; `undefined` when somebody can. */
export function reachProblem(url: URL, timeout: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const { socket, ready } = open(addressOf(url));
    const settle = (problem: string | undefined): void => {
      socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(timeout, () => settle(`no connection within ${timeout / 1000} s`));
    socket.once(ready, () => settle(undefined));
    socket.on('error', (error: NodeJS.ErrnoException) => settle(describe(error)));
  });
}

function describe(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'the connection was refused; is the tracker running?';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the host name is unknown';
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return 'its certificate is not trusted here; name its issuer’s with NODE_EXTRA_CA_CERTS=file.pem';
    default:
      // Of several addresses tried, the error itself says nothing.
      return error.message === '' ? (error.code ?? 'the connection failed') : error.message;
  }
}

export function socketHttp(url: URL): RawHttp {
  const address = addressOf(url);
  return {
    talk: ({ parts, complete, timeout }) =>
      new Promise((resolve) => {
        const { socket, ready } = open(address);
        const read: Buffer[] = [];
        let length = 0;
        let connected = false;
        const heard = (how: RawHeard['how'], detail?: string): void => {
          clearTimeout(timer);
          socket.destroy();
          resolve({
            read: new Uint8Array(Buffer.concat(read)),
            how,
            ...(detail !== undefined && { detail }),
          });
        };
        const timer = setTimeout(
          () => heard(connected ? 'timeout' : 'unreachable', 'no connection in time'),
          timeout,
        );
        socket.once(ready, () => {
          connected = true;
          void write(socket, parts);
        });
        socket.on('data', (data: Buffer) => {
          read.push(data);
          length += data.length;
          if (length > MAX_READ) heard('ended', 'the answer is too long');
          else if (complete(new Uint8Array(Buffer.concat(read)), false)) heard('complete');
        });
        socket.once('end', () => heard('ended'));
        // A server may refuse and close while more is still being written to it: what it said counts.
        socket.on('error', (error: NodeJS.ErrnoException) =>
          connected ? heard('ended', error.message) : heard('unreachable', describe(error)),
        );
      }),
  };
}

/** Stops when the socket does. */
async function write(socket: Socket, parts: readonly RawPart[]): Promise<void> {
  for (const part of parts) {
    if (socket.destroyed) return;
    if (typeof part === 'number') {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, part);
        socket.once('close', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    } else await new Promise<void>((resolve) => socket.write(part, () => resolve()));
  }
}
