/** gu-04 messages to bytes (-04 slides; gu -06 §4): strict, compact, with an XML declaration as -06 has it. */
import { encodeBase64 } from '../../base64.ts';
import { segmentCount } from '../../chunk-map.ts';
import type {
  ChunkMap,
  ContentMap,
  FindRequest,
  JoinRequest,
  PeerAddress,
  PeerList,
  Property,
  Request,
  Response,
  ScopeRange,
  StatQuery,
  StreamStats,
  SuccessResponse,
} from '../../message.ts';
import { encodeText } from '../../text.ts';
import { element, escapeAttribute, escapeText, XML_DECLARATION } from '../../xml.ts';
import { ROOT } from '../base/elements.ts';
import type { Statistics } from '../base/read-statistics.ts';
import { clipOf } from './clip.ts';
import { ERROR_WORDS, namesSwarm } from './elements.ts';
import { CHUNK_MAP, STREAM_STATS } from './read-stats.ts';

/**
 * -06 §4.9 leaves its prefix `report` undeclared, which a reader that knows namespaces refuses. Declared, with
 * the target namespace of appendix A, any reader takes it.
 */
export const REPORT_NAMESPACE = 'http://www.example.org/ppsp/';

const message = (version: string, content: string): Uint8Array<ArrayBuffer> =>
  encodeText(XML_DECLARATION + element(ROOT, { version }, content));

/** An element that holds an identifier or a number; none when there is no value. */
const leaf = (name: string, value: string | number | bigint | undefined): string =>
  value === undefined ? '' : element(name, {}, escapeText(String(value)));

export function encodeRequest(request: Request): Uint8Array<ArrayBuffer> {
  return message(
    request.version,
    (request.method === 'STAT_QUERY' ? leaf('RESPONSE', request.method) : leaf('Method', request.method)) +
      leaf('TransactionID', request.transactionId) +
      leaf('PeerID', request.peerId) +
      leaf('AuthToken', request.authToken) +
      requestData(request),
  );
}

function requestData(request: Request): string {
  switch (request.method) {
    case 'CONNECT':
      return leaf('Cer', request.certificate) + peerAddresses(request.addresses);
    case 'DISCONNECT':
      return leaf('Cer', request.certificate);
    case 'JOIN':
    case 'JOIN_CHUNK':
      return join(request);
    case 'LEAVE':
      return leaf('SwarmID', request.swarmId);
    case 'FIND':
    case 'FIND_CHUNK':
      return find(request);
    case 'KEEPALIVE':
      return '';
    case 'STAT_REPORT':
    case 'STAT_QUERY':
      return statistics(request);
    default:
      return request satisfies never;
  }
}

const join = (request: JoinRequest): string =>
  leaf('SwarmID', request.swarmId) +
  leaf('ChunkID', request.chunkId) +
  leaf('ExpireTime', request.expireTime) +
  leaf('PeerMode', request.mode) +
  leaf('PeerNum', request.peerNum?.count) +
  stats(request.properties) +
  clips(request.scope);

const find = (request: FindRequest): string =>
  leaf('SwarmID', request.swarmId) +
  leaf('ChunkID', request.chunkId) +
  leaf('Peernum', request.peerNum?.count) +
  stats(request.properties) +
  clips(request.scope);

const property = ({ name, value }: Property): string =>
  element('Stat', { property: name }, escapeText(value));

const stats = (properties: readonly Property[]): string =>
  properties.length > 0 ? element('Stats', {}, properties.map(property).join('')) : '';

function statistics(report: Statistics): string {
  const structured = report.stats.map(streamStats).join('') + report.contentMaps.map(contentMap).join('');
  if (structured === '') return stats(report.properties);
  const properties = report.properties.map(property).join('');
  return element('Stats', { 'xmlns:report': REPORT_NAMESPACE }, structured + properties);
}

const structure = (name: string, content: string): string =>
  element('Stat', { property: name }, element(`report:${name}Report`, {}, content));

const streamStats = (stat: StreamStats): string =>
  structure(
    STREAM_STATS,
    leaf('SwarmID', stat.swarmId) +
      leaf('UploadedBytes', stat.uploadedBytes) +
      leaf('DownloadedBytes', stat.downloadedBytes) +
      leaf('AvailBandwidth', stat.availableBandwidth),
  );

