/** What a request of `node:http` says, in the form that others want it. */
import type { IncomingMessage } from 'node:http';
import type { HttpRequest } from '../protocol/http.ts';

/** Path and query: a proxy may have sent the whole URL (RFC 9112 §3.2.2). */
export const targetOf = (request: IncomingMessage): string =>
  (request.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '') || '/';

export const pathOf = (request: IncomingMessage): string => targetOf(request).split('?', 1)[0] ?? '/';

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

/** A request as the tracker core wants it. */
export function plainRequest(request: IncomingMessage, body: Uint8Array): HttpRequest {
  return {
    method: request.method ?? '',
    target: targetOf(request),
    contentType: request.headers['content-type'],
    body,
    remote: remoteOf(request),
  };
}

export const carriesBody = (request: IncomingMessage): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
