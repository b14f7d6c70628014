/**
 * Every field of the seed (gu -04) with what -06 adds to it (§4.4 to §4.10, appendix A), and the forms that
 * this project settled where -04 left them open (digest, "gu-04").
 */
import { ELEMENTS, fieldsOf } from './field.ts';
import type { Field, Row } from './field.ts';

const ROOT = 'PPSPTrackerProtocol';
const ID = 'identifier, 1 to 1,024 bytes';

const HEAD: readonly Row[] = [
  ['', 'mandatory', ELEMENTS, 'gu -06 §4.1', 'The root element: it holds the whole message.'],
  [
    '@version',
    'mandatory',
    '1.0',
    'gu -06 §4.1',
    'The version of the protocol. A tracker that does not speak it answers VERSION NOT SUPPORTED.',
  ],
  [
    '@xmlns',
    'optional',
    'namespace name',
    'gu -06 appendix A',
    'The namespace: any is read, none is written.',
  ],
];

const TRANSACTION: Row = [
  '.TransactionID',
  'mandatory',
  ID,
  'gu -06 §4.1',
  'Ties the response to the request. -06 has a number here; the slides do not say, so any identifier is read.',
];

const PEER_ID: Row = [
  '.PeerID',
  'mandatory',
  ID,
  'gu -06 §4.1',
  'Who speaks. An opaque string, compared byte for byte, the same in every swarm.',
];

const REQUEST: readonly Row[] = [
  ...HEAD,
  [
    '.Method',
    'mandatory',
    'name of the method',
    'gu -06 §4.2, table 2',
    'What is asked of the tracker, in any case of letters; the slides write STAT_REPORT with a space, which is read too.',
  ],
  TRANSACTION,
  PEER_ID,
  [
    '.AuthToken',
    'optional',
    'text',
    'gu -06 §4.1',
    'Proof of who speaks, from the response to CONNECT on (RFC 4422). Never shown here.',
  ],
];

const CERTIFICATE: readonly Row[] = [
  [
    '.Cer',
    'optional',
    'text, may be empty',
    'gu -04 slides',
    'The certificate by which the tracker checks who connects or disconnects.',
  ],
];

/** gu -06 has them in place of the certificate. */
const SASL: readonly Row[] = [
  ['.Auth', 'optional', 'attributes only', 'gu -06 §4.4', 'How the peer proves who it is (RFC 4422).'],
  ['.Auth@mechanism', 'mandatory', 'name of the mechanism', 'gu -06 §4.4', 'Which mechanism of SASL.'],
  [
    '.Credentials',
    'optional',
    'text',
    'gu -06 §4.4',
    'The first answer of the mechanism. Never shown here, and not read by this project.',
  ],
];

const ADDRESS_06: readonly Row[] = [
  ['', 'optional', ELEMENTS, 'gu -06 §4.4', 'The interfaces at which the peer can be reached.'],
  ['.PeerAddress[]', 'mandatory', 'attributes only', 'gu -06 §4.4', 'One interface.'],
  [
    '.PeerAddress[]@ip',
    'mandatory',
    'IPv4 or IPv6 address',
    'gu -06 §4.4',
    'The address: four decimal numbers, or hexadecimal groups with colons between. Its form tells which.',
  ],
  [
    '.PeerAddress[]@port',
    'mandatory',
    'number, 0 to 65535',
    'gu -06 §4.4',
    'Where the peer takes connections of the peer protocol.',
  ],
  [
    '.PeerAddress[]@priority',
    'optional',
    'number',
    'gu -06 §4.4',
    'Which of its interfaces the peer would rather be reached at: the larger, the better. Without it, 0.',
  ],
  [
    '.PeerAddress[]@type',
    'optional',
    'HOST, REFLEXIVE or PROXY',
    'gu -06 §4.4',
    'Where the address was found, in the terms of ICE. Without it, HOST.',
  ],
  [
    '.PeerAddress[]@addrType',
    'optional',
    'ipv4 or ipv6',
    'base-01 §3.2, table 3',
    'Tells how to read the address, as the later drafts write it.',
  ],
  [
    '.PeerAddress[]@connection',
    'optional',
    'text, such as 3G or ADSL',
    'base-01 §3.2, table 3',
    'The kind of access behind the interface, as the later drafts write it.',
  ],
  [
    '.PeerAddress[]@asn',
    'optional',
    'text',
    'base-01 §3.2, table 3',
    'The number of the autonomous system that the address is in, as the later drafts write it.',
  ],
  [
    '.PeerAddress[]@peerProtocol',
    'optional',
    'text',
    'base-01 §3.2, table 3',
    'The peer protocol spoken at this address, as the later drafts write it.',
  ],
];

