/** RFC 7846 responses, bytes to message (§3.3.4, §4.2, §4.3). */
import type { Decoded } from '../../codec.ts';
import { errorOfCode } from '../../errors.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../../ids.ts';
import { MAX_PEER_LIST } from '../../message.ts';
import type {
  ActionResult,
  FailureResponse,
  Method,
  PeerInfo,
  PeerList,
  Response,
  SuccessResponse,
} from '../../message.ts';
import { all, MAX_LIST, present, Reading } from '../../reading.ts';
import { readAddress, readHead } from './elements.ts';
import { readFaultlessResponse } from './faultless-response.ts';
import { readFaultless } from './faultless.ts';
import { Body, list, member, object, readRoot, ROOT } from './json.ts';
import type { JsonObject } from './parse.ts';
import { readPlainAnswer } from './plain.ts';

const RESPONSE = 'RFC 7846 §3.3.4';
const ERRORS = 'RFC 7846 §4.3';

export function decodeResponse(bytes: Uint8Array, answers: Method): Decoded<Response> {
  const body = new Body(bytes);
  const message =
    readPlainAnswer(body, answers) ??
    readFaultless(body, (root, tally) => readFaultlessResponse(root, tally, answers));
  return message ? { ok: true, message, findings: [] } : judgeResponse(body, answers);
}

/** Any response: the path of whatever departs from the grammar. */
export function judgeResponse(body: Body, answers: Method): Decoded<Response> {
  const reading = new Reading();
  const root = readRoot(reading, body);
  return reading.finish(root && readResponse(reading, root, answers));
}

function readResponse(reading: Reading, root: JsonObject, method: Method): Response | undefined {
  const version = readHead(reading, root, ROOT, (value) => {
    // A failure answers with '' where the request could not be read so far (digest, "Errors").
    const id = value === '' ? undefined : new Reading().id(value, '');
    reading.transactionId = id === undefined ? undefined : asTransactionId(id);
  });
  if (version === undefined) return undefined;
  const asked = member(root, 'response_type');
  if (asked === undefined && member(root, 'request_type') !== undefined)
    return reading.refuse(ROOT, 'is a request, not a response');
  const type = reading.integer(asked, `${ROOT}.response_type`, 'RFC 7846 §3.3.2', 1);
  if (type === undefined) return undefined;
  const head = { edition: 'rfc7846', version, method } as const;
  return type === 0 ? readSuccess(reading, root, head) : readFailure(reading, root, head);
}

type Head = Pick<Response, 'edition' | 'version' | 'method'>;

function readSuccess(reading: Reading, root: JsonObject, head: Head): SuccessResponse | undefined {
  const code = member(root, 'error_code');
  if (code === undefined) reading.found(`${ROOT}.error_code`, '0', RESPONSE);
  else if (reading.integer(code, `${ROOT}.error_code`, RESPONSE) !== 0)
    return reading.refuse(`${ROOT}.error_code`, 'is not 0 although response_type is');

  const transactionId = reading.id(member(root, 'transaction_id'), `${ROOT}.transaction_id`);
  const address = member(root, 'peer_addr');
  const publicAddress =
    address === undefined ? undefined : readAddress(reading, address, `${ROOT}.peer_addr`);
  const items = list(reading, member(root, 'swarm_result'), `${ROOT}.swarm_result`, RESPONSE, MAX_LIST);
  const entries = items && all(items, (item) => readResult(reading, item.value, item.path));
  if (transactionId === undefined || !entries) return undefined;
  return {
    ...head,
    outcome: 'success',
    transactionId: asTransactionId(transactionId),
    ...present('publicAddress', publicAddress),
    results: entries.map(({ result }) => result),
    peerLists: entries.flatMap(({ peers }) => (peers.peers.length > 0 ? [peers] : [])),
    queries: [],
  };
}

function readResult(
  reading: Reading,
  value: unknown,
  path: string,
): { readonly result: ActionResult; readonly peers: PeerList } | undefined {
  const from = object(reading, value, path);
  if (!from) return undefined;
  const id = reading.id(member(from, 'swarm_id'), `${path}.swarm_id`);
  const result = reading.integer(member(from, 'result'), `${path}.result`, RESPONSE, 1);
  const peers = readGroup(reading, member(from, 'peer_group'), `${path}.peer_group`);
  if (id === undefined || result === undefined || !peers) return undefined;
  const swarmId = asSwarmId(id);
  return { result: { swarmId, ok: result === 0 }, peers: { swarmId, peers } };
}

function readGroup(reading: Reading, value: unknown, path: string): PeerInfo[] | undefined {
  if (value === undefined) return [];
  const section = 'RFC 7846 §3.2.4';
  const from = object(reading, value, path);
  const items = from && list(reading, member(from, 'peer_info'), `${path}.peer_info`, section, MAX_LIST);
  if (!items) return undefined;
  if (items.length === 0) reading.found(`${path}.peer_info`, 'at least one, or no peer_group', section);
  if (items.length > MAX_PEER_LIST)
    reading.found(`${path}.peer_info`, `at most ${MAX_PEER_LIST}`, 'RFC 7846 §3.2.2');
  return all(items, (item) => {
    const info = object(reading, item.value, item.path);
    const peerId = info && reading.id(member(info, 'peer_id'), `${item.path}.peer_id`);
    const address = info && readAddress(reading, member(info, 'peer_addr'), `${item.path}.peer_addr`);
    return peerId === undefined || !address ? undefined : { peerId: asPeerId(peerId), addresses: [address] };
  });
}

function readFailure(reading: Reading, root: JsonObject, head: Head): FailureResponse | undefined {
  const path = `${ROOT}.error_code`;
  const code = reading.integer(member(root, 'error_code'), path, RESPONSE);
  if (code === undefined) return undefined;
  if (code === 0) return reading.refuse(path, 'is 0 although response_type is 1');
  const error = errorOfCode(code);
  if (error === undefined) reading.found(path, 'an assigned error code', ERRORS);
  for (const name of ['peer_addr', 'swarm_result'])
    if (member(root, name) !== undefined) reading.found(`${ROOT}.${name}`, 'no such member', ERRORS);

  const id = member(root, 'transaction_id');
  if (id === undefined) reading.found(`${ROOT}.transaction_id`, 'a string', RESPONSE);
  else if (id !== '' && reading.id(id, `${ROOT}.transaction_id`) === undefined) return undefined;
  return {
    ...head,
    outcome: 'failure',
    transactionId: reading.transactionId ?? '',
    error: error ?? 'internal',
  };
}
