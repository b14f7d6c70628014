/** base-01 responses, bytes to message (§3.4, §4.1, §4.2). An empty body is the HTTP layer's to read. */
import type { Decoded } from '../../codec.ts';
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
import {
  every,
  readActionTransaction,
  readAddresses,
  readRoot,
  ROOT,
  single,
  TABLE_3,
  VERSION,
} from './elements.ts';

/** A longest list of swarms with full peer lists of two addresses each. */
export const MAX_ELEMENTS = 200_000;
const CONNECT = 'base-01 §4.1';

type Head = Pick<Response, 'edition' | 'version' | 'method'>;

export function decodeResponse(body: Uint8Array, answers: Method): Decoded<Response> {
  return decodeCanonicalResponse(body, answers, MAX_ELEMENTS) ?? decodeAnyResponse(body, answers);
}

/** Whatever XML it is. */
export function decodeAnyResponse(body: Uint8Array, answers: Method): Decoded<Response> {
  const reading = new Reading();
  const root = readRoot(reading, body, MAX_ELEMENTS);
  return reading.finish(root && readResponse(reading, root, answers));
}

function readResponse(reading: Reading, root: XmlElement, method: Method): Response | undefined {
  const word = single(reading, root, ROOT, 'Response')?.text.trim();
  if (word === undefined)
    return root.children.some(({ name }) => name === 'Request')
      ? reading.refuse(ROOT, 'is a request, not a response')
      : reading.refuse(`${ROOT}.Response`, 'is missing');
  const head: Head = { edition: 'base-1.0', version: VERSION, method };
  const outcome = reading.oneOf(word, ['SUCCESSFUL', 'AUTHENTICATION REQUIRED'], `${ROOT}.Response`);
  if (outcome === undefined) return undefined;
  if (outcome === 'SUCCESSFUL') return readSuccess(reading, root, head);
  return {
    ...head,
    outcome: 'failure',
    transactionId: reading.transactionId ?? '',
    error: 'authentication-required',
  };
}

function readSuccess(reading: Reading, root: XmlElement, head: Head): SuccessResponse | undefined {
  const transaction = readTransaction(reading, root, head.method);
  const group = readGroup(reading, single(reading, root, ROOT, 'PeerGroup'));
  if (!transaction || !group) return undefined;
  return { ...head, outcome: 'success', ...transaction, ...group };
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

function readGroup(
  reading: Reading,
  group: XmlElement | undefined,
): Pick<SuccessResponse, 'publicAddress' | 'peerLists'> | undefined {
  const path = `${ROOT}.PeerGroup`;
  let publicAddress: PeerAddress | undefined;
  const lists = new Map<SwarmId, PeerInfo[]>();
  for (const [index, item] of (group ? every(group, 'PeerInfo', path) : []).entries()) {
    const addresses = readAddresses(reading, item.element, item.path);
    const swarm = item.element.attributes.get('swarmID');
    if (!addresses) return undefined;
    if (swarm === undefined) {
      // The asker's own comes first; any later one names no swarm it could belong to.
      if (index === 0) publicAddress = addresses[0];
      else reading.found(`${item.path}@swarmID`, 'the swarm of a listed peer', TABLE_3);
      continue;
    }
    const swarmId = reading.id(swarm, `${item.path}@swarmID`);
    const peerId = reading.id(
      single(reading, item.element, item.path, 'PeerID')?.text,
      `${item.path}.PeerID`,
    );
    if (swarmId === undefined || peerId === undefined) return undefined;
    const peers = lists.get(asSwarmId(swarmId)) ?? [];
    if (peers.push({ peerId: asPeerId(peerId), addresses }) > MAX_LIST)
      return reading.refuse(path, `lists more than ${MAX_LIST} peers of one swarm`);
    lists.set(asSwarmId(swarmId), peers);
  }
  if (lists.size > MAX_LIST) return reading.refuse(path, `lists peers of more than ${MAX_LIST} swarms`);
  const peerLists = [...lists].map(([swarmId, peers]): PeerList => ({ swarmId, peers }));
  if (peerLists.some(({ peers }) => peers.length > MAX_PEER_LIST))
    reading.found(path, `at most ${MAX_PEER_LIST} peers of a swarm`, 'base-01 §3.1');
  return { ...present('publicAddress', publicAddress), peerLists };
}
