/**
 * The members of the one message model as a form has them: once for all editions. Which of them an edition's method
 * has, what it calls them and what its text says of them, the explain catalogue tells; see `form.ts`.
 */
import type { Method } from '../../protocol/message.ts';

/**
 * `word`: one of those that the text names, else a text. `capability`: a number or a level, as the text has it. `ip`:
 * an address, which tells its own type. `bits`: a segment each, 1 for one that is held.
 */
export type MemberKind =
  'id' | 'text' | 'secret' | 'number' | 'counter' | 'word' | 'capability' | 'ip' | 'bits' | 'group' | 'list';

export interface Member {
  /** As `Request` has it; empty: the item of a list itself. */
  readonly key: string;
  /** What the editions call it on the wire. */
  readonly names: readonly string[];
  readonly kind: MemberKind;
  /** `text`: where the edition's text asks for it. */
  readonly required?: true | 'text';
  /** What a blank form holds where it is required. */
  readonly blank?: string;
  /** In a blank form though it is not required. */
  readonly offered?: true;
  /** A list that is left out when it is empty. */
  readonly optional?: true;
  readonly members?: readonly Member[];
}

const SWARM_ID: Member = {
  key: 'swarmId',
  names: ['swarm_id', 'SwarmID'],
  kind: 'id',
  required: true,
  blank: 'film',
};
const NAMED: Member = { ...SWARM_ID, required: 'text' };

const PEER_NUM: Member = {
  key: 'peerNum',
  names: ['peer_num', 'PeerNum'],
  kind: 'group',
  members: [
    { key: 'count', names: ['peer_count', 'PeerNum'], kind: 'number', required: true, blank: '20' },
    { key: 'abilityNat', names: ['ability_nat', 'abilityNAT'], kind: 'word' },
    { key: 'concurrentLinks', names: ['concurrent_links', 'concurrentLinks'], kind: 'capability' },
    { key: 'onlineTime', names: ['online_time', 'onlineTime'], kind: 'capability' },
    { key: 'uploadBandwidth', names: ['upload_bandwidth', 'uploadBWlevel'], kind: 'capability' },
  ],
};

const ADDRESSES: Member = {
  key: 'addresses',
  names: ['peer_addr', 'PeerAddress'],
  kind: 'list',
  members: [
    { key: 'address', names: ['address', 'ip'], kind: 'ip', required: true, blank: '192.0.2.1' },
    { key: 'port', names: ['port'], kind: 'number', required: true, blank: '6881' },
    { key: 'priority', names: ['priority'], kind: 'number', required: true, blank: '1' },
    { key: 'type', names: ['type'], kind: 'word', required: true, blank: 'HOST' },
    { key: 'connection', names: ['connection'], kind: 'word' },
    { key: 'asn', names: ['asn'], kind: 'text' },
    { key: 'peerProtocol', names: ['peer_protocol', 'peerProtocol'], kind: 'text' },
  ],
};

const START: Member = {
  key: 'startIndex',
  names: ['startIndex', 'from'],
  kind: 'number',
  required: true,
  blank: '0',
};

const SCOPE: Member = {
  key: 'scope',
  names: ['ContentGroup', 'Clip'],
  kind: 'list',
  optional: true,
  members: [
    { key: 'representation', names: ['id', 'Name'], kind: 'id', required: true, blank: 'video' },
    START,
    { key: 'endIndex', names: ['endIndex', 'to'], kind: 'number' },
  ],
};

const CERTIFICATE: Member = { key: 'certificate', names: ['Cer'], kind: 'text' };
const CHUNK: Member = { key: 'chunkId', names: ['ChunkID'], kind: 'id' };
const THE_CHUNK: Member = { ...CHUNK, required: true, blank: '0' };

