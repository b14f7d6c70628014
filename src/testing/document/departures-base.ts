/** XML that departs from base-01's and extended-04's grammar, each message in one thing only. */
import type { Departure } from './departures.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const root = (content: string, version: string): string =>
  `${DECLARATION}<PPSPTrackerProtocol version="${version}">${content}</PPSPTrackerProtocol>`;
const request = (method: string, content: string, version = '1.0'): string =>
  root(
    `<Request>${method}</Request><TransactionID>7</TransactionID><PeerID>erin</PeerID>${content}`,
    version,
  );
const ACTION = '<SwarmID action="JOIN" peerMode="LEECH" transactionID="7.1">film</SwarmID>';
const connect = (content: string, version?: string): string => request('CONNECT', content + ACTION, version);
const at = (attributes: string): string =>
  connect(`<PeerGroup><PeerInfo><PeerAddress ${attributes}/></PeerInfo></PeerGroup>`);
const report = (stat: string, version?: string): string =>
  request('STAT_REPORT', `<StatisticsGroup>${stat}</StatisticsGroup>`, version);
const answer = (content: string, version = '1.0'): string =>
  root(`<Response>SUCCESSFUL</Response>${content}`, version);
const RESULTS =
  '<TransactionID><Result transactionID="7.0">200 OK</Result><Result transactionID="7.1">200 OK</Result></TransactionID>';
const info = (id: string, swarm = ''): string =>
  `<PeerInfo${swarm}><PeerID>${id}</PeerID><PeerAddress addrType="ipv4" ip="192.0.2.1" port="80"/></PeerInfo>`;

export const BASE_DEPARTURES: readonly Departure[] = [
  {
    what: 'no XML declaration',
    body: connect('').replace(DECLARATION, ''),
    shows: 'method',
  },
  {
    what: '`PeerNUM` (base-01 table 2), `PeerNum` elsewhere',
    body: connect('<PeerNUM>5</PeerNUM>'),
    shows: 'peerNum.count',
  },
  {
    what: '`PeerNum` without a number',
    body: connect('<PeerNum abilityNAT="STUN"/>'),
    shows: 'peerNum.count',
  },
  {
    what: '`abilityNAT="NO_NAT"`, RFC 7846’s word',
    body: connect('<PeerNum abilityNAT="NO_NAT">5</PeerNum>'),
    shows: 'peerNum.abilityNat',
  },
  {
    what: '`uploadBWlevel="600"`: a number',
    body: connect('<PeerNum uploadBWlevel="600">5</PeerNum>'),
    shows: 'peerNum.uploadBandwidth',
  },
  {
    what: '`onlineTime="LOW"`: a level that table 2 has for links only',
    body: connect('<PeerNum onlineTime="LOW">5</PeerNum>'),
    shows: 'peerNum.onlineTime',
  },
  {
    what: '`peerMode="SEEDER"`, RFC 7846’s word',
    body: connect('').replace('LEECH', 'SEEDER'),
    shows: 'actions.0.mode',
  },
  {
    what: 'an action without `transactionID`',
    body: connect('').replace(' transactionID="7.1"', ''),
    shows: 'actions.0.transactionId',
  },
  {
    what: 'an address without `addrType`',
    body: at('ip="2001:DB8:0:0::1" port="80"'),
    shows: 'addresses.0.address',
  },
  {
    what: '`addrType="IPv4"`',
    body: at('addrType="IPv4" ip="192.0.2.5" port="80"'),
    shows: 'addresses.0.addressType',
  },
  {
    what: 'an address without `priority` and `type`: nothing departs',
    body: at('addrType="ipv4" ip="192.0.2.5" port="80"'),
    shows: 'addresses.0',
  },
  {
    what: '`Stat` without `property`',
    body: report('<Stat><SwarmID>film</SwarmID><UploadedBytes>1</UploadedBytes></Stat>'),
    shows: 'stats.0.uploadedBytes',
  },
  {
    what: 'statistics without SwarmID: nothing departs, they are of the only swarm the peer is in',
    body: report('<Stat property="StreamStatistics"><UploadedBytes>1</UploadedBytes></Stat>'),
    shows: 'stats.0.swarmId',
  },
  {
    what: 'any namespace, any prefix: nothing departs',
    body: connect('')
      .replace('<PPSPTrackerProtocol', '<p:PPSPTrackerProtocol xmlns:p="TBD"')
      .replace('</PPSPTrackerProtocol', '</p:PPSPTrackerProtocol'),
    shows: 'method',
  },
  {
    what: 'CONNECT answered with a plain TransactionID (extended-04 §5.1)',
    body: answer('<TransactionID>7.0</TransactionID>'),
    answers: 'CONNECT',
    shows: 'transactionId',
  },
  {
    what: 'STAT_REPORT answered with results',
    body: answer(RESULTS),
    answers: 'STAT_REPORT',
    shows: 'transactionId',
  },
  {
    what: 'listed peers without `swarmID` (extended-04 §5.1), the request being of one swarm',
    body: answer(`${RESULTS}<PeerGroup>${info('erin')}${info('alice')}</PeerGroup>`),
    answers: 'CONNECT',
    shows: 'peerLists.0.swarmId',
  },
  {
    what: 'the asker’s PeerInfo without a PeerID: nothing departs',
    body: answer(
      `${RESULTS}<PeerGroup>${info('').replace('<PeerID></PeerID>', '')}${info('alice', ' swarmID="film"')}</PeerGroup>`,
    ),
    answers: 'CONNECT',
    shows: 'publicAddress.address',
  },
];

