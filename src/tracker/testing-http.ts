/** A tracker endpoint with a clock of its own, and requests as bytes, for the tests of this folder. */
import { codecOf } from '../protocol/editions/index.ts';
import type { HttpRequest } from '../protocol/http.ts';
import { asTransactionId } from '../protocol/ids.ts';
import type { Request } from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import type { Tracker, TrackerOptions } from './api.ts';
import { createTrackerEndpoint } from './http.ts';
import type { EndpointOptions } from './http.ts';
import { dice } from './testing.ts';
import { createTracker } from './tracker.ts';

export const text = (body: Uint8Array) => new TextDecoder().decode(body);
export const bytes = (body: string) => new TextEncoder().encode(body);

export const JSON_TYPE = 'application/ppsp-tracker+json';
export const XML_TYPE = 'application/xml';

export function post(
  body: Uint8Array,
  contentType: string | undefined,
  more: Partial<HttpRequest> = {},
): HttpRequest {
  return {
    method: 'POST',
    target: '/',
    contentType,
    body,
    remote: { address: '198.51.100.7', port: 40_000 },
    ...more,
  };
}

/** XML numbers its actions; the codecs see to the rest. */
export function encoded(request: Request): HttpRequest {
  const codec = codecOf(request.edition);
  const numbered =
    request.method === 'CONNECT' && RULES[request.edition].actionTransactions
      ? {
          ...request,
          actions: request.actions.map((action, i) => ({
            ...action,
            transactionId: asTransactionId(`t.${i}`),
          })),
        }
      : request;
  return post(codec.encodeRequest(numbered), codec.mediaType);
}

export const as = <R extends Request>(request: R, transaction: string): R => ({
  ...request,
  transactionId: asTransactionId(transaction),
});

export const startEndpoint = (
  options: Partial<EndpointOptions> = {},
  trackerOptions: Partial<TrackerOptions> = {},
  wrap: (tracker: Tracker) => Tracker = (tracker) => tracker,
) => {
  const tracker = createTracker(trackerOptions, 0);
  const endpoint = createTrackerEndpoint(wrap(tracker), options);
  const random = dice(9);
  let now = 0;
  const send = (request: HttpRequest) => endpoint.answer(request, { now, random });
  return {
    tracker,
    endpoint,
    wait: (ms: number) => (now += ms),
    send,
    say: (request: Request) => send(encoded(request)),
    stats: () => tracker.stats(now),
  };
};