const PROPERTIES: Member = {
  key: 'properties',
  names: ['Stats'],
  kind: 'list',
  members: [
    { key: 'name', names: ['property'], kind: 'id', required: true, blank: 'STUN' },
    { key: 'value', names: ['Stat'], kind: 'text', required: true, blank: 'true' },
  ],
};

const JOIN: readonly Member[] = [
  SWARM_ID,
  { key: 'mode', names: ['PeerMode'], kind: 'word', required: true, blank: 'LEECH' },
  { key: 'expireTime', names: ['ExpireTime'], kind: 'number', required: true, blank: '0' },
  PEER_NUM,
  SCOPE,
  PROPERTIES,
];
const FIND: readonly Member[] = [SWARM_ID, PEER_NUM, ADDRESSES, SCOPE, PROPERTIES];

const STATISTICS: readonly Member[] = [
  {
    key: 'stats',
    names: ['stat', 'Stat'],
    kind: 'list',
    members: [
      NAMED,
      { key: 'uploadedBytes', names: ['uploaded_bytes', 'UploadedBytes'], kind: 'counter', blank: '0' },
      { key: 'downloadedBytes', names: ['downloaded_bytes', 'DownloadedBytes'], kind: 'counter', blank: '0' },
      {
        key: 'availableBandwidth',
        names: ['available_bandwidth', 'AvailBandwidth'],
        kind: 'number',
        blank: '1000000',
      },
      { key: 'concurrentLinks', names: ['concurrent_links'], kind: 'number', blank: '0' },
    ],
  },
  {
    key: 'contentMaps',
    names: ['Representation', 'ChunkMapReport'],
    kind: 'list',
    members: [
      NAMED,
      {
        key: 'representations',
        names: ['Representation', 'Clip'],
        kind: 'list',
        required: true,
        members: [
          { key: 'id', names: ['id', 'Name'], kind: 'id', required: true, blank: 'video' },
          {
            key: 'maps',
            names: ['SegmentInfo', 'Segment'],
            kind: 'list',
            required: true,
            members: [
              START,
              {
                key: 'held',
                names: ['SegmentInfo', 'Segment'],
                kind: 'bits',
                required: true,
                blank: '11110000',
              },
            ],
          },
        ],
      },
    ],
  },
  PROPERTIES,
];

export const HEAD: readonly Member[] = [
  { key: 'peerId', names: ['peer_id', 'PeerID'], kind: 'id', required: true },
  { key: 'transactionId', names: ['transaction_id', 'TransactionID'], kind: 'id', required: true },
  { key: 'authToken', names: ['AuthToken'], kind: 'secret' },
];

/** `Request`, method by method. */
export const MEMBERS: Readonly<Record<Method, readonly Member[]>> = {
  CONNECT: [
    {
      key: 'actions',
      names: ['swarm_action', 'SwarmID'],
      kind: 'list',
      required: true,
      members: [
        SWARM_ID,
        { key: 'action', names: ['action'], kind: 'word', required: true, blank: 'JOIN' },
        { key: 'mode', names: ['peer_mode', 'peerMode'], kind: 'word', required: true, blank: 'LEECH' },
        { key: 'transactionId', names: ['transactionID'], kind: 'id', blank: '1', offered: true },
      ],
    },
    PEER_NUM,
    ADDRESSES,
    SCOPE,
    CERTIFICATE,
  ],
  DISCONNECT: [
    {
      key: 'swarmIds',
      names: ['SwarmID'],
      kind: 'list',
      members: [{ key: '', names: ['SwarmID'], kind: 'id', required: true, blank: 'film' }],
    },
    CERTIFICATE,
  ],
  JOIN,
  JOIN_CHUNK: [...JOIN, THE_CHUNK],
  LEAVE: [SWARM_ID],
  FIND: [...FIND, CHUNK],
  FIND_CHUNK: [...FIND, THE_CHUNK],
  KEEPALIVE: [],
  STAT_REPORT: STATISTICS,
  STAT_QUERY: STATISTICS,
};
