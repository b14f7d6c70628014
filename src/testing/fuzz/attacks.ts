/** The attacks that have names, put into a request of each edition. */
import type { EditionId } from '../../protocol/message.ts';
import { encodeText } from '../../protocol/text.ts';

/** A FIND, or where there is none a CONNECT; of a peer ID and whatever else is in it. */
function request(edition: EditionId, peerId: string, more = ''): string {
  switch (edition) {
    case 'rfc7846':
      return `{"PPSPTrackerProtocol":{"version":1,"request_type":"FIND","transaction_id":"t","peer_id":"${peerId}",${more}"find":{"swarm_id":"s"}}}`;
    case 'gu-04':
      return `<PPSPTrackerProtocol version="1.0"><Method>FIND</Method><TransactionID>t</TransactionID><PeerID>${peerId}</PeerID>${more}<SwarmID>s</SwarmID></PPSPTrackerProtocol>`;
    case 'extended-1.1':
      return `<?xml version="1.0"?><PPSPTrackerProtocol version="1.1"><Request>FIND</Request><TransactionID>t</TransactionID><PeerID>${peerId}</PeerID>${more}<SwarmID>s</SwarmID></PPSPTrackerProtocol>`;
    case 'base-1.0':
      return `<?xml version="1.0"?><PPSPTrackerProtocol version="1.0"><Request>CONNECT</Request><TransactionID>t</TransactionID><PeerID>${peerId}</PeerID>${more}<SwarmID action="LEAVE" peerMode="LEECH" transactionID="t.1">s</SwarmID></PPSPTrackerProtocol>`;
    default:
      return edition satisfies never;
  }
}

const behindDeclaration = (text: string, piece: string): string =>
  text.startsWith('<?xml') ? text.replace('?>', `?>${piece}`) : piece + text;

function laughs(levels: number): string {
  let dtd = '<!ENTITY l0 "lol">';
  for (let level = 1; level <= levels; level++)
    dtd += `<!ENTITY l${level} "${`&l${level - 1};`.repeat(10)}">`;
  return `<!DOCTYPE PPSPTrackerProtocol [${dtd}]>`;
}

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length + 2));
  view.setUint16(0, 0xfeff, littleEndian);
  for (let at = 0; at < text.length; at++) view.setUint16(2 * at + 2, text.charCodeAt(at), littleEndian);
  return new Uint8Array(view.buffer);
}

/** `*` stands for them. */
function spliced(text: string, bytes: readonly number[]): Uint8Array {
  const [before = '', after = ''] = text.split('*');
  return new Uint8Array([...encodeText(before), ...bytes, ...encodeText(after)]);
}

type Attack = (edition: EditionId) => string | Uint8Array;
const isJson = (edition: EditionId): boolean => edition === 'rfc7846';
/** Forms of the same attack. */
const either =
  (json: string, xml: string): Attack =>
  (edition) =>
    request(edition, 'p', isJson(edition) ? json : xml);

const onXml =
  (build: (text: string) => string): Attack =>
  (edition) =>
    build(request(edition, isJson(edition) ? 'p' : '&l9;'));

/** Elements that say how many peers are wanted. */
const WISH: Readonly<Record<EditionId, string>> = {
  rfc7846: '',
  'extended-1.1': 'PeerNum',
  'base-1.0': 'PeerNum',
  'gu-04': 'Peernum',
};

export const ATTACKS = {
  'nothing at all': () => '',
  'white space alone': () => ' \r\n\t',
  'billion laughs': onXml((text) => behindDeclaration(text, laughs(9))),
  'an external entity': onXml((text) =>
    behindDeclaration(text, '<!DOCTYPE a [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>'),
  ),
  'an external DTD': onXml((text) => behindDeclaration(text, '<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd">')),
  'a parameter entity': onXml((text) =>
    behindDeclaration(text, '<!DOCTYPE a [<!ENTITY % l9 SYSTEM "http://192.0.2.1/a"> %l9;]>'),
  ),
  'an entity that nothing declares': (edition) => request(edition, '&lol;'),
  'a reference to no character': (edition) => request(edition, '&#0;'),
  'elements or brackets ten thousand deep': either(
    `"x":${'['.repeat(10_000)}${']'.repeat(10_000)},`,
    '<x>'.repeat(10_000) + '</x>'.repeat(10_000),
  ),
  'a value of 256 KiB in an unknown attribute or member': either(
    `"x":"${'x'.repeat(262_144)}",`,
    `<x y="${'x'.repeat(262_144)}"/>`,
  ),
  'ten thousand attributes or members': either(
    Array.from({ length: 10_000 }, (_, index) => `"x${index}":1,`).join(''),
    `<x ${Array.from({ length: 10_000 }, (_, index) => `y${index}="" `).join('')}/>`,
  ),
  'a hundred thousand references or items': either(
    `"x":[${'1,'.repeat(100_000)}1],`,
    `<x>${'&amp;'.repeat(100_000)}</x>`,
  ),
  'a member or element twice': either('"peer_id":"q",', '<PeerID>q</PeerID>'),
  'an attribute twice, or the root': (edition) =>
    isJson(edition)
      ? request(edition, 'p').replace('{', '{"PPSPTrackerProtocol":0,')
      : request(edition, 'p').replace('Protocol version=', 'Protocol version="1.0" version='),
  '__proto__ and constructor': either(
    '"__proto__":{"peer_id":"q"},"constructor":{"prototype":{}},',
    '<__proto__ peer_id="q"/><constructor prototype="x"/>',
  ),
  'a lone surrogate, escaped': (edition) =>
    request(edition, isJson(edition) ? String.raw`\ud800` : '&#xd800;'),
  'a lone surrogate in bytes': (edition) => spliced(request(edition, '*'), [0xed, 0xa0, 0x80]),
  'overlong UTF-8': (edition) => spliced(request(edition, '*'), [0xc0, 0xbc]),
  'a byte order mark': (edition) => `\ufeff${request(edition, 'p')}`,
  'UTF-16, little-endian': (edition) => utf16(request(edition, 'p'), true),
  'UTF-16, big-endian': (edition) => utf16(request(edition, 'p'), false),
  'NUL in an identifier': (edition) => request(edition, 'a\0b'),
  'NUL in front': (edition) => `\0${request(edition, 'p')}`,
  'a control character, escaped': (edition) =>
    request(edition, isJson(edition) ? String.raw`\u0001` : '&#x1;'),
  'an identifier of 1,025 bytes': (edition) => request(edition, 'x'.repeat(1025)),
  'a script as peer ID': (edition) =>
    request(edition, isJson(edition) ? '<script>alert(1)</script>' : '&lt;script>alert(1)&lt;/script>'),
  'a comment with two hyphens or of two slashes': either('//\n', '<!-- a -- b -->'),
  'a CDATA section or a comma too many': either(',', '<![CDATA[<script>]]>'),
  ']]> in text': (edition) => request(edition, ']]>'),
  'a web page': () => '<!DOCTYPE html><html><body>hello</body></html>',
  'two documents': (edition) => request(edition, 'p') + request(edition, 'p'),
  'the end cut off': (edition) => request(edition, 'p').slice(0, -5),
  '2^64 where a number is due': (edition) =>
    either(
      '"peer_num":{"peer_count":18446744073709551616},',
      `<${WISH[edition]}>18446744073709551616</${WISH[edition]}>`,
    )(edition),
} satisfies Record<string, Attack>;

export type AttackName = keyof typeof ATTACKS;

export function attack(name: AttackName, edition: EditionId): Uint8Array {
  const body = ATTACKS[name](edition);
  return typeof body === 'string' ? encodeText(body) : body;
}
