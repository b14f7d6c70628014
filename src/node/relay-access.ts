/** Who may use the relay, and for what: whatever is not expressly allowed is refused. */
import type { IncomingHttpHeaders } from 'node:http';
import { isIPv4 } from 'node:net';
import { RELAY_PATH } from '../transport/relay.ts';

/** Whether an address to listen on is reached from this computer alone. Names other than localhost may be anybody's. */
export const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));

export interface Caller {
  readonly headers: IncomingHttpHeaders;
  /** Address the request came from, as its socket has it. */
  readonly address: string | undefined;
  /** Port it came in at. */
  readonly port: number | undefined;
  /** It came over TLS. */
  readonly secure: boolean;
}

/**
 * Whether the request comes from our own page in a browser on this computer. A page of another origin sends its
 * Origin or says `cross-site`; one that made its name point here (DNS rebinding) sends that name as Host; a link, a
 * frame or a script element has another destination than fetch has.
 */
export function isOurPage({ headers, address, port, secure }: Caller): boolean {
  if (!isLoopbackHost((address ?? '').replace(/^::ffff:(?=\d+\.)/i, ''))) return false;
  const { host = '', origin } = headers;
  if (!namesUs(host, port, secure)) return false;
  if (origin !== undefined && origin !== `${secure ? 'https' : 'http'}://${host}`) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  // A same-origin GET has no Origin, an older browser no Sec-Fetch-Site: one of them must vouch for it.
  if (origin === undefined && site === undefined) return false;
  const destination = headers['sec-fetch-dest'];
  return destination === undefined || destination === 'empty';
}

function namesUs(host: string, port: number | undefined, secure: boolean): boolean {
  const [, name = '', digits = secure ? '443' : '80'] = /^([^:]+|\[::1\])(?::(\d+))?$/.exec(host) ?? [];
  return isLoopbackHost(name.replace(/^\[(.*)\]$/, '$1')) && Number(digits) === port;
}

/**
 * The path and query that a request asks for at the allowed origin, or undefined when it asks for anything else. The
 * text itself is compared, never what a URL parser would make of it: so every other way to write a host, and all
 * that only looks like the allowed one, is another target. `target`: the request's own path and query.
 */
export function allowedPath(target: string, allowed: string): string | undefined {
  const prefix = `${RELAY_PATH}/${allowed}`;
  if (!target.startsWith(prefix)) return undefined;
  const path = target.slice(prefix.length);
  // The slash ends the port. Printable ASCII without what some parsers take for a slash; `//` at the front would read as another host.
  return /^\/(?!\/)[\x21-\x7e]*$/.test(path) && !/[\\#]/.test(path) ? path : undefined;
}
