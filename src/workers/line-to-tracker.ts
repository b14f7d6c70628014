/** How a worker's requests reach the tracker: over fetch, through the relay if need be, as whoever the page says. */
import { authenticated } from '../transport/authentication.ts';
import { createFetchTransport } from '../transport/fetch-transport.ts';
import { throughRelay } from '../transport/relay.ts';
import type { Transport } from '../transport/transport.ts';
import type { Access } from './messages.ts';
import { askRelay } from './relay-question.ts';

const now = (): number => performance.now();

const transport = createFetchTransport<AbortSignal>({
  fetch: (url, options) => fetch(url, options),
  deadline(milliseconds) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), milliseconds);
    return {
      signal: controller.signal,
      expired: () => controller.signal.aborted,
      clear: () => clearTimeout(timer),
    };
  },
  now,
});

export function lineTo({ relay, credentials }: Access): Transport {
  const line =
    relay === undefined ? transport : throughRelay(transport, relay, { ask: () => askRelay(relay), now });
  return credentials === undefined ? line : authenticated(line, credentials, cnonce);
}

/** crypto.randomUUID is for secure contexts alone. */
const cnonce = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
