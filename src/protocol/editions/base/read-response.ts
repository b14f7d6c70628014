/**
 * Responses of base-01 (§3.4, §4.1, §4.2) and extended-04 (§5), bytes to message. An empty body is the HTTP
 * layer's to read.
 */
import type { Asked, Decoded } from '../../codec.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../../ids.ts';
import type { SwarmId } from '../../ids.ts';
import { MAX_PEER_LIST } from '../../message.ts';
import type {
  ActionResult,
  Method,
  PeerAddress,
  PeerInfo,
  PeerList,
  Response,
  SuccessResponse,
} from '../../message.ts';
import { MAX_LIST, present, Reading } from '../../reading.ts';
import type { XmlElement } from '../../xml.ts';
import { decodeCanonicalResponse } from './canonical-response.ts';
import type { BaseEdition } from './elements.ts';
import { every, readActionTransaction, readAddresses, readRoot, ROOT, single, TABLE_3 } from './elements.ts';

/** A longest list of swarms with full peer lists of two addresses each. */
export const MAX_ELEMENTS = 200_000;
const CONNECT = 'base-01 §4.1';

type Head = Pick<Response, 'edition' | 'version' | 'method'>;

export function decodeResponse(
  body: Uint8Array,
  edition: BaseEdition,
  answers: Method,
  asked: Asked = {},
): Decoded<Response> {
  return (
    decodeCanonicalResponse(body, edition, answers, MAX_ELEMENTS) ??
    decodeAnyResponse(body, edition, answers, asked)
  );
}

/** Whatever XML it is. */
export function decodeAnyResponse(
  body: Uint8Array,
  edition: BaseEdition,
  answers: Method,
  asked: Asked = {},
): Decoded<Response> {
  const reading = new Reading();
  const read = readRoot(reading, body, edition, MAX_ELEMENTS);
  if (!read) return reading.finish<Response>(undefined);
  const head: Head = { edition, version: read.version, method: answers };
  return reading.finish(readResponse(reading, read.root, head, asked));
}

function readResponse(reading: Reading, root: XmlElement, head: Head, asked: Asked): Response | undefined {
  const word = single(reading, root, ROOT, 'Response')?.text.trim();
  if (word === undefined)
    return root.children.some(({ name }) => name === 'Request')
      ? reading.refuse(ROOT, 'is a request, not a response')
      : reading.refuse(`${ROOT}.Response`, 'is missing');
  const outcome = reading.oneOf(word, ['SUCCESSFUL', 'AUTHENTICATION REQUIRED'], `${ROOT}.Response`);
  if (outcome === undefined) return undefined;
  if (outcome === 'SUCCESSFUL') return readSuccess(reading, root, head, asked);
  return {
    ...head,
    outcome: 'failure',
    transactionId: reading.transactionId ?? '',
    error: 'authentication-required',
  };
}

function readSuccess(
  reading: Reading,
  root: XmlElement,
  head: Head,
  asked: Asked,
): SuccessResponse | undefined {
  const transaction = readTransaction(reading, root, head.method);
  const group = readGroup(reading, single(reading, root, ROOT, 'PeerGroup'), head.method, asked);
  if (!transaction || !group) return undefined;
  const { publicAddress, peerLists } = group;
  return {
    ...head,
    outcome: 'success',
    ...transaction,
    peerLists,
    queries: [],
    ...present('publicAddress', publicAddress),
  };
}

