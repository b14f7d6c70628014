/** JSON that departs from RFC 7846's grammar, each message in one thing only. */
import type { Departure } from './departures.ts';

const root = (members: string): string => `{"PPSPTrackerProtocol":{"version":1,${members}}}`;
const request = (type: string, members: string): string =>
  root(`"request_type":"${type}","transaction_id":"7","peer_id":"erin"${members && `,${members}`}`);

const ACTION = '{"swarm_id":"film","action":"JOIN","peer_mode":"LEECH"}';
const ADDRESS =
  '{"ip_address":{"address_type":"ipv4","address":"192.0.2.5"},"port":80,"priority":1,"type":"HOST"}';
const STAT =
  '{"swarm_id":"film","uploaded_bytes":1,"downloaded_bytes":2,"available_bandwidth":3,"concurrent_links":4}';

const connect = (members: string): string => request('CONNECT', `"connect":{${members}}`);
const joining = (members: string): string => connect(`${members},"swarm_action":[${ACTION}]`);
const wishing = (members: string): string => joining(`"peer_num":{${members}}`);
const at = (address: string): string => joining(`"peer_addr":[${address}]`);
const reporting = (stat: string): string =>
  request('STAT_REPORT', `"stat_report":{"type":"STREAM_STATS",${stat}}`);
const response = (members: string): string => root(`"transaction_id":"7",${members}`);
const listing = (group: string): string =>
  response(
    `"response_type":0,"error_code":0,"swarm_result":[{"swarm_id":"film","result":0,"peer_group":{${group}}}]`,
  );

export const RFC7846_DEPARTURES: readonly Departure[] = [
  {
    what: '`swarm_action` as the bare object (§4.1.1.1)',
    body: connect(`"swarm_action":${ACTION}`),
    shows: 'actions.0.swarmId',
  },
  {
    what: '`peer_addr` as the bare object (§4.1.1.1)',
    body: joining(`"peer_addr":${ADDRESS}`),
    shows: 'addresses.0.address',
  },
  {
    what: '`peer_mode` `SEED`, the drafts’ word',
    body: connect(`"swarm_action":[${ACTION.replace('LEECH', 'SEED')}]`),
    shows: 'actions.0.mode',
  },
  {
    what: '`"concurrent_links": "5"` (§4.1.1.1)',
    body: wishing('"peer_count":5,"concurrent_links":"5"'),
    shows: 'peerNum.concurrentLinks',
  },
  {
    what: '`upload_bandwidth_level` with a level',
    body: wishing('"peer_count":5,"upload_bandwidth_level":"HIGH"'),
    shows: 'peerNum.uploadBandwidth',
  },
  {
    what: '`peer_num` without `peer_count`',
    body: wishing('"ability_nat":"STUN"'),
    shows: 'peerNum.count',
  },
  {
    what: '`"peer_count": 50`: more than 30',
    body: wishing('"peer_count":50'),
    shows: 'peerNum.count',
  },
  {
    what: '`address_type` in capitals',
    body: at(ADDRESS.replace('ipv4', 'IPV4')),
    shows: 'addresses.0.addressType',
  },
  {
    what: 'an address without `type` (§4.1.1.1, in a response)',
    body: at(ADDRESS.replace(',"type":"HOST"', '')),
    shows: 'addresses.0.type',
  },
  {
    what: 'an address without `priority`',
    body: at(ADDRESS.replace('"priority":1,', '')),
    shows: 'addresses.0.priority',
  },
  {
    what: '`asn` as a number',
    body: at(ADDRESS.replace('"type"', '"asn":64496,"type"')),
    shows: 'addresses.0.asn',
  },
  {
    what: '`"connection": "3G"`, as base-01 writes it',
    body: at(ADDRESS.replace('"type"', '"connection":"3G","type"')),
    shows: 'addresses.0.connection',
  },
  {
    what: '`peer_addr` empty',
    body: joining('"peer_addr":[]'),
    shows: 'addresses',
  },
  {
    what: '`swarm_id` and `peer_num` of a FIND at the root (§4.1.2.1)',
    body: request('FIND', '"swarm_id":"film","peer_num":{"peer_count":5}'),
    shows: 'swarmId',
  },
  {
    what: '`peer_num` alone beside `find`',
    body: request('FIND', '"find":{"swarm_id":"film"},"peer_num":{"peer_count":5}'),
    shows: 'peerNum.count',
  },
  {
    what: '`Stat` for `stat` (§4.1.3.1)',
    body: reporting(`"Stat":[${STAT}]`),
    shows: 'stats.0.uploadedBytes',
  },
  {
    what: '`stat` as the bare object',
    body: reporting(`"stat":${STAT}`),
    shows: 'stats.0.uploadedBytes',
  },
  {
    what: '`stat_report` without `type`',
    body: request('STAT_REPORT', `"stat_report":{"stat":[${STAT}]}`),
    shows: 'stats.0.uploadedBytes',
  },
  {
    what: 'a counter left out',
    body: reporting(`"stat":[${STAT.replace('"uploaded_bytes":1,', '')}]`),
    shows: 'stats.0.uploadedBytes',
  },
  {
    what: 'a counter beyond 2^53 in digits: nothing departs',
    body: reporting(`"stat":[${STAT.replace(':1,', ':9007199254740993,')}]`),
    shows: 'stats.0.uploadedBytes',
  },
  {
    what: 'a counter written `1e19`',
    body: reporting(`"stat":[${STAT.replace(':1,', ':1e19,')}]`),
    shows: 'stats.0.uploadedBytes',
  },
  {
    what: 'a counter in a string',
    body: reporting(`"stat":[${STAT.replace(':1,', ':"18446744073709551615",')}]`),
    shows: 'stats.0.uploadedBytes',
  },
  {
    what: 'statistics of another `type`: only the life counts',
    body: request('STAT_REPORT', '"stat_report":{"type":"OTHER_STATS","stat":[]}'),
    shows: 'stats',
  },
  {
    what: 'a member twice: the last counts',
    body: request('FIND', '"find":{"swarm_id":"news","swarm_id":"film"}'),
    shows: 'swarmId',
  },
  {
    what: 'a byte order mark',
    body: `\ufeff${request('FIND', '"find":{"swarm_id":"film"}')}`,
    shows: 'method',
  },
  {
    what: '`"error_code": "00"` (§3.3.4 speaks of 00)',
    body: response('"response_type":0,"error_code":"00"'),
    answers: 'STAT_REPORT',
    shows: 'outcome',
  },
  {
    what: 'no `error_code`',
    body: response('"response_type":0'),
    answers: 'STAT_REPORT',
    shows: 'outcome',
  },
  {
    what: 'an `error_code` that is not assigned',
    body: response('"response_type":1,"error_code":77'),
    answers: 'CONNECT',
    shows: 'error',
  },
  {
    what: '`swarm_result` as the bare object (§4.1.2.1)',
    body: response('"response_type":0,"error_code":0,"swarm_result":{"swarm_id":"film","result":0}'),
    answers: 'FIND',
    shows: 'results.0.swarmId',
  },
  {
    what: 'an empty `peer_group`',
    body: listing('"peer_info":[]'),
    answers: 'FIND',
    shows: 'peerLists',
  },
  {
    what: 'the asker itself on the list (§4.1.2.1): nothing departs, a peer of ours passes it over',
    body: listing(`"peer_info":[{"peer_id":"erin","peer_addr":${ADDRESS}}]`),
    answers: 'FIND',
    shows: 'peerLists.0.peers.0.peerId',
  },
];
