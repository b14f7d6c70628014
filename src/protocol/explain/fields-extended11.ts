/** Every field of extended-04 (§4.4.1, tables 1 to 4): those of base-01, and what it adds to them. */
import { ELEMENTS, fieldsOf } from './field.ts';
import type { Field, Row } from './field.ts';
import {
  actionRows,
  headRows,
  otherSpelling,
  ownAddressRows,
  peerNumRows,
  requestHeadRows,
  responseRows,
  ROOT,
  statisticsRows,
} from './fields-base10.ts';
import type { Tables } from './fields-base10.ts';

const TABLE_4 = 'extended-04 §4.4.1, table 4';
const TABLES: Tables = {
  root: 'extended-04 §4.4.1, table 1',
  peers: 'extended-04 §4.4.1, table 2',
  statistics: 'extended-04 §4.4.1, table 3',
  counters: 'base-01 §3.2, table 5',
  wishes: 'conditional',
};
const ID = 'identifier, 1 to 1,024 bytes';
/** The draft's own examples say 1.0. */
const VERSION = '1.1, or 1.0';

/** DISCONNECT and FIND name swarms without an action. */
const SWARMS: readonly Row[] = [
  [
    '',
    'conditional',
    ID,
    TABLES.root,
    'FIND: the one swarm whose peers are wanted. DISCONNECT: a swarm to leave; without any, all of them, and the registration ends.',
  ],
];

const CONTENT: readonly Row[] = [
  [
    '',
    'optional',
    ELEMENTS,
    TABLE_4,
    'The part of the content that the request is about: only peers that reported the whole of it are listed, and seeds.',
  ],
  [
    '.Representation[]',
    'mandatory',
    ELEMENTS,
    TABLE_4,
    'A component of the content, such as a quality or a language. A peer must hold the range of every one named.',
  ],
  [
    '.Representation[]@id',
    'mandatory',
    ID,
    TABLE_4,
    'Which component, as the description of the content names it.',
  ],
  ['.Representation[].SegmentInfo', 'mandatory', 'attributes only', TABLE_4, 'The range of segments wanted.'],
  [
    '.Representation[].SegmentInfo@startIndex',
    'mandatory',
    'number',
    TABLE_4,
    'The first segment of the range.',
  ],
  [
    '.Representation[].SegmentInfo@endIndex',
    'optional',
    'number',
    TABLE_4,
    'The last segment of the range, inclusive. Without it the range is the first segment alone.',
  ],
];

/** Under `<Stat property="ContentMap">`. */
const CHUNK_MAPS: readonly Row[] = [
  [
    '[]',
    'conditional',
    ELEMENTS,
    TABLES.statistics,
    'The component of the content that the maps are of. ContentMap reports need at least one.',
  ],
  [
    '[]@id',
    'conditional',
    ID,
    TABLES.statistics,
    'Which component, as the description of the content names it.',
  ],
  [
    '[].SegmentInfo[]',
    'mandatory',
    'bitmap in Base64',
    TABLES.statistics,
    'Which segments of the range the peer holds. Bit i is segment startIndex + i, the most significant bit of the first byte first; padding bits are 0. A new report replaces what it covers.',
  ],
  [
    '[].SegmentInfo[]@startIndex',
    'conditional',
    'number',
    TABLES.statistics,
    'The segment that the first bit of the map stands for.',
  ],
  [
    '[].SegmentInfo[]@endIndex',
    'conditional',
    'number',
    TABLES.statistics,
    'The segment that the last bit of the map stands for, inclusive.',
  ],
  [
    '[].SegmentInfo[]@chunkmapSize',
    'conditional',
    'number',
    TABLES.statistics,
    'The size of the map. The draft names no unit; peers of this project count its bits, one per segment.',
  ],
];

export const EXTENDED11_FIELDS: readonly Field[] = [
  ...fieldsOf('request', ROOT, [
    ...headRows(TABLES, VERSION),
    ...requestHeadRows(TABLES, 'CONNECT, DISCONNECT, FIND or STAT_REPORT'),
  ]),
  ...fieldsOf('request', `${ROOT}.PeerNum`, peerNumRows(TABLES), ['CONNECT', 'FIND']),
  ...fieldsOf('request', `${ROOT}.PeerNUM`, otherSpelling(peerNumRows(TABLES)), ['CONNECT', 'FIND']),
  ...fieldsOf('request', `${ROOT}.SwarmID[]`, actionRows(TABLES), ['CONNECT']),
  ...fieldsOf('request', `${ROOT}.SwarmID[]`, SWARMS, ['DISCONNECT', 'FIND']),
  ...fieldsOf('request', `${ROOT}.PeerGroup`, ownAddressRows(TABLES), ['CONNECT', 'FIND']),
  ...fieldsOf('request', `${ROOT}.ContentGroup`, CONTENT, ['CONNECT', 'FIND']),
  ...fieldsOf('request', `${ROOT}.StatisticsGroup`, statisticsRows(TABLES), ['STAT_REPORT']),
  ...fieldsOf('request', `${ROOT}.StatisticsGroup.Stat[].Representation`, CHUNK_MAPS, ['STAT_REPORT']),
  ...fieldsOf('response', ROOT, [...headRows(TABLES, VERSION), ...responseRows(TABLES)]),
];
