/** Transport without a network: the same bytes, handed straight to whoever answers. */
import type { HttpRequest, HttpResponse } from '../protocol/http.ts';
import { retryAfterOf } from './transport.ts';
import type { Transport } from './transport.ts';

/** `answer` takes the request as the server would see it; `remote` is where it seems to come from. */
export function createMemoryTransport(
  answer: (request: HttpRequest) => HttpResponse,
  remote: HttpRequest['remote'],
): Transport {
  return {
    send({ url, contentType, body }) {
      const target = url.replace(/^[a-z]+:\/\/[^/]*/, '') || '/';
      const {
        status,
        reason,
        headers,
        body: answered,
      } = answer({ method: 'POST', target, contentType, body, remote });
      return Promise.resolve({
        kind: 'answered',
        status,
        reason,
        contentType: headers['content-type'],
        ...retryAfterOf(headers['retry-after']),
        body: answered,
      });
    },
  };
}
