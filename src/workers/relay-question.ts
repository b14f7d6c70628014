/** What the relay of the page's own server says of itself, where there is one. */
import { RELAY_ANSWERED, RELAY_MARK, RELAY_PATH } from '../transport/relay.ts';

/** URL of the relay of the server that a page came from, whether or not there is one. */
export const relayOf = (pageUrl: string): string => new URL(RELAY_PATH, pageUrl).href;

const TIMEOUT = 2500;

/** The origin that the relay at this URL reaches; undefined when there is none, or none that can be asked. */
export async function askRelay(relay: string): Promise<string | undefined> {
  try {
    const response = await fetch(relay, {
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!response.ok || response.headers.get(RELAY_MARK) !== RELAY_ANSWERED) return undefined;
    const body: unknown = await response.json();
    const target = typeof body === 'object' && body !== null && 'target' in body ? body.target : undefined;
    return typeof target === 'string' ? target : undefined;
  } catch {
    return undefined;
  }
}
