/**
 * What `npm run bench` measures: our codecs beside the libraries they stand on, on the same messages.
 * Ours goes from bytes to a checked Message and back; theirs only to a tree and back, which favours theirs.
 */
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import type { Codec } from '../protocol/codec.ts';
import { base10 } from '../protocol/editions/base10.ts';
import { rfc7846 } from '../protocol/editions/rfc7846.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../protocol/ids.ts';
import type { PeerAddress, PeerInfo, Request, Response } from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import { encodeText } from '../protocol/text.ts';
import { PARSER_OPTIONS, XML_DECLARATION } from '../protocol/xml.ts';

export interface CodecCase {
  readonly name: string;
  /** What `theirs` is. */
  readonly peer: string;
  /** Of the message, encoded. */
  readonly bytes: number;
  /** The least ratio of our rate to theirs that is asked for. */
  readonly target?: number;
  readonly ours: () => unknown;
  readonly theirs: () => unknown;
}

const PEERS = 30;

/** Peer `index` of a list: a 20-byte ID in hexadecimal, an IPv4 address, an AS number. */
function peer(index: number): PeerInfo {
  let id = '';
  for (let word = 1; word <= 5; word++)
    id += (Math.imul(index * 5 + word, 0x9e37_79b1) >>> 0).toString(16).padStart(8, '0');
  return { peerId: asPeerId(id), addresses: [address(index)] };
}

const address = (index: number): PeerAddress => ({
  addressType: 'ipv4',
  address: `203.0.${113 + (index % 7)}.${(index * 37) % 256}`,
  port: 1024 + ((index * 7919) % 60_000),
  priority: index % 3,
  type: index % 4 === 0 ? 'REFLEXIVE' : 'HOST',
  asn: String(64_496 + (index % 4)),
});

/** One edition of each form: JSON, and XML in attributes. */
type Measured = 'rfc7846' | 'base-1.0';

const isJson = (edition: Measured): boolean => edition === 'rfc7846';

const response = (edition: Measured): Response => ({
  edition,
  version: RULES[edition].version,
  method: 'CONNECT',
  outcome: 'success',
  transactionId: asTransactionId('12345.0'),
  publicAddress: address(99),
  results: [
    isJson(edition)
      ? { swarmId: asSwarmId('film'), ok: true }
      : { transactionId: asTransactionId('12345.1'), ok: true },
  ],
  peerLists: [
    { swarmId: asSwarmId('film'), peers: Array.from({ length: PEERS }, (_, index) => peer(index)) },
  ],
  queries: [],
});

const request = (edition: Measured): Request => ({
  edition,
  version: RULES[edition].version,
  method: 'CONNECT',
  transactionId: asTransactionId('12345.0'),
  peerId: peer(77).peerId,
  peerNum: { count: PEERS },
  addresses: [address(77)],
  actions: [
    {
      swarmId: asSwarmId('film'),
      action: 'JOIN',
      mode: 'LEECH',
      ...(isJson(edition) ? {} : { transactionId: asTransactionId('12345.1') }),
    },
  ],
});

const tree = ({ addressType, address, port, priority, type, asn }: PeerAddress): object => ({
  '@addrType': addressType,
  '@ip': address,
  '@port': port,
  '@priority': priority,
  '@type': type,
  '@asn': asn,
});

/** The document of `response('base-1.0')` as XMLBuilder wants it. */
const RESPONSE_TREE = {
  PPSPTrackerProtocol: {
    '@version': '1.0',
    Response: 'SUCCESSFUL',
    TransactionID: {
      Result: [
        { '@transactionID': '12345.0', '#text': '200 OK' },
        { '@transactionID': '12345.1', '#text': '200 OK' },
      ],
    },
    PeerGroup: {
      PeerInfo: [
        { PeerAddress: tree(address(99)) },
        ...Array.from({ length: PEERS }, (_, index) => ({
          '@swarmID': 'film',
          PeerID: peer(index).peerId,
          PeerAddress: tree(address(index)),
        })),
      ],
    },
  },
};

/** The document of `request('base-1.0')` as XMLBuilder wants it. */
const REQUEST_TREE = {
  PPSPTrackerProtocol: {
    '@version': '1.0',
    Request: 'CONNECT',
    TransactionID: '12345.0',
    PeerID: peer(77).peerId,
    PeerNum: PEERS,
    SwarmID: {
      '@action': 'JOIN',
      '@peerMode': 'LEECH',
      '@transactionID': '12345.1',
      '#text': 'film',
    },
    PeerGroup: { PeerInfo: { PeerAddress: tree(address(77)) } },
  },
};

export function codecCases(): CodecCase[] {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parser = new XMLParser(PARSER_OPTIONS);
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
  });
  const parseXml = (body: Uint8Array) => (): unknown => parser.parse(decoder.decode(body));
  const parseJson = (body: Uint8Array) => (): unknown => JSON.parse(decoder.decode(body));
  const build = (tree: object) => (): unknown => encodeText(XML_DECLARATION + builder.build(tree));
  const written = (
    edition: Measured,
    codec: Codec,
  ): { readonly question: Uint8Array; readonly answer: Uint8Array } => ({
    question: codec.encodeRequest(request(edition)),
    answer: codec.encodeResponse(response(edition)),
  });

  const xml = written('base-1.0', base10);
  const json = written('rfc7846', rfc7846);
  const [xmlRequest, xmlResponse] = [request('base-1.0'), response('base-1.0')];
  return [
    {
      name: `base-1.0: read a response of ${PEERS} peers`,
      peer: 'fast-xml-parser',
      bytes: xml.answer.length,
      target: 10,
      ours: () => base10.decodeResponse(xml.answer, 'CONNECT'),
      theirs: parseXml(xml.answer),
    },
    {
      name: `base-1.0: write a response of ${PEERS} peers`,
      peer: 'XMLBuilder',
      bytes: xml.answer.length,
      target: 10,
      ours: () => base10.encodeResponse(xmlResponse),
      theirs: build(RESPONSE_TREE),
    },
    {
      name: `rfc7846: read a response of ${PEERS} peers`,
      peer: 'JSON.parse',
      bytes: json.answer.length,
      target: 0.6,
      ours: () => rfc7846.decodeResponse(json.answer, 'CONNECT'),
      theirs: parseJson(json.answer),
    },
    {
      name: 'base-1.0: read a request',
      peer: 'fast-xml-parser',
      bytes: xml.question.length,
      ours: () => base10.decodeRequest(xml.question),
      theirs: parseXml(xml.question),
    },
    {
      name: 'base-1.0: write a request',
      peer: 'XMLBuilder',
      bytes: xml.question.length,
      ours: () => base10.encodeRequest(xmlRequest),
      theirs: build(REQUEST_TREE),
    },
    {
      name: 'rfc7846: read a request',
      peer: 'JSON.parse',
      bytes: json.question.length,
      ours: () => rfc7846.decodeRequest(json.question),
      theirs: parseJson(json.question),
    },
  ];
}
