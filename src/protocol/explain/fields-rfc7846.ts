/** Every field of RFC 7846 (§3.2, §3.3), and those seen in its examples and in deployed clients beside them. */
import { fieldsOf } from './field.ts';
import type { Field, Row } from './field.ts';

const ROOT = 'PPSPTrackerProtocol';

const HEAD: readonly Row[] = [
  [
    '',
    'mandatory',
    'object',
    'RFC 7846 §3.4',
    'The one root member: it holds the whole message, request or response.',
  ],
  [
    '.version',
    'mandatory',
    'number, 1',
    'RFC 7846 §3.2.1',
    'The version of the protocol. 1 is the only one assigned; a tracker that does not speak it answers error_code 2.',
  ],
];

const PEER_NUM: readonly Row[] = [
  [
    '',
    'optional',
    'object',
    'RFC 7846 §3.2.2',
    'Asks for a peer list of a certain size, and for peers with certain properties. A LEECH gets a list without it, a SEEDER only with it.',
  ],
  [
    '.peer_count',
    'mandatory',
    'number, at most 30',
    'RFC 7846 §3.2.2',
    'How many peers the list may hold at most. The tracker never lists more than 30, whatever is asked.',
  ],
  [
    '.ability_nat',
    'optional',
    'NO_NAT, STUN or TURN',
    'RFC 7846 §3.2.2',
    'The way through address translators that listed peers should have. It is the preference of the asker, not a filter: other peers fill up the list.',
  ],
  [
    '.concurrent_links',
    'optional',
    'number of links',
    'RFC 7846 §3.2.2',
    'How many peer-to-peer links. §3.2.2 says what the asker has now, §4.1.1 what listed peers should reach; a peer matches when it reaches the number.',
  ],
  [
    '.online_time',
    'optional',
    'number of seconds',
    'RFC 7846 §3.2.2',
    'For how long a peer has been online. Peers that stay are worth more to a swarm than passers-by.',
  ],
  ['.upload_bandwidth', 'optional', 'number of kbit/s', 'RFC 7846 §3.2.2', 'The most a peer can upload.'],
  [
    '.upload_bandwidth_level',
    'departure',
    'number of kbit/s, or a level',
    'RFC 7846 §3.2.2',
    'A name that some clients write for upload_bandwidth. It is read as that.',
  ],
];

const PEER_ADDR: readonly Row[] = [
  ['.ip_address', 'mandatory', 'object', 'RFC 7846 §3.2.4', 'The address itself: its kind and its text.'],
  [
    '.ip_address.address_type',
    'mandatory',
    'ipv4 or ipv6',
    'RFC 7846 §3.2.4',
    'Tells how to read the address. Without it, the text of the address decides.',
  ],
  [
    '.ip_address.address',
    'mandatory',
    'IPv4 or IPv6 address',
    'RFC 7846 §3.2.4',
    'IPv4 as four decimal numbers (RFC 3986 §3.2.2), IPv6 in its short form with lower-case letters (RFC 5952 §4).',
  ],
  [
    '.port',
    'mandatory',
    'number, 0 to 65535',
    'RFC 7846 §3.2.4',
    'Where the peer takes connections of the peer protocol.',
  ],
  [
    '.priority',
    'mandatory',
    'number',
    'RFC 7846 §3.2.4',
    'Which of its interfaces the peer would rather be reached at: the larger, the better. How it is come by is up to the peer.',
  ],
  [
    '.type',
    'mandatory',
    'HOST, REFLEXIVE or PROXY',
    'RFC 7846 §3.2.4',
    'Where the address was found, in the terms of ICE: on the interface itself, as others see it, or on a relay.',
  ],
  [
    '.connection',
    'optional',
    'wireless or wired',
    'RFC 7846 §3.2.4',
    'The kind of access behind the interface.',
  ],
  [
    '.asn',
    'optional',
    'string',
    'RFC 7846 §3.2.4',
    'The number of the autonomous system that the address is in. A tracker can prefer neighbours by it.',
  ],
  [
    '.peer_protocol',
    'optional',
    'string',
    'RFC 7846 §3.2.4',
    'The peer protocol spoken at this address, such as PPSP-PP.',
  ],
];

/** An address where one is due: the member itself, then what is in it. */
const addressAt = (
  path: string,
  ...[use, value, section, meaning]: readonly [Row[1], string, string, string]
) =>
  [
    [path, use, value, section, meaning],
    ...PEER_ADDR.map(([rest, ...row]): Row => [path + rest, ...row]),
  ] as const;

