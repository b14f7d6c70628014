/** base-01 messages to bytes (§3, §4): strict, compact, no namespace ("TBD" in the draft). */
import { toLevel } from '../../capability.ts';
import type { CapabilityKind } from '../../capability.ts';
import type {
  Capability,
  PeerAddress,
  PeerNum,
  Request,
  Response,
  StreamStats,
  SuccessResponse,
  SwarmAction,
} from '../../message.ts';
import { encodeText } from '../../text.ts';
import { element, escapeAttribute, escapeText, XML_DECLARATION } from '../../xml.ts';
import { ROOT } from './elements.ts';

const message = (version: string, content: string): Uint8Array<ArrayBuffer> =>
  encodeText(XML_DECLARATION + element(ROOT, { version }, content));

/** An element that holds an identifier or a number. */
const leaf = (name: string, value: string | number): string => element(name, {}, escapeText(String(value)));

export function encodeRequest(request: Request): Uint8Array<ArrayBuffer> {
  return message(
    request.version,
    leaf('Request', request.method) +
      leaf('TransactionID', request.transactionId) +
      leaf('PeerID', request.peerId) +
      requestData(request),
  );
}

function requestData(request: Request): string {
  switch (request.method) {
    case 'CONNECT': {
      const { addresses } = request;
      return (
        peerNum(request.peerNum) +
        request.actions.map(swarmAction).join('') +
        (addresses.length > 0
          ? element('PeerGroup', {}, element('PeerInfo', {}, addresses.map(peerAddress).join('')))
          : '')
      );
    }
    case 'FIND':
      // No request of base-1.0 (table 6), and no one asks this edition for it (EditionRules.find); written
      // the later editions' way, so that a tracker can answer "Unknown Messages".
      return element('SwarmID', {}, escapeText(request.swarmId)) + peerNum(request.peerNum);
    case 'STAT_REPORT':
      return request.stats.length > 0
        ? element('StatisticsGroup', {}, request.stats.map(streamStats).join(''))
        : '';
    default:
      return request satisfies never;
  }
}

const swarmAction = ({ swarmId, action, mode, transactionId }: SwarmAction): string =>
  element('SwarmID', { action, peerMode: mode, transactionID: transactionId }, escapeText(swarmId));

function streamStats(stats: StreamStats): string {
  const optional = (name: string, value: string | number | undefined): string =>
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
  const actions = results.map((result) =>
    element('Result', { transactionID: result.transactionId }, result.ok ? '200 OK' : '403 Forbidden'),
  );
  const own = element('Result', { transactionID: transactionId }, '200 OK');
  return element('TransactionID', {}, own + actions.join(''));
}

/** The asker's own address first, without a swarm (§4.1), then the peers of each swarm. */
function peerGroup({ publicAddress, peerLists }: SuccessResponse): string {
  const own = publicAddress ? element('PeerInfo', {}, peerAddress(publicAddress)) : '';
  let listed = '';
  for (const { swarmId, peers } of peerLists) {
    const start = `<PeerInfo swarmID="${escapeAttribute(swarmId)}"><PeerID>`;
    for (const { peerId, addresses } of peers) {
      listed += `${start}${escapeText(peerId)}</PeerID>`;
      for (const address of addresses) listed += peerAddress(address);
      listed += '</PeerInfo>';
    }
  }
  const content = own + listed;
  return content === '' ? '' : element('PeerGroup', {}, content);
}