const SWARM: readonly Row[] = [
  ['.SwarmID', 'mandatory', ID, 'gu -06 §4.6', 'The swarm; one per request in this edition.'],
];

const PEER_NUM: readonly Row[] = ['.PeerNum', '.Peernum', '.PeerNUM'].flatMap((name): Row[] => [
  [
    name,
    'optional',
    'number, at most 30',
    name === '.Peernum' ? 'gu -04 slides' : 'gu -06 §4.6',
    'How many peers the list may hold at most. -04 spells it Peernum, -06 PeerNum; all spellings are read.',
  ],
  [
    `${name}@abilityNAT`,
    'optional',
    'No-NAT, STUN, TURN or PROXY',
    'base-01 §3.2, table 2',
    'The way through address translators that listed peers should have, as the later drafts write it.',
  ],
  [
    `${name}@concurrentLinks`,
    'optional',
    'HIGH, NORMAL or LOW',
    'base-01 §3.2, table 2',
    'How well connected listed peers should be, as the later drafts write it.',
  ],
  [
    `${name}@onlineTime`,
    'optional',
    'HIGH or NORMAL',
    'base-01 §3.2, table 2',
    'How long listed peers should have been online, as the later drafts write it.',
  ],
  [
    `${name}@uploadBWlevel`,
    'optional',
    'HIGH or NORMAL',
    'base-01 §3.2, table 2',
    'How much listed peers should be able to upload, as the later drafts write it.',
  ],
]);

const JOIN: readonly Row[] = [
  [
    '.PeerMode',
    'optional',
    'SEED, LIVESEED or LEECH',
    'gu -06 §4.6',
    'What the peer is in this swarm. LIVESEED is the one source of a live stream and stands on every list. Without it, LEECH.',
  ],
  [
    '.ExpireTime',
    'optional',
    'number of seconds',
    'gu -06 §4.6',
    'When the peer expects to leave by itself; the tracker takes it out then. 0, or nothing: no such time.',
  ],
];

const CHUNK: readonly Row[] = [
  [
    '.ChunkID',
    'conditional',
    ID,
    'gu -04 slides',
    'One chunk of the swarm. JOIN_CHUNK declares to hold it; FIND_CHUNK asks for peers that do. Both must have it.',
  ],
];

const WISHES: readonly Row[] = [
  [
    '.Stats',
    'optional',
    ELEMENTS,
    'gu -06 §4.6',
    'JOIN: what the peer can do. FIND: what listed peers should be able to do.',
  ],
  ['.Stats.Stat[]', 'mandatory', 'text', 'gu -06 §4.6', 'The value of one property, such as true.'],
  [
    '.Stats.Stat[]@property',
    'mandatory',
    'name of the property',
    'gu -06 §4.6',
    'Which property, such as STUN.',
  ],
];

const CLIP: readonly Row[] = [
  ['', 'optional', ELEMENTS, 'gu -06 §4.8', 'A part of the content: only peers that hold it are wanted.'],
  ['.Name', 'mandatory', ID, 'gu -06 §4.8', 'Which clip of the content.'],
  [
    '.Type',
    'optional',
    'Video or Audio',
    'gu -06 appendix A',
    'The kind of medium, as the schema writes it.',
  ],
  ['.ChunkSegments', 'optional', ELEMENTS, 'gu -06 §4.8', 'The segments of the clip that are meant.'],
  [
    '.ChunkSegments@type',
    'mandatory',
    'video or audio',
    'gu -06 §4.8',
    'The kind of medium that the segments are of.',
  ],
  ['.ChunkSegments.Segment[]', 'mandatory', 'attributes, or a map', 'gu -06 §4.8', 'A range of segments.'],
  ['.ChunkSegments.Segment[]@from', 'mandatory', 'number', 'gu -06 §4.8', 'The first segment of the range.'],
  [
    '.ChunkSegments.Segment[]@to',
    'optional',
    'number',
    'gu -06 §4.8',
    'The last segment of the range, inclusive. Without it, the first alone.',
  ],
];