const REQUEST: readonly Row[] = [
  ...HEAD,
  [
    '.request_type',
    'mandatory',
    'CONNECT, FIND or STAT_REPORT',
    'RFC 7846 §3.3.1',
    'What is asked of the tracker. It decides which of connect, find and stat_report is read (table 5).',
  ],
  [
    '.transaction_id',
    'mandatory',
    'string, 1 to 1,024 bytes',
    'RFC 7846 §3.3.3',
    'Ties the response to the request. It may be used again only for a request that is the same in every byte; that one is answered as before.',
  ],
  [
    '.peer_id',
    'mandatory',
    'string, 1 to 1,024 bytes',
    'RFC 7846 §3.3.3',
    'Who asks. An opaque string, compared byte for byte, the same in every swarm.',
  ],
];

const CONNECT: readonly Row[] = [
  [
    '',
    'mandatory',
    'object',
    'RFC 7846 §3.3.3',
    'What a CONNECT carries: it registers the peer and joins or leaves swarms, all or nothing.',
  ],
  ...addressAt(
    '.peer_addr[]',
    'optional',
    'array of at least one object',
    'RFC 7846 §3.3.3',
    'One entry per interface that the peer wants to be reached at. Without any, the tracker hands out the address it sees the peer at.',
  ),
  [
    '.swarm_action[]',
    'mandatory',
    'array of at least one object',
    'RFC 7846 §3.2.3',
    'What to do in which swarm. Which combinations are valid in which state is table 6 (§4.1.1).',
  ],
  [
    '.swarm_action[].swarm_id',
    'mandatory',
    'string, 1 to 1,024 bytes',
    'RFC 7846 §3.2.3',
    'The swarm. The same one twice in a CONNECT is forbidden.',
  ],
  [
    '.swarm_action[].action',
    'mandatory',
    'JOIN or LEAVE',
    'RFC 7846 §3.2.3',
    'JOIN enters the swarm, or starts again in it; LEAVE leaves it, and the last LEAVE ends the registration.',
  ],
  [
    '.swarm_action[].peer_mode',
    'mandatory',
    'SEEDER or LEECH',
    'RFC 7846 §3.2.3',
    'SEEDER: has the whole content and only contributes. LEECH: still downloads. On a LEAVE it says nothing (§4.1.1).',
  ],
];

const FIND: readonly Row[] = [
  [
    '',
    'mandatory',
    'object',
    'RFC 7846 §3.3.3',
    'What a FIND carries: it asks for another peer list of a swarm that the peer is in.',
  ],
  [
    '.swarm_id',
    'mandatory',
    'string, 1 to 1,024 bytes',
    'RFC 7846 §3.3.3',
    'The swarm whose peers are wanted. The asker must be in it.',
  ],
];

/** §4.1.2.1 writes a FIND without its `find`. */
const FIND_AT_ROOT: readonly Row[] = [
  [
    '.swarm_id',
    'departure',
    'string, 1 to 1,024 bytes',
    'RFC 7846 §3.3.3',
    'The swarm of a FIND, at the root as in the example of §4.1.2.1. The grammar has it inside find; it is read here too.',
  ],
];

const STAT_REPORT: readonly Row[] = [
  [
    '',
    'optional',
    'object',
    'RFC 7846 §3.2.5',
    'The statistics of a STAT_REPORT. Without it the message only says that the peer is alive (§4.1.3).',
  ],
  [
    '.type',
    'mandatory',
    'STREAM_STATS',
    'RFC 7846 §3.2.5',
    'What kind of property is reported. Others may be defined; a tracker that does not know them takes the report for a keep-alive.',
  ],
];

const STAT: readonly Row[] = [
  ['', 'mandatory', 'array of at least one object', 'RFC 7846 §3.2.5', 'One entry per swarm reported on.'],
  [
    '.swarm_id',
    'mandatory',
    'string, 1 to 1,024 bytes',
    'RFC 7846 §3.2.5',
    'The swarm that the counters are about.',
  ],
  [
    '.uploaded_bytes',
    'mandatory',
    'number, 0 to 2^64 - 1',
    'RFC 7846 §3.2.5',
    'Bytes sent to the swarm since joining. Left out, it is unknown, not zero.',
  ],
  [
    '.downloaded_bytes',
    'mandatory',
    'number, 0 to 2^64 - 1',
    'RFC 7846 §3.2.5',
    'Bytes received from the swarm since joining.',
  ],
  [
    '.available_bandwidth',
    'mandatory',
    'number',
    'RFC 7846 §3.2.5',
    'Upload bandwidth that the peer has to spare now. The text names no unit; peers of this project write bit/s.',
  ],
  [
    '.concurrent_links',
    'mandatory',
    'number',
    'RFC 7846 §3.2.5',
    'Links to other peers of the swarm at this moment.',
  ],
];

