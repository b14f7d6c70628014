/**
 * Every field of base-01 (§3.2, tables 2 to 5). extended-04 repeats those tables and adds to them, so the rows
 * are made for the draft that is to be cited.
 */
import { ELEMENTS, fieldsOf } from './field.ts';
import type { Field, Row } from './field.ts';

export const ROOT = 'PPSPTrackerProtocol';

/** Where a draft has each table. */
export interface Tables {
  readonly root: string;
  readonly peers: string;
  readonly statistics: string;
  readonly counters: string;
  /** The `Use` of the wishes in PeerNum. */
  readonly wishes: 'optional' | 'conditional';
}

const BASE: Tables = {
  root: 'base-01 §3.2, table 2',
  peers: 'base-01 §3.2, table 3',
  statistics: 'base-01 §3.2, table 4',
  counters: 'base-01 §3.2, table 5',
  wishes: 'optional',
};

const ID = 'identifier, 1 to 1,024 bytes';

export const headRows = (tables: Tables, version: string): readonly Row[] => [
  [
    '',
    'mandatory',
    ELEMENTS,
    tables.root,
    'The root element: it holds the whole message, request or response.',
  ],
  [
    '@version',
    'mandatory',
    version,
    tables.root,
    'The version of the protocol. A tracker that does not speak it answers 400 and says so in the Reason-Phrase.',
  ],
  [
    '@xmlns',
    'optional',
    'namespace name',
    'base-01 §3.1',
    'The namespace, "TBD" in the drafts: any is read, none is written.',
  ],
  [
    '@schemaLocation',
    'optional',
    'text',
    'base-01 §3.1',
    'Where a schema would be found, "TBD" in the drafts: read and not used.',
  ],
];

export const requestHeadRows = (tables: Tables, methods: string): readonly Row[] => [
  [
    '.Request',
    'mandatory',
    methods,
    'base-01 §3.3, table 6',
    'What is asked of the tracker; case-sensitive. A word the tracker does not know is answered 400 "Unknown Messages".',
  ],
  [
    '.TransactionID',
    'mandatory',
    ID,
    tables.root,
    'Ties the response to the request. The same one with the same bytes is a repetition, answered as before.',
  ],
  [
    '.PeerID',
    'mandatory',
    ID,
    tables.root,
    'Who asks. An opaque string, compared byte for byte, the same in every swarm.',
  ],
];

export const peerNumRows = (tables: Tables): readonly Row[] => [
  [
    '',
    'optional',
    'number, at most 30',
    tables.root,
    'How many peers the list may hold at most; its attributes describe the peers wanted. A LEECH gets a list without it, a SEED only with it.',
  ],
  [
    '@abilityNAT',
    tables.wishes,
    'No-NAT, STUN, TURN or PROXY',
    tables.root,
    'The way through address translators that listed peers should have.',
  ],
  [
    '@concurrentLinks',
    tables.wishes,
    'HIGH, NORMAL or LOW',
    tables.root,
    'How well connected listed peers should be, as a level; RFC 7846 has a number here.',
  ],
  [
    '@onlineTime',
    tables.wishes,
    'HIGH or NORMAL',
    tables.root,
    'How long listed peers should have been online, as a level; RFC 7846 has seconds here.',
  ],
  [
    '@uploadBWlevel',
    tables.wishes,
    'HIGH or NORMAL',
    tables.root,
    'How much listed peers should be able to upload, as a level; RFC 7846 has kbit/s here.',
  ],
];

export const actionRows = (tables: Tables): readonly Row[] => [
  [
    '',
    'mandatory',
    ID,
    tables.root,
    'A swarm, with what to do in it as attributes; once per action. The same swarm twice is forbidden.',
  ],
  [
    '@action',
    'conditional',
    'JOIN or LEAVE',
    tables.root,
    'JOIN enters the swarm, or starts again in it; LEAVE leaves it, and the last LEAVE ends the registration.',
  ],
  [
    '@peerMode',
    'conditional',
    'SEED or LEECH',
    tables.root,
    'SEED: has the whole content and only contributes. LEECH: still downloads. On a LEAVE it says nothing.',
  ],
  [
    '@transactionID',
    'conditional',
    ID,
    tables.root,
    'The number of this action, by which the response names its result; the root has one of its own.',
  ],
];

const addressRows = (tables: Tables): readonly Row[] => [
  [
    '.PeerAddress[]',
    'optional',
    'attributes only',
    tables.peers,
    'One interface at which the peer can be reached. A peer may have several.',
  ],
  ['.PeerAddress[]@addrType', 'mandatory', 'ipv4 or ipv6', tables.peers, 'Tells how to read the address.'],
  [
    '.PeerAddress[]@ip',
    'mandatory',
    'IPv4 or IPv6 address',
    tables.peers,
    'The address: four decimal numbers, or the text form of IPv6.',
  ],
  [
    '.PeerAddress[]@port',
    'mandatory',
    'number, 0 to 65535',
    tables.peers,
    'Where the peer takes connections of the peer protocol.',
  ],
  [
    '.PeerAddress[]@priority',
    'conditional',
    'number',
    tables.peers,
    'Which of its interfaces the peer would rather be reached at: the larger, the better. Due where ICE is used; else 0.',
  ],
  [
    '.PeerAddress[]@type',
    'conditional',
    'HOST, REFLEXIVE or PROXY',
    tables.peers,
    'Where the address was found, in the terms of ICE: on the interface itself, as others see it, or on a relay. Due where ICE is used; else HOST.',
  ],
  [
    '.PeerAddress[]@connection',
    'optional',
    'text, such as 3G or ADSL',
    tables.peers,
    'The kind of access behind the interface.',
  ],
  [
    '.PeerAddress[]@asn',
    'optional',
    'text',
    tables.peers,
    'The number of the autonomous system that the address is in. A tracker can prefer neighbours by it.',
  ],
  [
    '.PeerAddress[]@peerProtocol',
    'optional',
    'text',
    tables.peers,
    'The peer protocol spoken at this address, such as PPSP-PP.',
  ],
];