const REPORT_MAP: readonly Row[] = [
  ['', 'conditional', ELEMENTS, 'gu -06 §4.9', 'Which chunks of a swarm the peer holds (property ChunkMap).'],
  ['.SwarmID', 'optional', ID, 'gu -06 §4.9', 'The swarm. Without it, the only one that the peer is in.'],
  ['.Clip[]', 'mandatory', ELEMENTS, 'gu -06 §4.9', 'The clip that the maps are of.'],
  ['.Clip[].Name', 'mandatory', ID, 'gu -06 §4.9', 'Which clip of the content.'],
  ['.Clip[].ChunkSegments', 'mandatory', ELEMENTS, 'gu -06 §4.9', 'The maps of the clip.'],
  ['.Clip[].ChunkSegments@type', 'mandatory', 'video or audio', 'gu -06 §4.9', 'The kind of medium.'],
  [
    '.Clip[].ChunkSegments.Segment[]',
    'mandatory',
    'bitmap in Base64',
    'gu -06 §4.9, table 4',
    'Which segments of the range the peer holds. Bit i is segment from + i, the most significant bit of the first byte first.',
  ],
  [
    '.Clip[].ChunkSegments.Segment[]@from',
    'mandatory',
    'number',
    'gu -06 §4.9',
    'The segment that the first bit of the map stands for.',
  ],
  [
    '.Clip[].ChunkSegments.Segment[]@to',
    'mandatory',
    'number',
    'gu -06 §4.9',
    'The segment that the last bit of the map stands for, inclusive.',
  ],
  [
    '.Clip[].ChunkSegments.Segment[]@bitmapsize',
    'optional',
    'number',
    'gu -06 §4.9',
    'The size of the map in bits: one per segment.',
  ],
];

const COUNTERS: readonly Row[] = [
  ['.SwarmID', 'optional', ID, 'gu -06 §4.9', 'The swarm that the counters are about.'],
  [
    '.UploadedBytes',
    'optional',
    'number, 0 to 2^64 - 1',
    'gu -06 §4.9, table 4',
    'Bytes sent to other peers of the swarm. Left out, it is unknown, not zero.',
  ],
  [
    '.DownloadedBytes',
    'optional',
    'number, 0 to 2^64 - 1',
    'gu -06 §4.9, table 4',
    'Bytes received from peers of the swarm.',
  ],
  [
    '.AvailBandwidth',
    'optional',
    'number',
    'gu -06 §4.9, table 4',
    'Upload bandwidth to spare. The table repeats the words of the row above it; the later drafts say what is meant.',
  ],
];

const under = (path: string, rows: readonly Row[]): readonly Row[] =>
  rows.map(([rest, ...row]): Row => [path + rest, ...row]);

const STATISTICS: readonly Row[] = [
  [
    '.Stats',
    'conditional',
    ELEMENTS,
    'gu -06 §4.9',
    'What the peer tells of itself. A STAT_REPORT without it only says that the peer is alive.',
  ],
  ['.Stats.Stat[]', 'mandatory', 'a report element, or text', 'gu -06 §4.9', 'One property.'],
  [
    '.Stats.Stat[]@property',
    'mandatory',
    'name of the property',
    'gu -06 §4.9, table 4',
    'Which property: ChunkMap and StreamStats have elements of their own, any other is text.',
  ],
  [
    '.Stats.Stat[].StreamStatsReport',
    'conditional',
    ELEMENTS,
    'gu -06 §4.9',
    'The counters of one swarm (property StreamStats). Written with a prefix that the draft never declares; read with or without.',
  ],
  ...under('.Stats.Stat[].StreamStatsReport', COUNTERS),
  ...under('.Stats.Stat[].ChunkMapReport', REPORT_MAP),
  // Without the report elements, whose prefix is undeclared.
  ...under('.Stats.Stat[]', COUNTERS),
  ...under('.Stats.Stat[]', REPORT_MAP.slice(2)),
];

/** Instead of a `Method`. */
const ANSWER: readonly Row[] = [
  [
    '.RESPONSE',
    'mandatory',
    'STAT_QUERY',
    'gu -04 slides',
    'Says that the peer answers a question of the tracker. It is POSTed like a request.',
  ],
];

const ADDRESSED_PEER: readonly Row[] = [
  ['', 'mandatory', ELEMENTS, 'gu -06 §4.8', 'One listed peer.'],
  ['.PeerID', 'mandatory', ID, 'gu -06 §4.8', 'Who the listed peer is.'],
  [
    '.PeerMode',
    'optional',
    'SEED, LIVESEED or LEECH',
    'gu -06 §4.8',
    'What the listed peer is in the swarm.',
  ],
  [
    '.PeerType',
    'optional',
    'SEED, LIVESEED or LEECH',
    'gu -06 appendix A',
    'The same, as the schema spells it.',
  ],
  ...under('.PeerAddresses', ADDRESS_06),
  ...ADDRESS_06.slice(1),
  ['.PeerLocation', 'optional', 'text', 'gu -06 §4.8', 'Where in the network the listed peer is.'],
  ['.ConnectionType', 'optional', 'text', 'gu -06 §4.8', 'The kind of access of the listed peer.'],
  [
    '.EndPointRankCost',
    'optional',
    'number',
    'gu -06 §4.8',
    'What it costs the network to reach the listed peer, as ALTO ranks it.',
  ],
];

