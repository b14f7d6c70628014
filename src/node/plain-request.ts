/** A request of `node:http` as plain data. */
import type { IncomingMessage } from 'node:http';
import type { HttpRequest } from '../protocol/http.ts';

/** Path and query: a proxy may have sent the whole URL (RFC 9112 §3.2.2). */
export const targetOf = (request: IncomingMessage): string =>
  (request.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '') || '/';

export const pathOf = (request: IncomingMessage): string => targetOf(request).split('?', 1)[0] ?? '/';

/** IPv4 seen through a dual-stack socket is IPv4; a zone index says nothing to others. */
export const addressOf = (request: IncomingMessage): string =>
  (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');

/** A request as the tracker core wants it. */
export function plainRequest(request: IncomingMessage, body: Uint8Array): HttpRequest {
  return {
    method: request.method ?? '',
    target: targetOf(request),
    contentType: request.headers['content-type'],
    body,
    remote: { address: addressOf(request), port: request.socket.remotePort ?? 0 },
  };
}

export const carriesBody = (request: IncomingMessage): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
