/**
 * Who may use the operator's requests: a person at this computer, by hand or from the page this server serves.
 * A page of any other origin may not, whether it asks openly, as a form, or under a name of its own that it
 * had point here (DNS rebinding).
 */
import type { IncomingMessage } from 'node:http';
import { remoteOf } from './plain-request.ts';

export interface OwnPlace {
  /** What it was told to listen on: an address or a name. */
  readonly host: string;
  readonly scheme: 'http' | 'https';
}

const LOOPBACK_ADDRESS = /^(127\.\d+\.\d+\.\d+|::1)$/;
/** As a URL has it. */
const LOOPBACK_NAME = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/;
/** Nothing that would make it more than host and port. */
const AUTHORITY = /^[^\s@/?#\\]+$/;

/** Why a request is refused, for people; `undefined`: it may pass. Holds nothing of the request. */
export function strangerProblem(request: IncomingMessage, { host, scheme }: OwnPlace): string | undefined {
  if (!LOOPBACK_ADDRESS.test(remoteOf(request).address))
    return 'This is answered on the computer of the server only.';
  const { host: authority = '', origin, 'sec-fetch-site': site } = request.headers;
  const named = `${scheme}://${authority}`;
  if (!AUTHORITY.test(authority) || !URL.canParse(named)) return 'The Host header is missing or broken.';
  const own = new URL(named);
  // A name that anyone may point at 127.0.0.1 makes a stranger's page look like ours.
  if (!LOOPBACK_NAME.test(own.hostname) && own.hostname !== host.toLowerCase())
    return 'The Host header is no name of this server: use 127.0.0.1, [::1] or localhost.';
  // Browsers send the first with whatever may change something, the second with everything.
  if (origin !== undefined && origin !== own.origin) return 'Pages of other origins may not ask this.';
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return 'Pages of other origins may not ask this.';
  return undefined;
}
