/** Where a host stands as browsers see it: the nearer the more protected (Private Network Access, Local Network Access). */

/** From open to protected. */
const PLACES = ['public', 'private', 'loopback'] as const;
export type Place = (typeof PLACES)[number];

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;
/** RFC 1918, RFC 6598, RFC 3927. */
const PRIVATE_IPV4 =
  /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.)/;
/** RFC 4193, RFC 4291 §2.5.6. */
const PRIVATE_IPV6 = /^\[f([cd]|e[89ab])/i;

/** `host`: as `URL.hostname` writes it. A name counts as public: what it resolves to, a page is not told. */
export function placeOf(host: string): Place {
  if (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]') return 'loopback';
  if (IPV4.test(host)) {
    if (host.startsWith('127.')) return 'loopback';
    return PRIVATE_IPV4.test(host) ? 'private' : 'public';
  }
  return PRIVATE_IPV6.test(host) || host.endsWith('.local') ? 'private' : 'public';
}

/** Whether a page from `page` asks for something nearer than itself. */
export const goesInward = (page: Place, target: Place): boolean =>
  PLACES.indexOf(target) > PLACES.indexOf(page);
