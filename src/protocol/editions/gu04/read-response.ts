/** gu-04 responses, bytes to message (-04 slides; gu -06 §3.2, §4.2, §4.4 to §4.10). */
import type { Asked, Decoded } from '../../codec.ts';
import type { ErrorName } from '../../errors.ts';
import { asChunkId, asPeerId, asSwarmId, asTransactionId } from '../../ids.ts';
import type { Method, PeerAddress, PeerInfo, Response, StatQuery, SuccessResponse } from '../../message.ts';
import { all, MAX_LIST, present, Reading } from '../../reading.ts';
import type { XmlElement } from '../../xml.ts';
import { every, ROOT, single } from '../base/elements.ts';
import { decodeCanonicalResponse } from './canonical-response.ts';
import {
  childId,
  ERROR_WORDS,
  foldedWord,
  MAX_TOKEN_BYTES,
  namesSwarm,
  readAddress,
  readAddresses,
  readMethod,
  readMode,
  readPropertyName,
  readRoot,
  readVersion,
} from './elements.ts';

/** A longest list of peers with all the addresses one may have, and room for extensions. */
export const MAX_ELEMENTS = 50_000;

const ERRORS_READ: ReadonlyMap<string, ErrorName> = new Map([
  ...(Object.entries(ERROR_WORDS) as [ErrorName, string][]).map(([error, word]) => [word, error] as const),
  // Appendix A has these two, which table 3 does not.
  ['MESSAGE NOT SUPPORTED', 'bad-request'],
  ['PAYMENT REQUIRED', 'forbidden'],
]);

type Head = Pick<Response, 'edition' | 'version' | 'method'>;

export function decodeResponse(body: Uint8Array, answers: Method, asked: Asked = {}): Decoded<Response> {
  return decodeCanonicalResponse(body, answers, MAX_ELEMENTS) ?? decodeAnyResponse(body, answers, asked);
}

/** Whatever XML it is. */
export function decodeAnyResponse(body: Uint8Array, answers: Method, asked: Asked = {}): Decoded<Response> {
  const reading = new Reading();
  const root = readRoot(reading, body, MAX_ELEMENTS);
  return reading.finish(root && readResponse(reading, root, answers, asked));
}

function readResponse(
  reading: Reading,
  root: XmlElement,
  method: Method,
  asked: Asked,
): Response | undefined {
  const element = single(reading, root, ROOT, 'Response', 'RESPONSE');
  const word = foldedWord(element?.text ?? '');
  const error = ERRORS_READ.get(word);
  // Whoever refuses a version may name one of its own.
  const version =
    error === 'unsupported-version'
      ? reading.id(root.attributes.get('version'), `${ROOT}@version`)
      : readVersion(reading, root, ROOT);
  if (version === undefined) return undefined;
  const asks = root.children.some(({ name }) => name === 'Method');
  if (asks)
    return reading.refuse(
      ROOT,
      element ? 'has both a Method and a Response' : 'is a request, not a response',
    );
  if (!element) return reading.refuse(`${ROOT}.Response`, 'is missing');
  if (element.name === 'RESPONSE')
    reading.found(`${ROOT}.RESPONSE`, 'Response', 'gu -04 slides, "FIND Response"');

  const head: Head = { edition: 'gu-04', version, method };
  if (error !== undefined)
    return { ...head, outcome: 'failure', transactionId: reading.transactionId ?? '', error };
  return isSuccess(reading, word, method) ? readSuccess(reading, root, head, asked) : undefined;
}

/** Table 3 writes `OK`, appendix A `SUCCESSFUL`, the slides the name of the method. */
function isSuccess(reading: Reading, word: string, answers: Method): boolean {
  if (word === 'OK' || word === 'SUCCESSFUL') return true;
  const path = `${ROOT}.Response`;
  const method = readMethod(reading, word, path);
  if (method === undefined) reading.refuse(path, 'is no response of table 3');
  else if (method !== answers)
    reading.found(path, 'OK, or the method that was asked', 'gu -06 §4.2, table 3');
  return method !== undefined;
}

function readSuccess(
  reading: Reading,
  root: XmlElement,
  head: Head,
  asked: Asked,
): SuccessResponse | undefined {
  const transactionId = childId(reading, root, ROOT, 'TransactionID');
  const authToken = readToken(reading, root);
  const own = readPublicAddress(reading, root);
  const listing = namesSwarm(head.method)
    ? readListing(reading, root, asked)
    : { results: [], peerLists: [] };
  const queries = readQueries(reading, root);
  if (transactionId === undefined || !listing || !queries) return undefined;
  return {
    ...head,
    outcome: 'success',
    transactionId: asTransactionId(transactionId),
    ...present('publicAddress', own),
    ...listing,
    queries,
    ...present('authToken', authToken),
  };
}

/** An empty one is none. */
function readToken(reading: Reading, root: XmlElement): string | undefined {
  const token = single(reading, root, ROOT, 'AuthToken')?.text;
  if (token === undefined || token === '') return undefined;
  return reading.id(token, `${ROOT}.AuthToken`, MAX_TOKEN_BYTES);
}

