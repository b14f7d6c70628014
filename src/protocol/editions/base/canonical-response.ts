/** Responses in the form our own writer gives them (see canonical.ts). */
import { canonicalAddress, MAX_PORT } from '../../address.ts';
import type { Decoded } from '../../codec.ts';
import { asPeerId, asSwarmId, asTransactionId, MAX_ID_BYTES, MAX_NOTE_BYTES } from '../../ids.ts';
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
import { MAX_LIST, newAddress } from '../../reading.ts';
import type { Writable } from '../../reading.ts';
import { RULES } from '../../rules.ts';
import { detached } from '../../text.ts';
import { Cursor, tag } from './canonical.ts';
import type { BaseEdition } from './elements.ts';

const LISTED = tag('<PeerInfo swarmID="');
const PEER_ID = tag('><PeerID>');
const PEER_ID_END = tag('/PeerID>');
const INFO_END = tag('</PeerInfo>');

/** `undefined`: departs from the canonical form, so it is for `decodeResponse` to read. */
export function decodeCanonicalResponse(
  body: Uint8Array,
  edition: BaseEdition,
  method: Method,
  maxElements: number,
): Decoded<Response> | undefined {
  const cursor = Cursor.open(body, edition, maxElements);
  if (!cursor?.skip('<Response>')) return undefined;
  const head: Head = { edition, version: RULES[edition].version, method };
  const message = cursor.skip('SUCCESSFUL</Response><TransactionID>')
    ? readSuccess(cursor, head)
    : cursor.skip('AUTHENTICATION REQUIRED</Response><TransactionID')
      ? readFailure(cursor, head)
      : undefined;
  return message && cursor.close() ? { ok: true, message, findings: [] } : undefined;
}

type Head = Pick<Response, 'edition' | 'version' | 'method'>;

function readFailure(cursor: Cursor, head: Head): Response | undefined {
  let transactionId: string | undefined = '';
  if (!cursor.skip('/>')) {
    transactionId = cursor.skip('>') ? cursor.id('<') : undefined;
    if (transactionId === undefined || !cursor.skip('/TransactionID>')) return undefined;
  }
  return {
    ...head,
    outcome: 'failure',
    transactionId: asTransactionId(transactionId),
    error: 'authentication-required',
  };
}

function readSuccess(cursor: Cursor, head: Head): Response | undefined {
  const connects = head.method === 'CONNECT';
  if (connects && !cursor.skip('<Result transactionID="')) return undefined;
  const transactionId = cursor.id(connects ? '"' : '<');
  if (transactionId === undefined || (connects && !cursor.skip('>200 OK</Result><'))) return undefined;
  const results = connects ? readResults(cursor) : [];
  if (!results || !cursor.skip('/TransactionID>')) return undefined;

  const grouped = cursor.skip('<PeerGroup>');
  let publicAddress: PeerAddress | undefined;
  if (grouped && cursor.skip('<PeerInfo>')) {
    const own = cursor.addresses();
    if (own?.length !== 1 || !cursor.skip('</PeerInfo>')) return undefined;
    publicAddress = own[0];
  }
  const peerLists = readPeerLists(cursor);
  if (!peerLists || (grouped && !cursor.skip('</PeerGroup>'))) return undefined;
  const { edition, version, method } = head;
  const message: Writable<SuccessResponse> = {
    edition,
    version,
    method,
    outcome: 'success',
    transactionId: asTransactionId(transactionId),
    results,
    peerLists,
    queries: [],
  };
  if (publicAddress !== undefined) message.publicAddress = publicAddress;
  return message;
}

/** Of the actions, each past the "<" of what follows. */
function readResults(cursor: Cursor): ActionResult[] | undefined {
  const results: ActionResult[] = [];
  while (cursor.skip('Result transactionID="')) {
    const id = cursor.id('"');
    const ok = cursor.skip('>200 OK</Result><');
    if (id === undefined || !(ok || cursor.skip('>403 Forbidden</Result><'))) return undefined;
    if (results.push({ transactionId: asTransactionId(id), ok }) > MAX_LIST) return undefined;
  }
  return results;
}

