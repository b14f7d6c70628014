/** Headers on their way through a proxy: as they came, but for those that concern one connection alone (RFC 9110 §7.6.1). */
import type { Header } from '../recording/record.ts';

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What a recording keeps the name of, and not the value. */
const SECRET = /^(authorization|proxy-authorization|cookie|set-cookie)$/i;
const HIDDEN = '(not recorded)';

/** RFC 9110 §7.6.3. */
export const VIA: Header = ['Via', '1.1 swarmscope'];

/** As node:http has them: names and values in turn. */
export function pairsOf(rawHeaders: readonly string[]): Header[] {
  const pairs: Header[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  return pairs;
}

/** In their order and spelling, without those of the connection, those it names, and `others` (lower case). */
export function passedOn(headers: readonly Header[], ...others: readonly string[]): Header[] {
  const named = headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(',').map((option) => option.trim().toLowerCase()));
  const dropped = new Set([...HOP_BY_HOP, ...named, ...others]);
  return headers.filter(([name]) => !dropped.has(name.toLowerCase()));
}

export const recordable = (headers: readonly Header[]): Header[] =>
  headers.map(([name, value]) => [name, SECRET.test(name) ? HIDDEN : value]);
