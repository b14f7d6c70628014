/** The fetch transport over the fetch of whoever runs the tests. */
import { createFetchTransport } from '../transport/fetch-transport.ts';

export const fetchTransport = createFetchTransport<AbortSignal>({
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
  now: () => performance.now(),
});
