/** Messages of base-01 (§3, §4) and extended-04 (§4.4) to bytes: strict, compact, no namespace ("TBD" in the drafts). */
import { encodeBase64 } from '../../base64.ts';
import { toLevel } from '../../capability.ts';
import type { CapabilityKind } from '../../capability.ts';
import { segmentCount } from '../../chunk-map.ts';
import { entryOf } from '../../entry.ts';
import type { SwarmId } from '../../ids.ts';
import type {
  Capability,
  ContentMap,
  PeerAddress,
  PeerInfo,
  PeerNum,
  Request,
  Response,
  ScopeRange,
  StreamStats,
  SuccessResponse,
  SwarmAction,
} from '../../message.ts';
import { RULES } from '../../rules.ts';
import { encodeText } from '../../text.ts';
import { element, escapeAttribute, escapeText, XML_DECLARATION } from '../../xml.ts';
import type { BaseEdition } from './elements.ts';
import { ROOT } from './elements.ts';

const message = (version: string, content: string): Uint8Array<ArrayBuffer> =>
  encodeText(XML_DECLARATION + element(ROOT, { version }, content));

/** An element that holds an identifier or a number. */
function leaf(name: string, value: string | number | bigint): string {
  const text = escapeText(String(value));
  return text === '' ? `<${name}/>` : `<${name}>${text}</${name}>`;
}

export function encodeRequest(request: Request, edition: BaseEdition): Uint8Array<ArrayBuffer> {
  return message(
    request.version,
    leaf('Request', request.method) +
      leaf('TransactionID', request.transactionId) +
      leaf('PeerID', request.peerId) +
      requestData(request, RULES[edition].contentScopes),
  );
}

/**
 * `scopes`: whether the edition has content scopes and maps. What is no request of the edition is written
 * too, by its name and as far as the two have words for it: the tracker then answers "Unknown Messages".
 */
function requestData(request: Request, scopes: boolean): string {
  switch (request.method) {
    case 'CONNECT':
      return (
        peerNum(request.peerNum) +
        request.actions.map(swarmAction).join('') +
        (scopes ? contentGroup(request.scope) : '') +
        ownAddresses(request.addresses)
      );
    case 'FIND':
      return (
        swarm(request.swarmId) +
        peerNum(request.peerNum) +
        (scopes ? contentGroup(request.scope) : '') +
        ownAddresses(request.addresses)
      );
    case 'DISCONNECT':
      return request.swarmIds.map(swarm).join('');
    case 'STAT_REPORT': {
      const stats =
        request.stats.map(streamStats).join('') +
        (scopes ? request.contentMaps.map(contentMap).join('') : '');
      return stats === '' ? '' : element('StatisticsGroup', {}, stats);
    }
    default:
      return '';
  }
}

const swarm = (swarmId: SwarmId): string => leaf('SwarmID', swarmId);

const ownAddresses = (addresses: readonly PeerAddress[]): string =>
  addresses.length === 0
    ? ''
    : element('PeerGroup', {}, element('PeerInfo', {}, addresses.map(peerAddress).join('')));

const swarmAction = ({ swarmId, action, mode, transactionId }: SwarmAction): string =>
  `<SwarmID action="${action}" peerMode="${mode}"${attribute('transactionID', transactionId)}>` +
  `${escapeText(swarmId)}</SwarmID>`;

function streamStats(stats: StreamStats): string {
  const optional = (name: string, value: string | number | bigint | undefined): string =>
    value === undefined ? '' : leaf(name, value);
  return element(
    'Stat',
    { property: 'StreamStatistics' },
    optional('SwarmID', stats.swarmId) +
      optional('UploadedBytes', stats.uploadedBytes) +
      optional('DownloadedBytes', stats.downloadedBytes) +
      optional('AvailBandwidth', stats.availableBandwidth),
  );
}

/** extended-04 §4.4.1, table 4: one range to a representation, named again for another. */
function contentGroup(scope: readonly ScopeRange[] = []): string {
  if (scope.length === 0) return '';
  const representations = scope.map(({ representation, startIndex, endIndex }) =>
    element('Representation', { id: representation }, element('SegmentInfo', { startIndex, endIndex })),
  );
  return element('ContentGroup', {}, representations.join(''));
}

