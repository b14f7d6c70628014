/** What a request that came in says, in the form that others want it. */
import type { IncomingMessage } from 'node:http';

/** Path and query: a proxy may have sent the whole URL (RFC 9112 §3.2.2). */
export const targetOf = (request: IncomingMessage): string =>
  (request.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '') || '/';

export interface Remote {
  readonly address: string;
  readonly port: number;
}

/** IPv4 seen through a dual-stack socket is IPv4; a zone index says nothing to others. */
export const remoteOf = ({ socket }: IncomingMessage): Remote => ({
  address: (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, ''),
  port: socket.remotePort ?? 0,
});

/** `192.0.2.1:6881` or `[2001:db8::1]:6881`. */
export const endpointText = ({ address, port }: Remote): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