function readPeerLists(cursor: Cursor): PeerList[] | undefined {
  const lists = new Map<SwarmId, PeerInfo[]>();
  const repeats: Repeats = {
    swarmId: undefined,
    connection: undefined,
    asn: undefined,
    peerProtocol: undefined,
  };
  let swarm: SwarmId | undefined;
  let peers: PeerInfo[] = [];
  for (;;) {
    const listed = readPlain(cursor, repeats) ?? readListed(cursor);
    if (listed === undefined) break;
    if (listed === 'departs') return undefined;
    if (swarm !== listed.swarmId) {
      swarm = listed.swarmId;
      peers = lists.get(swarm) ?? [];
      lists.set(swarm, peers);
    }
    // A longer one is a finding.
    if (peers.push(listed.peer) > MAX_PEER_LIST) return undefined;
  }
  if (lists.size > MAX_LIST) return undefined;
  return Array.from(lists, ([swarmId, peers]): PeerList => ({ swarmId, peers }));
}

interface Listed {
  readonly swarmId: SwarmId;
  readonly peer: PeerInfo;
}

/** Texts that repeat from peer to peer, kept once. */
interface Repeats {
  swarmId: string | undefined;
  connection: string | undefined;
  asn: string | undefined;
  peerProtocol: string | undefined;
}

/** What an identifier holds without anything to decode or to refuse. */
const PLAIN = "([ !#-%'-;=?-~]+)";
/** One address, and nothing in it that is not as plain as can be: what nearly all lists are made of. */
const PLAIN_PEER = new RegExp(
  `<PeerInfo swarmID="${PLAIN}"><PeerID>${PLAIN}</PeerID>` +
    `<PeerAddress addrType="(ipv[46])" ip="([0-9a-f.:]+)" port="([0-9]{1,5})" priority="([0-9]{1,15})"` +
    ` type="(HOST|REFLEXIVE|PROXY)"(?: connection="${PLAIN}")?(?: asn="${PLAIN}")?(?: peerProtocol="${PLAIN}")?` +
    '/></PeerInfo>',
  'y',
);

/** In one stroke; `undefined`, and nothing passed, where something is not so plain. */
function readPlain(cursor: Cursor, repeats: Repeats): Listed | undefined {
  const start = cursor.place;
  const match = cursor.match(PLAIN_PEER);
  if (match === undefined) return undefined;
  // By index, for taking an array apart goes by an iterator, and this is done for every peer of every list.
  const swarmId = match[1] ?? '';
  const peerId = match[2] ?? '';
  const addressType = match[3] as PeerAddress['addressType'];
  const port = Number(match[5]);
  const connection = match[8];
  const asn = match[9];
  const peerProtocol = match[10];
  const address = canonicalAddress(addressType, detached(match[4] ?? ''));
  const isSound =
    address !== undefined &&
    port <= MAX_PORT &&
    swarmId.length <= MAX_ID_BYTES &&
    peerId.length <= MAX_ID_BYTES &&
    isNote(connection) &&
    isNote(asn) &&
    isNote(peerProtocol);
  if (!isSound) {
    cursor.place = start;
    return undefined;
  }
  if (repeats.swarmId !== swarmId) repeats.swarmId = detached(swarmId);
  if (connection !== undefined && repeats.connection !== connection)
    repeats.connection = detached(connection);
  if (asn !== undefined && repeats.asn !== asn) repeats.asn = detached(asn);
  if (peerProtocol !== undefined && repeats.peerProtocol !== peerProtocol)
    repeats.peerProtocol = detached(peerProtocol);
  const addresses = [
    newAddress(
      { addressType, address },
      port,
      Number(match[6]),
      match[7] as PeerAddress['type'],
      connection === undefined ? undefined : repeats.connection,
      asn === undefined ? undefined : repeats.asn,
      peerProtocol === undefined ? undefined : repeats.peerProtocol,
    ),
  ];
  return { swarmId: asSwarmId(repeats.swarmId), peer: { peerId: asPeerId(detached(peerId)), addresses } };
}

const isNote = (text: string | undefined): boolean => text === undefined || text.length <= MAX_NOTE_BYTES;

/** Piece by piece; `undefined` when no peer is listed here. */
function readListed(cursor: Cursor): Listed | 'departs' | undefined {
  if (!cursor.pass(LISTED)) return undefined;
  const swarmId = cursor.again(cursor.swarmId);
  if (swarmId === undefined || !cursor.pass(PEER_ID)) return 'departs';
  const peerId = cursor.id('<');
  if (peerId === undefined || !cursor.pass(PEER_ID_END)) return 'departs';
  const addresses = cursor.addresses();
  if (!addresses || !cursor.pass(INFO_END)) return 'departs';
  return { swarmId: asSwarmId(swarmId), peer: { peerId: asPeerId(peerId), addresses } };
}