/** A CONNECT is answered with the root's result, then one per action; anything else with plain text. */
function readTransaction(
  reading: Reading,
  root: XmlElement,
  method: Method,
): Pick<SuccessResponse, 'transactionId' | 'results'> | undefined {
  const path = `${ROOT}.TransactionID`;
  const element = single(reading, root, ROOT, 'TransactionID');
  if (!element) return reading.refuse(path, 'is missing');
  const [first, ...actions] = every(element, 'Result', path);
  if ((first === undefined) === (method === 'CONNECT'))
    reading.found(path, first ? 'text, not results' : 'a Result for the request and each action', CONNECT);
  if (first === undefined) {
    const id = reading.id(element.text, path);
    return id === undefined ? undefined : { transactionId: asTransactionId(id), results: [] };
  }
  if (actions.length > MAX_LIST) return reading.refuse(path, `has more than ${MAX_LIST} results`);
  const id = reading.id(first.element.attributes.get('transactionID'), `${first.path}@transactionID`);
  if (!isOk(first.element)) reading.found(first.path, '200 OK, as the response is SUCCESSFUL', CONNECT);
  const results = actions.map((item): ActionResult => {
    const transactionId = readActionTransaction(reading, item.element, item.path);
    return { ...present('transactionId', transactionId), ok: isOk(item.element) };
  });
  return id === undefined ? undefined : { transactionId: asTransactionId(id), results };
}

const isOk = ({ text }: XmlElement): boolean => /^200(?![0-9])/.test(text.trim());

type Item = ReturnType<typeof every>[number];
const swarmOf = ({ element }: Item): string | undefined => element.attributes.get('swarmID');

function readGroup(
  reading: Reading,
  group: XmlElement | undefined,
  method: Method,
  asked: Asked,
): Pick<SuccessResponse, 'publicAddress' | 'peerLists'> | undefined {
  const path = `${ROOT}.PeerGroup`;
  const items = group ? every(group, 'PeerInfo', path) : [];
  const named = items.some((item) => swarmOf(item) !== undefined);
  let publicAddress: PeerAddress | undefined;
  const lists = new Map<SwarmId, PeerInfo[]>();
  for (const [index, item] of items.entries()) {
    const addresses = readAddresses(reading, item.element, item.path);
    if (!addresses) return undefined;
    const swarm = swarmOf(item);
    const peerId = single(reading, item.element, item.path, 'PeerID')?.text;
    if (swarm === undefined && index === 0 && isOwn(peerId, addresses, method, named, asked)) {
      publicAddress = addresses[0];
      continue;
    }
    if (swarm === undefined) {
      reading.found(`${item.path}@swarmID`, 'the swarm of a listed peer', TABLE_3);
      // Of the only swarm that was asked about, or of none that could be told.
      if (asked.swarmId === undefined) continue;
    }
    const swarmId = swarm === undefined ? asked.swarmId : reading.id(swarm, `${item.path}@swarmID`);
    const listedId = reading.id(peerId, `${item.path}.PeerID`);
    if (swarmId === undefined || listedId === undefined) return undefined;
    const peers = lists.get(asSwarmId(swarmId)) ?? [];
    if (peers.push({ peerId: asPeerId(listedId), addresses }) > MAX_LIST)
      return reading.refuse(path, `lists more than ${MAX_LIST} peers of one swarm`);
    lists.set(asSwarmId(swarmId), peers);
  }
  if (lists.size > MAX_LIST) return reading.refuse(path, `lists peers of more than ${MAX_LIST} swarms`);
  const peerLists = [...lists].map(([swarmId, peers]): PeerList => ({ swarmId, peers }));
  if (peerLists.some(({ peers }) => peers.length > MAX_PEER_LIST))
    reading.found(path, `at most ${MAX_PEER_LIST} peers of a swarm`, 'base-01 §3.1');
  return { ...present('publicAddress', publicAddress), peerLists };
}

/**
 * Whether the first PeerInfo, which names no swarm, is the asker itself (base-01 §4.1) or a listed peer, as in
 * extended-04 §5.3. The asker's ID tells. Where only the method is known: what a tracker says of the asker
 * is reflexive, stands before peers that do name their swarm, and belongs to every CONNECT.
 */
function isOwn(
  peerId: string | undefined,
  addresses: readonly PeerAddress[],
  method: Method,
  named: boolean,
  asked: Asked,
): boolean {
  if (peerId === undefined) return true;
  if (asked.peerId !== undefined) return peerId === asked.peerId;
  return named || method === 'CONNECT' || addresses.some(({ type }) => type === 'REFLEXIVE');
}
