/** XML that departs from what gu-04 and -06 have, each message in one thing only; or that one of them has. */
import type { Departure } from './departures.ts';

const root = (content: string): string =>
  `<PPSPTrackerProtocol version="1.0">${content}</PPSPTrackerProtocol>`;
const IDS = '<TransactionID>7</TransactionID><PeerID>erin</PeerID>';
const request = (method: string, content = ''): string => root(`<Method>${method}</Method>${IDS}${content}`);
const SWARM = '<SwarmID>film</SwarmID>';
const EXPIRES = '<ExpireTime>0</ExpireTime>';
const clip = (attributes: string): string =>
  `<Clip><Name>video</Name><ChunkSegments${attributes}><Segment from="0" to="3"/></ChunkSegments></Clip>`;
const answer = (word: string, content: string): string =>
  root(`<Response>${word}</Response><TransactionID>7</TransactionID>${content}`);
const LISTED =
  '<PeerInfo><PeerID>alice</PeerID><PeerMode>SEED</PeerMode><PeerAddresses><PeerAddress ip="192.0.2.1" port="80"/></PeerAddresses></PeerInfo>';
const STATS = '<SwarmID>film</SwarmID><UploadedBytes>1</UploadedBytes>';

export const GU04_DEPARTURES: readonly Departure[] = [
  {
    what: '`STAT REPORT` with a space (slides): nothing departs',
    body: request('STAT REPORT'),
    shows: 'method',
  },
  {
    what: '`Join` (-06 §4.2: any case): nothing departs',
    body: request('Join', SWARM + EXPIRES),
    shows: 'method',
  },
  { what: '`FIND CHUNK`', body: request('FIND CHUNK', `${SWARM}<ChunkID>7</ChunkID>`), shows: 'method' },
  {
    what: 'a JOIN without ExpireTime',
    body: request('JOIN', SWARM),
    shows: 'expireTime',
  },
  {
    what: 'a JOIN without PeerMode (-04 has none): nothing departs',
    body: request('JOIN', SWARM + EXPIRES),
    shows: 'mode',
  },
  {
    what: '`PeerType` (-06 appendix A) for `PeerMode`: nothing departs',
    body: request('JOIN', `${SWARM}${EXPIRES}<PeerType>LIVESEED</PeerType>`),
    shows: 'mode',
  },
  {
    what: '`SEEDER`, RFC 7846’s word',
    body: request('JOIN', `${SWARM}${EXPIRES}<PeerMode>SEEDER</PeerMode>`),
    shows: 'mode',
  },
  {
    what: 'a JOIN with a ChunkID',
    body: request('JOIN', `${SWARM}<ChunkID>7</ChunkID>${EXPIRES}`),
    shows: 'chunkId',
  },
  {
    what: 'a FIND with a ChunkID (slides): nothing departs',
    body: request('FIND', `${SWARM}<ChunkID>7</ChunkID>`),
    shows: 'chunkId',
  },
  {
    what: '`PeerNum` (-06) for the slides’ `Peernum`: nothing departs',
    body: request('FIND', `${SWARM}<PeerNum>5</PeerNum>`),
    shows: 'peerNum.count',
  },
  {
    what: '`Peernum` without a number',
    body: request('FIND', `${SWARM}<Peernum/>`),
    shows: 'peerNum.count',
  },
  {
    what: 'segments of no `type`',
    body: request('FIND', SWARM + clip('')),
    shows: 'scope.0.representation',
  },
  {
    what: 'segments of audio: nothing departs',
    body: request('FIND', SWARM + clip(' type="audio"')),
    shows: 'scope.0.representation',
  },
  {
    what: '`report:` undeclared (-06 §4.9): nothing departs',
    body: request(
      'STAT_REPORT',
      `<Stats><Stat property="StreamStats"><report:StreamStatsReport>${STATS}</report:StreamStatsReport></Stat></Stats>`,
    ),
    shows: 'stats.0.uploadedBytes',
  },
  {
    what: 'statistics straight in the `Stat`, as base-01 has them',
    body: request('STAT_REPORT', `<Stats><Stat property="StreamStats">${STATS}</Stat></Stats>`),
    shows: 'stats.0.uploadedBytes',
  },
  {
    what: '`StreamStats` as a plain value',
    body: request('STAT_REPORT', '<Stats><Stat property="StreamStats">many</Stat></Stats>'),
    shows: 'properties.0.value',
  },
  {
    what: 'a STAT_QUERY answered with `Response` for `RESPONSE`',
    body: root(`<Response>STAT_QUERY</Response>${IDS}`),
    shows: 'method',
  },
  {
    what: '`<Response>SUCCESSFUL` (-06 appendix A): nothing departs',
    body: answer('SUCCESSFUL', ''),
    answers: 'KEEPALIVE',
    shows: 'outcome',
  },
  {
    what: '`<Response>` with the method’s name (slides): nothing departs',
    body: answer('FIND', `${SWARM}<Peers>${LISTED}</Peers>`),
    answers: 'FIND',
    shows: 'peerLists.0.peers.0.peerId',
  },
  {
    what: '`PeerInfoList` (-06) for the slides’ `Peers`: nothing departs',
    body: answer('OK', `${SWARM}<PeerInfoList>${LISTED}</PeerInfoList>`),
    answers: 'FIND',
    shows: 'peerLists.0.peers.0.peerId',
  },
  {
    what: 'an answer without SwarmID',
    body: answer('OK', `<Peers>${LISTED}</Peers>`),
    answers: 'JOIN',
    shows: 'peerLists.0.swarmId',
  },
  {
    what: 'a listed peer without PeerMode',
    body: answer('OK', `${SWARM}<Peers>${LISTED.replace('<PeerMode>SEED</PeerMode>', '')}</Peers>`),
    answers: 'FIND',
    shows: 'peerLists.0.peers.0.mode',
  },
  {
    what: 'a STAT_QUERY that opens `Stats` for `StatRequest` (slides close it so)',
    body: answer(
      'OK',
      `<Queries><PPSPTrackerProtocol version="1.0"><Method>STAT QUERY</Method><TransactionID>q.1</TransactionID><PeerID>erin</PeerID><Stats><Stat property="OnlineTime"/></Stats></PPSPTrackerProtocol></Queries>`,
    ),
    answers: 'KEEPALIVE',
    shows: 'queries.0.properties',
  },
];