export const ownAddressRows = (tables: Tables): readonly Row[] => [
  [
    '',
    'optional',
    ELEMENTS,
    tables.peers,
    'The addresses at which the asking peer can be reached. Without it, the tracker hands out the address it sees the peer at.',
  ],
  ['.PeerInfo[]', 'mandatory', ELEMENTS, tables.peers, 'The asking peer itself.'],
  [
    '.PeerInfo[].PeerID',
    'optional',
    ID,
    tables.peers,
    'The asking peer once more; the root already names it, so it is not read here.',
  ],
  [
    '.PeerInfo[]@swarmID',
    'optional',
    ID,
    tables.peers,
    'Names the swarm of a listed peer in responses; it says nothing of the addresses of the asker.',
  ],
  ...addressRows(tables).map(([path, ...row]): Row => [`.PeerInfo[]${path}`, ...row]),
];

export const statisticsRows = (tables: Tables): readonly Row[] => [
  [
    '',
    'optional',
    ELEMENTS,
    tables.statistics,
    'The statistics of a STAT_REPORT. Without it the message only says that the peer is alive.',
  ],
  ['.Stat[]', 'mandatory', ELEMENTS, tables.statistics, 'One property of one swarm.'],
  [
    '.Stat[]@property',
    'mandatory',
    'name of the property',
    tables.statistics,
    'Which property is reported: StreamStatistics. Others may be defined; one that the tracker does not know is passed over.',
  ],
  ['.Stat[].SwarmID', 'optional', ID, tables.counters, 'The swarm that the property is about.'],
  [
    '.Stat[].UploadedBytes',
    'optional',
    'number, 0 to 2^64 - 1',
    tables.counters,
    'Bytes sent to the swarm since joining. Left out, it is unknown, not zero.',
  ],
  [
    '.Stat[].DownloadedBytes',
    'optional',
    'number, 0 to 2^64 - 1',
    tables.counters,
    'Bytes received from the swarm since joining.',
  ],
  [
    '.Stat[].AvailBandwidth',
    'optional',
    'number',
    tables.counters,
    'Upload bandwidth that the peer has to spare now. The text names no unit; peers of this project write bit/s.',
  ],
];

export const responseRows = (tables: Tables): readonly Row[] => [
  [
    '.Response',
    'mandatory',
    'SUCCESSFUL or AUTHENTICATION REQUIRED',
    'base-01 §3.4, table 7',
    'What came of the request. Every other failure has an empty body and says itself in the status line (§4.3).',
  ],
  [
    '.TransactionID',
    'mandatory',
    `results, or ${ID}`,
    'base-01 §4.1',
    'As in the request. For a CONNECT it holds one Result for the request and one per action; for anything else it is plain text.',
  ],
  [
    '.TransactionID.Result[]',
    'conditional',
    '200 OK, or another status',
    'base-01 §4.1',
    'What came of the request (the first) or of one of its actions (the others, in their order).',
  ],
  [
    '.TransactionID.Result[]@transactionID',
    'conditional',
    ID,
    tables.root,
    'The number of the request or action that the result is of.',
  ],
  [
    '.PeerID',
    'optional',
    ID,
    tables.root,
    'The root element may hold one; in a response it says nothing that the asker does not know.',
  ],
  [
    '.PeerGroup',
    'optional',
    ELEMENTS,
    tables.peers,
    'The public address of the asker first, then the peers listed for it.',
  ],
  [
    '.PeerGroup.PeerInfo[]',
    'mandatory',
    ELEMENTS,
    tables.peers,
    'One peer. Without swarmID, and first: the asker itself, at the address that the tracker sees.',
  ],
  [
    '.PeerGroup.PeerInfo[]@swarmID',
    'conditional',
    ID,
    tables.peers,
    'The swarm whose list this peer is on; at most 30 peers of one swarm.',
  ],
  ['.PeerGroup.PeerInfo[].PeerID', 'conditional', ID, tables.peers, 'Who the listed peer is.'],
  ...addressRows(tables).map(([path, ...row]): Row => [`.PeerGroup.PeerInfo[]${path}`, ...row]),
];

/** The other spelling of PeerNum, which only the tables have. */
export const otherSpelling = (rows: readonly Row[]): readonly Row[] =>
  rows.map(([path, use, value, section, meaning]): Row => [
    path,
    use,
    value,
    section,
    path === '' ? `${meaning} Spelt PeerNUM in the table, PeerNum everywhere else.` : meaning,
  ]);

export const BASE10_FIELDS: readonly Field[] = [
  ...fieldsOf('request', ROOT, [
    ...headRows(BASE, '1.0'),
    ...requestHeadRows(BASE, 'CONNECT or STAT_REPORT'),
  ]),
  ...fieldsOf('request', `${ROOT}.PeerNum`, peerNumRows(BASE), ['CONNECT']),
  ...fieldsOf('request', `${ROOT}.PeerNUM`, otherSpelling(peerNumRows(BASE)), ['CONNECT']),
  ...fieldsOf('request', `${ROOT}.SwarmID[]`, actionRows(BASE), ['CONNECT']),
  ...fieldsOf('request', `${ROOT}.PeerGroup`, ownAddressRows(BASE), ['CONNECT']),
  ...fieldsOf('request', `${ROOT}.StatisticsGroup`, statisticsRows(BASE), ['STAT_REPORT']),
  ...fieldsOf('response', ROOT, [...headRows(BASE, '1.0'), ...responseRows(BASE)]),
];