const RESPONSE: readonly Row[] = [
  ...HEAD,
  [
    '.response_type',
    'mandatory',
    'number, 0 or 1',
    'RFC 7846 §3.3.2',
    '0 SUCCESSFUL, 1 FAILED (table 7). One invalid action spoils a whole CONNECT.',
  ],
  [
    '.error_code',
    'mandatory',
    'number, 0 to 6',
    'RFC 7846 §4.3',
    'Why it failed: 1 bad request, 2 unsupported version, 3 forbidden action, 4 internal error, 5 overloaded, 6 authentication required. 0 when response_type is 0.',
  ],
  [
    '.transaction_id',
    'mandatory',
    'string, 1 to 1,024 bytes',
    'RFC 7846 §3.3.4',
    'As in the request. Empty when the request could not be read far enough to tell.',
  ],
  ...addressAt(
    '.peer_addr',
    'optional',
    'object',
    'RFC 7846 §4.1.1',
    'The public address of the peer that asked, as the tracker sees it. Left out when the peer gathered such addresses itself, and in a failure.',
  ),
  [
    '.swarm_result[]',
    'optional',
    'array of at least one object',
    'RFC 7846 §3.3.4',
    'One entry per swarm of the request, LEAVE too. Not in a failure.',
  ],
  [
    '.swarm_result[].swarm_id',
    'mandatory',
    'string, 1 to 1,024 bytes',
    'RFC 7846 §3.3.4',
    'The swarm that the result is about.',
  ],
  [
    '.swarm_result[].result',
    'mandatory',
    'number, 0 or 1',
    'RFC 7846 §3.3.4',
    'What came of it in this swarm: 0 went well, 1 failed.',
  ],
  [
    '.swarm_result[].peer_group',
    'conditional',
    'object',
    'RFC 7846 §3.3.4',
    'The peer list of the swarm. A LEECH that joins and a FIND get one; a LEAVE, a STAT_REPORT and a result of 1 do not. Left out when there is nobody to list.',
  ],
  [
    '.swarm_result[].peer_group.peer_info[]',
    'mandatory',
    'array of at least one object',
    'RFC 7846 §3.2.4',
    'One entry per listed peer, at most 30, never the asker itself.',
  ],
  [
    '.swarm_result[].peer_group.peer_info[].peer_id',
    'mandatory',
    'string, 1 to 1,024 bytes',
    'RFC 7846 §3.2.4',
    'Who the listed peer is.',
  ],
  ...addressAt(
    '.swarm_result[].peer_group.peer_info[].peer_addr',
    'mandatory',
    'object',
    'RFC 7846 §3.2.4',
    'Where the listed peer can be reached: one address, the one that the peer prefers.',
  ),
];

export const RFC7846_FIELDS: readonly Field[] = [
  ...fieldsOf('request', ROOT, REQUEST),
  ...fieldsOf('request', `${ROOT}.connect`, CONNECT, ['CONNECT']),
  ...fieldsOf('request', `${ROOT}.connect.peer_num`, PEER_NUM, ['CONNECT']),
  ...fieldsOf('request', `${ROOT}.find`, FIND, ['FIND']),
  ...fieldsOf('request', `${ROOT}.find.peer_num`, PEER_NUM, ['FIND']),
  ...fieldsOf('request', ROOT, FIND_AT_ROOT, ['FIND']),
  ...fieldsOf(
    'request',
    `${ROOT}.peer_num`,
    PEER_NUM.map(([path, , value, section, meaning]): Row => [path, 'departure', value, section, meaning]),
    ['FIND'],
  ),
  ...fieldsOf('request', `${ROOT}.stat_report`, STAT_REPORT, ['STAT_REPORT']),
  ...fieldsOf('request', `${ROOT}.stat_report.stat[]`, STAT, ['STAT_REPORT']),
  ...fieldsOf(
    'request',
    `${ROOT}.stat_report.Stat[]`,
    STAT.map(([path, , value, section, meaning]): Row => [path, 'departure', value, section, meaning]),
    ['STAT_REPORT'],
  ),
  ...fieldsOf('response', ROOT, RESPONSE),
];