/** -06 §4.4 shows one of each family; the model has room for the first. */
function readPublicAddress(reading: Reading, root: XmlElement): PeerAddress | undefined {
  const [first] = every(root, 'ReflexiveAddress', ROOT);
  return first && readAddress(reading, first.element, first.path, 'REFLEXIVE');
}

/** `<Peers>` of the slides, or -06's `<PeerInfoList>`; of the one swarm that was asked for. */
function readListing(
  reading: Reading,
  root: XmlElement,
  asked: Asked,
): Pick<SuccessResponse, 'results' | 'peerLists'> | undefined {
  const path = `${ROOT}.SwarmID`;
  const text = single(reading, root, ROOT, 'SwarmID')?.text;
  if (text === undefined) reading.found(path, 'the swarm', 'gu -04 slides, "FIND Response"; gu -06 §4.6');
  const id = text === undefined ? asked.swarmId : reading.id(text, path);
  const swarmId = id === undefined ? undefined : asSwarmId(id);
  const chunk = reading.optionalId(single(reading, root, ROOT, 'ChunkID')?.text, `${ROOT}.ChunkID`);
  const chunkId = chunk === undefined ? undefined : asChunkId(chunk);
  const group = single(reading, root, ROOT, 'Peers', 'PeerInfoList');
  const peers = group ? readPeers(reading, group, `${ROOT}.${group.name}`) : [];
  if (!peers) return undefined;
  if (swarmId === undefined)
    return peers.length === 0 ? { results: [], peerLists: [] } : reading.refuse(path, 'is missing');
  return {
    results: [{ swarmId, ok: true }],
    peerLists: peers.length > 0 ? [{ swarmId, peers, ...present('chunkId', chunkId) }] : [],
  };
}

/** PeerLocation, ConnectionType and EndPointRankCost of -06 have no values defined; they are not read. */
function readPeers(reading: Reading, group: XmlElement, path: string): PeerInfo[] | undefined {
  const items = every(group, 'PeerInfo', path);
  if (items.length > MAX_LIST) return reading.refuse(path, `lists more than ${MAX_LIST} peers`);
  return all(items, (item): PeerInfo | undefined => {
    const peerId = childId(reading, item.element, item.path, 'PeerID');
    const mode = readMode(reading, item.element, item.path);
    const addresses = readAddresses(reading, item.element, item.path);
    if (peerId === undefined || !addresses) return undefined;
    if (mode === undefined) reading.found(`${item.path}.PeerMode`, 'SEED, LIVESEED or LEECH', 'gu -06 §4.6');
    return { peerId: asPeerId(peerId), addresses, ...present('mode', mode) };
  });
}

/** `<Queries>` is ours (digest, "gu-04"): what the tracker would ask if it could call. */
function readQueries(reading: Reading, root: XmlElement): StatQuery[] | undefined {
  const group = single(reading, root, ROOT, 'Queries');
  if (!group) return [];
  const items = every(group, ROOT, `${ROOT}.Queries`);
  if (items.length > MAX_LIST)
    return reading.refuse(`${ROOT}.Queries`, `holds more than ${MAX_LIST} queries`);
  return all(items, (item) => readQuery(reading, item.element, item.path));
}

const QUERY = 'gu -04 slides, "STAT_QUERY"';

function readQuery(reading: Reading, element: XmlElement, path: string): StatQuery | undefined {
  const version = readVersion(reading, element, path);
  const asked = single(reading, element, path, 'Method')?.text;
  const method = asked === undefined ? undefined : readMethod(reading, asked, `${path}.Method`);
  if (method !== 'STAT_QUERY')
    return reading.refuse(`${path}.Method`, asked === undefined ? 'is missing' : 'is not STAT_QUERY');
  const transactionId = childId(reading, element, path, 'TransactionID');
  const peerId = childId(reading, element, path, 'PeerID');
  if (version === undefined || transactionId === undefined || peerId === undefined) return undefined;
  if (!transactionId.startsWith('q.'))
    reading.found(`${path}.TransactionID`, 'an identifier that starts with q.', 'gu-04 over HTTP (ours)');
  // The slide opens with one of these names and closes with the other.
  const wanted = single(reading, element, path, 'StatRequest', 'Stats');
  if (!wanted) return reading.refuse(`${path}.StatRequest`, 'is missing');
  if (wanted.name === 'Stats') reading.found(`${path}.Stats`, 'StatRequest', QUERY);
  const at = `${path}.${wanted.name}`;
  const items = every(wanted, 'Stat', at);
  if (items.length === 0) return reading.refuse(`${at}.Stat`, 'is missing');
  if (items.length > MAX_LIST) return reading.refuse(at, `has more than ${MAX_LIST} Stat elements`);
  const properties = all(items, (item) => readPropertyName(reading, item.element, item.path));
  return (
    properties && { transactionId: asTransactionId(transactionId), peerId: asPeerId(peerId), properties }
  );
}
