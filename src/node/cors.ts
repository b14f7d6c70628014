/** Cross-origin headers: a dashboard served from anywhere may speak to this tracker (digest, "Errors"). */
import type { IncomingHttpHeaders } from 'node:http';

/** `*`, or the origins that may read the answers. */
export type CorsPolicy = '*' | readonly string[];

const EXPOSED = 'Retry-After, WWW-Authenticate';
const METHODS = 'GET, HEAD, POST, OPTIONS';
const REQUEST_HEADERS = 'Content-Type, Authorization';
/** Browsers cap it themselves, at 2 hours the strictest. */
const MAX_AGE = '7200';

/** The headers that stand on every answer, errors included. */
export function corsHeaders(policy: CorsPolicy, origin: string | undefined): Record<string, string> {
  if (policy === '*') {
    return { 'access-control-allow-origin': '*', 'access-control-expose-headers': EXPOSED };
  }
  // A cache must not give one origin's answer to another.
  const vary = { vary: 'Origin' };
  if (origin === undefined || !policy.includes(origin)) return vary;
  return { ...vary, 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED };
}

/** What a preflight is answered beyond {@link corsHeaders}. */
export function preflightHeaders(request: IncomingHttpHeaders): Record<string, string> {
  const headers: Record<string, string> = {
    'access-control-allow-methods': METHODS,
    'access-control-allow-headers': REQUEST_HEADERS,
    'access-control-max-age': MAX_AGE,
  };
  // A page of the public web that talks to 127.0.0.1 asks first (Private Network Access).
  if (request['access-control-request-private-network'] === 'true') {
    headers['access-control-allow-private-network'] = 'true';
  }
  return headers;
}
