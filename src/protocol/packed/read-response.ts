/** Responses from the packed form (`layout.ts`). */
import type { Decoded } from '../codec.ts';
import { asChunkId, asPeerId, asSwarmId, asTransactionId } from '../ids.ts';
import type {
  ActionResult,
  PeerInfo,
  PeerList,
  Response,
  FailureResponse,
  StatQuery,
  SuccessResponse,
} from '../message.ts';
import { present } from '../reading.ts';
import { readAddress, readAddresses } from './address.ts';
import {
  ENTRY_HAS_ADDRESSES,
  ERROR_CODES,
  FAILURE,
  FAILURE_PARTS,
  LIST,
  MODE_CODES,
  RESPONSE,
  RESULT,
  SUCCESS_PARTS,
} from './layout.ts';
import { readHead } from './read-head.ts';
import type { Head } from './read-head.ts';
import { PackedReader } from './reading.ts';

export function unpackResponse(body: Uint8Array): Decoded<Response> {
  const from = new PackedReader(body);
  const head = readHead(from);
  if ((head.flags & RESPONSE) === 0) from.refuse('is no response');
  return from.finish(head.flags & FAILURE ? readFailure(from, head) : readSuccess(from, head));
}

function readFailure(from: PackedReader, { edition, version, method, parts }: Head): FailureResponse {
  const known = FAILURE_PARTS.transaction | FAILURE_PARTS.detail;
  if (parts & ~known) from.refuse('has a part a failure has not');
  return {
    edition,
    version,
    method,
    outcome: 'failure',
    error: from.word(ERROR_CODES, from.byte()),
    transactionId: parts & FAILURE_PARTS.transaction ? asTransactionId(from.id(from.literal())) : '',
    ...present('detail', parts & FAILURE_PARTS.detail ? from.text() : undefined),
  };
}

function readSuccess(from: PackedReader, { edition, version, method, parts }: Head): SuccessResponse {
  return {
    edition,
    version,
    method,
    outcome: 'success',
    // In this order, which is theirs on the wire.
    transactionId: asTransactionId(from.id(from.literal())),
    ...present('publicAddress', parts & SUCCESS_PARTS.address ? readAddress(from) : undefined),
    results: parts & SUCCESS_PARTS.results ? from.list(() => readResult(from)) : [],
    peerLists: parts & SUCCESS_PARTS.lists ? from.list(() => readPeerList(from)) : [],
    queries: parts & SUCCESS_PARTS.queries ? from.list(() => readQuery(from)) : [],
  };
}

function readResult(from: PackedReader): ActionResult {
  const flags = from.byte();
  const swarmId = flags & RESULT.swarm ? asSwarmId(from.id(from.text())) : undefined;
  const transactionId = flags & RESULT.transaction ? asTransactionId(from.id(from.literal())) : undefined;
  return {
    ...present('swarmId', swarmId),
    ...present('transactionId', transactionId),
    ok: (flags & RESULT.ok) !== 0,
  };
}

function readPeerList(from: PackedReader): PeerList {
  const swarmId = asSwarmId(from.id(from.text()));
  const flags = from.byte();
  const chunkId = flags & LIST.chunk ? asChunkId(from.id(from.literal())) : undefined;
  const peers = from.list(() => readEntry(from, (flags & LIST.heads) !== 0));
  return { swarmId, peers, ...present('chunkId', chunkId) };
}

function readEntry(from: PackedReader, headed: boolean): PeerInfo {
  const head = headed ? from.byte() : ENTRY_HAS_ADDRESSES;
  const mode = head & 3;
  return {
    peerId: asPeerId(from.id(from.literal())),
    addresses: head & ENTRY_HAS_ADDRESSES ? readAddresses(from) : [],
    ...present('mode', mode === 0 ? undefined : from.word(MODE_CODES, mode - 1)),
  };
}

const readQuery = (from: PackedReader): StatQuery => ({
  transactionId: asTransactionId(from.id(from.literal())),
  peerId: asPeerId(from.id(from.literal())),
  properties: from.list(() => from.id(from.text())),
});