/** extended-04 §4.4.1, table 3. */
function contentMap({ swarmId, representations }: ContentMap): string {
  const held = representations.map(({ id, maps }) => {
    const segments = maps.map((map) => {
      const { startIndex, endIndex } = map;
      return element(
        'SegmentInfo',
        { startIndex, endIndex, chunkmapSize: segmentCount(map) },
        encodeBase64(map.bitmap),
      );
    });
    return element('Representation', { id }, segments.join(''));
  });
  return element(
    'Stat',
    { property: 'ContentMap' },
    (swarmId === undefined ? '' : swarm(swarmId)) + held.join(''),
  );
}

function peerNum(wanted: PeerNum | undefined): string {
  if (!wanted) return '';
  const level = (kind: CapabilityKind, capability: Capability | undefined): string | undefined =>
    capability === undefined ? undefined : toLevel(kind, capability);
  // Table 2 has LOW for the links only; as a wish, any peer reaches LOW, so nothing is lost without it.
  const wish = (kind: CapabilityKind, capability: Capability | undefined): string | undefined => {
    const word = level(kind, capability);
    return word === 'LOW' ? undefined : word;
  };
  return element(
    'PeerNum',
    {
      abilityNAT: wanted.abilityNat === 'NO_NAT' ? 'No-NAT' : wanted.abilityNat,
      concurrentLinks: level('concurrentLinks', wanted.concurrentLinks),
      onlineTime: wish('onlineTime', wanted.onlineTime),
      uploadBWlevel: wish('uploadBandwidth', wanted.uploadBandwidth),
    },
    String(wanted.count),
  );
}

const attribute = (name: string, value: string | undefined): string =>
  value === undefined ? '' : ` ${name}="${escapeAttribute(value)}"`;

/** One text in one go, as a list has thirty of them. */
const peerAddress = (address: PeerAddress): string =>
  `<PeerAddress addrType="${address.addressType}" ip="${escapeAttribute(address.address)}"` +
  ` port="${address.port}" priority="${address.priority}" type="${address.type}"` +
  `${attribute('connection', address.connection)}${attribute('asn', address.asn)}` +
  `${attribute('peerProtocol', address.peerProtocol)}/>`;

/** Failures have an empty body, their detail in the Reason-Phrase (§4.3), save for one (table 7). */
export function encodeResponse(response: Response): Uint8Array<ArrayBuffer> {
  if (response.outcome === 'success')
    return message(
      response.version,
      leaf('Response', 'SUCCESSFUL') + transaction(response) + peerGroup(response),
    );
  if (response.error !== 'authentication-required') return encodeText('');
  return message(
    response.version,
    leaf('Response', 'AUTHENTICATION REQUIRED') + leaf('TransactionID', response.transactionId),
  );
}

/** §4.1: a CONNECT's results, the request's own first; §4.2: plain text for anything else. */
function transaction({ method, transactionId, results }: SuccessResponse): string {
  if (method !== 'CONNECT') return leaf('TransactionID', transactionId);
  let told = result(transactionId, true);
  for (const action of results) told += result(action.transactionId, action.ok);
  return `<TransactionID>${told}</TransactionID>`;
}

const result = (transactionId: string | undefined, ok: boolean): string =>
  `<Result${attribute('transactionID', transactionId)}>${ok ? '200 OK' : '403 Forbidden'}</Result>`;

/** From the ID on, for the swarm is another one each time. */
const peerInfo = ({ peerId, addresses }: PeerInfo): string =>
  [escapeText(peerId), '</PeerID>', ...addresses.map(peerAddress), '</PeerInfo>'].join('');

/** The asker's own address first, without a swarm (§4.1), then the peers of each swarm. */
function peerGroup({ publicAddress, peerLists }: SuccessResponse): string {
  const own = publicAddress ? element('PeerInfo', {}, peerAddress(publicAddress)) : '';
  let listed = '';
  for (const { swarmId, peers } of peerLists) {
    const start = `<PeerInfo swarmID="${escapeAttribute(swarmId)}"><PeerID>`;
    for (const peer of peers) listed += start + entryOf(peer, 'base', peerInfo);
  }
  const content = own + listed;
  return content === '' ? '' : element('PeerGroup', {}, content);
}