const MAP = '<SwarmID>film</SwarmID>';
const map = (attributes: string, text: string): string =>
  report(
    `<Stat property="ContentMap">${MAP}<Representation id="video"><SegmentInfo ${attributes}>${text}</SegmentInfo></Representation></Stat>`,
    '1.1',
  );

export const EXTENDED_DEPARTURES: readonly Departure[] = [
  {
    what: '`version="1.0"` in a FIND (extended-04 §5.3)',
    body: request('FIND', '<SwarmID>film</SwarmID>'),
    shows: 'version',
  },
  {
    what: 'a FIND answered without `swarmID` (extended-04 §5.3)',
    body: answer(`<TransactionID>7</TransactionID><PeerGroup>${info('alice')}</PeerGroup>`, '1.1'),
    answers: 'FIND',
    shows: 'peerLists.0.peers.0.peerId',
  },
  {
    what: 'a scope that names no representation',
    body: connect('<ContentGroup/>', '1.1'),
    shows: 'scope',
  },
  {
    what: 'a scope of two ranges of one representation',
    body: connect(
      '<ContentGroup><Representation id="video"><SegmentInfo startIndex="0" endIndex="3"/><SegmentInfo startIndex="9"/></Representation></ContentGroup>',
      '1.1',
    ),
    shows: 'scope.length',
  },
  {
    what: 'a map with white space around it (extended-04 §5.4)',
    body: map('startIndex="0" endIndex="15" chunkmapSize="16"', '\n  70A=\n'),
    shows: 'contentMaps.0.representations.0.maps.0.bitmap',
  },
  {
    what: 'a map that ends in an elision, `....` (extended-04 §5.4)',
    body: map('startIndex="0" endIndex="15" chunkmapSize="16"', '70A=....'),
    shows: 'contentMaps.0.representations.0.maps.0.bitmap',
  },
  {
    what: 'Base64 without padding',
    body: map('startIndex="0" endIndex="15" chunkmapSize="16"', '70A'),
    shows: 'contentMaps.0.representations.0.maps.0.bitmap',
  },
  {
    what: 'more map than segments',
    body: map('startIndex="0" endIndex="7" chunkmapSize="8"', '70A='),
    shows: 'contentMaps.0.representations.0.maps.0.bitmap',
  },
  {
    what: 'bits set after the last segment',
    body: map('startIndex="0" endIndex="3" chunkmapSize="4"', '/w=='),
    shows: 'contentMaps.0.representations.0.maps.0.bitmap',
  },
  {
    what: 'no `endIndex`',
    body: map('startIndex="4" chunkmapSize="8"', '7w=='),
    shows: 'contentMaps.0.representations.0.maps.0.endIndex',
  },
  {
    what: 'no `chunkmapSize`',
    body: map('startIndex="0" endIndex="7"', '7w=='),
    shows: 'contentMaps.0.representations.0.maps.0.endIndex',
  },
];