const RESPONSE: readonly Row[] = [
  ...HEAD,
  [
    '.Response',
    'mandatory',
    'OK, the name of the method, or an error',
    'gu -06 §4.2, table 3',
    'What came of the request. The slides repeat the name of the method, -06 says OK; both are read. Errors are words here, such as MESSAGE FORBIDDEN.',
  ],
  TRANSACTION,
  ['.PeerID', 'optional', ID, 'gu -06 appendix A', 'Who is answered; the asker knows.'],
  [
    '.AuthToken',
    'optional',
    'text',
    'gu -06 §4.4',
    'The proof to send from now on (RFC 4422). Never shown here.',
  ],
  [
    '.ReflexiveAddress[]',
    'optional',
    'attributes only',
    'gu -06 §4.4',
    'The address that the tracker sees the asker at, where it works like a STUN server.',
  ],
  ...ADDRESS_06.slice(2).map(([path, ...row]): Row => [
    path.replace('.PeerAddress[]', '.ReflexiveAddress[]'),
    ...row,
  ]),
  ['.SwarmID', 'conditional', ID, 'gu -04 slides', 'The swarm that the list is of.'],
  ['.ChunkID', 'conditional', ID, 'gu -04 slides', 'The chunk that was asked for.'],
  ...['.Peers', '.PeerInfoList'].flatMap((list): Row[] => [
    [
      list,
      'conditional',
      ELEMENTS,
      list === '.Peers' ? 'gu -04 slides' : 'gu -06 §4.8',
      'The peer list, at most 30. -04 calls it Peers and leaves its form open, -06 calls it PeerInfoList; both are read.',
    ],
    ...under(`${list}.PeerInfo[]`, ADDRESSED_PEER),
  ]),
];

const QUERIES: readonly Row[] = [
  [
    '',
    'optional',
    ELEMENTS,
    'ours',
    'Questions of the tracker to the peer. The drafts let a tracker call a peer; over HTTP the question rides on the next answer.',
  ],
  [`.${ROOT}[]`, 'mandatory', ELEMENTS, 'gu -04 slides', 'One question: a whole STAT_QUERY message.'],
  [`.${ROOT}[]@version`, 'mandatory', '1.0', 'gu -06 §4.1', 'The version of the protocol.'],
  [`.${ROOT}[].Method`, 'mandatory', 'STAT_QUERY', 'gu -04 slides', 'Says that the tracker asks.'],
  [
    `.${ROOT}[].TransactionID`,
    'mandatory',
    'identifier that begins with q.',
    'ours',
    'Ties the answer to the question. The tracker makes it, so it begins with q. to keep apart from those of peers.',
  ],
  [`.${ROOT}[].PeerID`, 'mandatory', ID, 'gu -04 slides', 'Who is asked.'],
  [`.${ROOT}[].StatRequest`, 'mandatory', ELEMENTS, 'gu -04 slides', 'The properties that are asked for.'],
  [`.${ROOT}[].StatRequest.Stat[]`, 'mandatory', 'attributes only', 'gu -04 slides', 'One property.'],
  [
    `.${ROOT}[].StatRequest.Stat[]@property`,
    'mandatory',
    'name of the property',
    'gu -04 slides',
    'Which property the peer should tell.',
  ],
];

export const GU04_FIELDS: readonly Field[] = [
  ...fieldsOf('request', ROOT, REQUEST),
  ...fieldsOf('request', ROOT, CERTIFICATE, ['CONNECT', 'DISCONNECT']),
  ...fieldsOf('request', ROOT, SASL, ['CONNECT']),
  ...fieldsOf('request', `${ROOT}.PeerAddresses`, ADDRESS_06, ['CONNECT']),
  ...fieldsOf('request', ROOT, SWARM, ['JOIN', 'JOIN_CHUNK', 'LEAVE', 'FIND', 'FIND_CHUNK']),
  ...fieldsOf('request', ROOT, JOIN, ['JOIN', 'JOIN_CHUNK']),
  ...fieldsOf('request', ROOT, CHUNK, ['JOIN_CHUNK', 'FIND', 'FIND_CHUNK']),
  ...fieldsOf('request', ROOT, [...PEER_NUM, ...WISHES], ['JOIN', 'JOIN_CHUNK', 'FIND', 'FIND_CHUNK']),
  ...fieldsOf('request', `${ROOT}.Clip`, CLIP, ['JOIN', 'JOIN_CHUNK', 'FIND', 'FIND_CHUNK']),
  ...fieldsOf('request', ROOT, STATISTICS, ['STAT_REPORT', 'STAT_QUERY']),
  ...fieldsOf('request', ROOT, ANSWER, ['STAT_QUERY']),
  ...fieldsOf('response', ROOT, RESPONSE),
  ...fieldsOf('response', `${ROOT}.Queries`, QUERIES, ['KEEPALIVE', 'STAT_REPORT']),
];