const contentMap = ({ swarmId, representations }: ContentMap): string =>
  structure(
    CHUNK_MAP,
    leaf('SwarmID', swarmId) +
      representations.map(({ id, maps }) => clip(id, maps.map(chunkMap).join(''))).join(''),
  );

const chunkMap = ({ startIndex, endIndex, bitmap }: ChunkMap): string =>
  element(
    'Segment',
    { from: startIndex, to: endIndex, bitmapsize: segmentCount({ startIndex, endIndex }) },
    encodeBase64(bitmap),
  );

function clip(representation: string, segments: string): string {
  const { name, type } = clipOf(representation);
  return element('Clip', {}, leaf('Name', name) + element('ChunkSegments', { type }, segments));
}

/** One Clip for each run of ranges of one representation. The schema has room for one; a scope may name more. */
function clips(scope: readonly ScopeRange[] = []): string {
  let written = '';
  let segments = '';
  for (const [index, { representation, startIndex, endIndex }] of scope.entries()) {
    segments += element('Segment', { from: startIndex, to: endIndex });
    if (scope[index + 1]?.representation === representation) continue;
    written += clip(representation, segments);
    segments = '';
  }
  return written;
}

/** Priority and type where they are not what a reader takes for granted (digest, "Addresses"). */
const addressAttributes = (address: PeerAddress, usual: PeerAddress['type']): string =>
  ` ip="${escapeAttribute(address.address)}" port="${address.port}"` +
  (address.priority === 0 ? '' : ` priority="${address.priority}"`) +
  (address.type === usual ? '' : ` type="${address.type}"`);

function peerAddresses(addresses: readonly PeerAddress[]): string {
  if (addresses.length === 0) return '';
  let content = '';
  for (const address of addresses) content += `<PeerAddress${addressAttributes(address, 'HOST')}/>`;
  return `<PeerAddresses>${content}</PeerAddresses>`;
}

/** Table 3 (gu -06 §4.2); a failure has a body here, as in JSON. */
export function encodeResponse(response: Response): Uint8Array<ArrayBuffer> {
  const { method, version, transactionId } = response;
  if (response.outcome === 'failure')
    return message(
      version,
      leaf('Response', ERROR_WORDS[response.error]) + leaf('TransactionID', transactionId),
    );
  // The slides answer a FIND with its own name (digest, "Errors").
  const word = method === 'FIND' || method === 'FIND_CHUNK' ? method : 'OK';
  const { publicAddress, authToken } = response;
  return message(
    version,
    leaf('Response', word) +
      leaf('AuthToken', authToken) +
      leaf('TransactionID', transactionId) +
      (publicAddress ? `<ReflexiveAddress${addressAttributes(publicAddress, 'REFLEXIVE')}/>` : '') +
      (namesSwarm(method) ? listing(response) : '') +
      queries(response),
  );
}

/** One swarm, for a request of this edition names one. */
function listing({ results, peerLists }: SuccessResponse): string {
  const [list] = peerLists;
  const swarmId = list?.swarmId ?? results.find(({ ok }) => ok)?.swarmId;
  return leaf('SwarmID', swarmId) + (list ? leaf('ChunkID', list.chunkId) + peers(list) : '');
}

/** One text in one go, as a list has thirty of them. */
function peers(list: PeerList): string {
  let content = '';
  for (const { peerId, addresses, mode } of list.peers) {
    content += `<PeerInfo><PeerID>${escapeText(peerId)}</PeerID>`;
    if (mode !== undefined) content += `<PeerMode>${mode}</PeerMode>`;
    content += `${peerAddresses(addresses)}</PeerInfo>`;
  }
  return element('Peers', {}, content);
}

function queries({ version, queries: asked }: SuccessResponse): string {
  if (asked.length === 0) return '';
  return element('Queries', {}, asked.map((query) => statQuery(query, version)).join(''));
}

function statQuery({ transactionId, peerId, properties }: StatQuery, version: string): string {
  const wanted = properties.map((name) => element('Stat', { property: name })).join('');
  return element(
    ROOT,
    { version },
    leaf('Method', 'STAT_QUERY') +
      leaf('TransactionID', transactionId) +
      leaf('PeerID', peerId) +
      element('StatRequest', {}, wanted),
  );
}
