/** Region `hostile`: input made to do harm, and what the tracker really answers. */
import { codecOf } from '../../protocol/editions/index.ts';
import type { EditionId } from '../../protocol/message.ts';
import { stream } from '../../simulation/random.ts';
import { createTrackerEndpoint } from '../../tracker/http.ts';
import { createTracker } from '../../tracker/tracker.ts';
import type { Regions } from './document.ts';
import { belowRoot, code, table } from './markdown.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
/** With its mark, in this machine's order of bytes: either is told from UTF-8 alike. */
const utf16 = (text: string): Uint8Array =>
  new Uint8Array(Uint16Array.from(Array.from(`\ufeff${text}`), (unit) => unit.charCodeAt(0)).buffer);

const json = (peerId: string, more = ''): string =>
  `{"PPSPTrackerProtocol":{"version":1,"request_type":"CONNECT","transaction_id":"7","peer_id":${peerId},` +
  `"connect":{"swarm_action":[{"swarm_id":"film","action":"JOIN","peer_mode":"LEECH"}]}${more}}}`;
const xml = (peerId: string, before = '', more = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${before}<PPSPTrackerProtocol version="1.0"><Request>CONNECT</Request>` +
  `<TransactionID>7</TransactionID><PeerID>${peerId}</PeerID>` +
  `<SwarmID action="JOIN" peerMode="LEECH" transactionID="7.1">film</SwarmID>${more}</PPSPTrackerProtocol>`;

type Case = readonly [what: string, edition: EditionId, body: Uint8Array];

const LAUGHS =
  '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>';
const MANY = 1_000;

const CASES: readonly Case[] = [
  ['entities that multiply ("billion laughs")', 'base-1.0', utf8(xml('&c;', LAUGHS))],
  [
    'an external entity',
    'base-1.0',
    utf8(xml('&f;', '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>')),
  ],
  ['an entity that nobody declared', 'base-1.0', utf8(xml('&nbsp;'))],
  ['XML nested 1,000 deep', 'base-1.0', utf8(xml('erin', '', '<x>'.repeat(MANY) + '</x>'.repeat(MANY)))],
  ['JSON nested 1,000 deep', 'rfc7846', utf8(json('"erin"', `,"x":${'['.repeat(MANY)}${']'.repeat(MANY)}`))],
  [
    'an element with 1,000 attributes',
    'base-1.0',
    utf8(xml('erin', '', `<x${Array.from({ length: MANY }, (_, at) => ` a${at}=""`).join('')}/>`)),
  ],
  ['an attribute of 100,000 bytes', 'base-1.0', utf8(xml('erin', '', `<x a="${'a'.repeat(100_000)}"/>`))],
  ['one attribute twice', 'base-1.0', utf8(xml('erin', '', '<x a="" a=""/>'))],
  ['one member twice', 'rfc7846', utf8(json('"mallory","peer_id":"erin"'))],
  ['one element twice', 'base-1.0', utf8(xml('mallory</PeerID><PeerID>erin'))],
  ['a member `__proto__`', 'rfc7846', utf8(json('"erin"', ',"__proto__":{"peer_mode":"SEEDER"}'))],
  ['an identifier of 1,025 bytes', 'rfc7846', utf8(json(`"${'x'.repeat(1025)}"`))],
  ['NUL in an identifier', 'rfc7846', utf8(json('"er\\u0000in"'))],
  ['NUL in XML', 'base-1.0', utf8(xml('er\0in'))],
  ['a line break in an identifier', 'rfc7846', utf8(json('"er\\nin"'))],
  ['half of a surrogate pair', 'rfc7846', utf8(json('"\\ud800"'))],
  ['the noncharacter U+FFFF', 'rfc7846', utf8(json('"\\uffff"'))],
  ['a byte order mark before JSON', 'rfc7846', utf8(`\ufeff${json('"erin"')}`)],
  ['a byte order mark before XML', 'base-1.0', utf8(`\ufeff${xml('erin')}`)],
  ['UTF-16', 'rfc7846', utf16(json('"erin"'))],
  ['XML that declares ISO-8859-1', 'base-1.0', utf8(xml('erin').replace('UTF-8', 'ISO-8859-1'))],
  ['bytes that are no UTF-8', 'rfc7846', Uint8Array.of(...utf8('{"'), 0xc3, 0x28, ...utf8('":1}'))],
  ['markup as an identifier', 'rfc7846', utf8(json('"<script>alert(1)</script>"'))],
  ['nothing', 'rfc7846', utf8('')],
];

function answered([, edition, body]: Case): readonly [status: string, found: string] {
  const codec = codecOf(edition);
  const endpoint = createTrackerEndpoint(createTracker({}, 0));
  const remote = { address: '203.0.113.5', port: 50_123 };
  const posted = { method: 'POST', target: '/', contentType: codec.mediaType, body, remote };
  const { response } = endpoint.answer(posted, { now: 0, random: stream(7846, 'document hostile') });
  const decoded = codec.decodeRequest(body);
  const findings = decoded.ok
    ? decoded.findings.map(({ path, expected }) => `${code(belowRoot(path))}: ${expected}`)
    : [];
  return [code(`${response.status} ${response.reason}`), findings.join('; ') || '-'];
}

const hostile = (): string =>
  table(
    ['input', 'edition', 'answer', 'finding of the tolerant reader'],
    CASES.map((each) => [each[0], code(each[1]), ...answered(each)]),
  );

export const HOSTILE_REGIONS: Regions = { hostile };
