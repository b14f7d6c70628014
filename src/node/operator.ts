/**
 * The operator's requests: who is registered, what is known of a peer, and asking it for more. Plain text says
 * what is wrong; nothing is granted to other origins.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { asPeerId, idProblem } from '../protocol/ids.ts';
import type { PeerId } from '../protocol/ids.ts';
import { RULES } from '../protocol/rules.ts';
import type { Tracker } from '../tracker/api.ts';
import { bareMediaType } from '../tracker/failures.ts';
import { MAX_QUERIED } from '../tracker/queries.ts';
import { MAX_PAGE } from '../tracker/records.ts';
import { readBody } from './body.ts';
import type { BodyLimits } from './body.ts';
import { strangerProblem } from './operator-guard.ts';
import type { OwnPlace } from './operator-guard.ts';
import { pathOf, targetOf } from './plain-request.ts';
import { sendRefusal } from './send-answer.ts';
import type { PlainAnswer } from './send-answer.ts';

export interface OperatorContext {
  readonly tracker: Tracker;
  readonly place: OwnPlace;
  readonly limits: BodyLimits;
  /** Cleans out whoever's time has come, so that what is shown is so now. */
  readonly expire: () => void;
}

const PEERS = '/peers';
const DEFAULT_PAGE = 100;
/** Bytes after which a page ends, whatever was asked for. */
const PAGE_BYTES = 1 << 20;
/** Longest body: the most names of the longest kind, however JSON spells them. */
const MAX_BODY = 256 << 10;

/** They stand on every answer: no grant to other origins, and none may use it as a script or a picture. */
export const OPERATOR_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** POST is PPSP-TP on any path, and OPTIONS asks for its preflight. */
export function isOperators(request: IncomingMessage): boolean {
  if (request.method === 'POST' || request.method === 'OPTIONS') return false;
  const path = pathOf(request);
  return path === PEERS || path.startsWith(`${PEERS}/`);
}

function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): PlainAnswer {
  const type = { 'content-type': 'text/plain; charset=utf-8' };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(`${body}\n`) };
}

function json(body: string): PlainAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
}

const notAllowed = (allow: string): PlainAnswer =>
  text(405, `Allowed here: ${allow}. POST is PPSP-TP.`, { allow });
const NO_PEER = text(404, 'No peer of this ID is registered.');

/** Where a path leads: the page, a peer, or the questions to it. */
interface Place {
  readonly peerId: PeerId | undefined;
  readonly isQuery: boolean;
}

/** A peer ID is one segment, percent-encoded (RFC 3986 §2.1); `undefined`: it leads nowhere. */
function placeOf(path: string): Place | 'not encoded' | undefined {
  const [encoded, query, ...rest] = path.slice(PEERS.length + 1).split('/');
  if (encoded === undefined || encoded === '')
    return query === undefined ? { peerId: undefined, isQuery: false } : undefined;
  if (rest.length > 0 || (query !== undefined && query !== 'query')) return undefined;
  try {
    return { peerId: asPeerId(decodeURIComponent(encoded)), isQuery: query !== undefined };
  } catch {
    return 'not encoded';
  }
}

export class OperatorApi {
  readonly #context: OperatorContext;

  constructor(context: OperatorContext) {
    this.#context = context;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.#answer(request, response);
    if (answer !== undefined) await sendRefusal(request, response, answer);
  }

  /** `undefined`: nobody is left to answer. */
  async #answer(request: IncomingMessage, response: ServerResponse): Promise<PlainAnswer | undefined> {
    const { place: own, expire } = this.#context;
    const stranger = strangerProblem(request, own);
    if (stranger !== undefined) return text(403, stranger);
    const place = placeOf(pathOf(request));
    if (place === undefined) return text(404, 'There is nothing here.');
    if (place === 'not encoded') return text(400, 'The peer ID is not percent-encoded UTF-8.');
    expire();
    const { peerId, isQuery } = place;
    const isGet = request.method === 'GET' || request.method === 'HEAD';
    if (peerId !== undefined && isQuery)
      return request.method === 'PUT'
        ? this.#put(request, response, peerId)
        : notAllowed('PUT, POST, OPTIONS');
    if (!isGet) return notAllowed('GET, HEAD, POST, OPTIONS');
    return peerId === undefined ? this.#page(request) : this.#peer(peerId);
  }

  #page(request: IncomingMessage): PlainAnswer {
    const { searchParams } = new URL(targetOf(request), 'http://localhost');
    const after = wholeNumber(searchParams.get('after'), 0, Number.MAX_SAFE_INTEGER);
    if (after === 'wrong') return text(400, '`after` must be the `next` of the page before.');
    const limit = wholeNumber(searchParams.get('limit'), 1, MAX_PAGE);
    if (limit === 'wrong') return text(400, `\`limit\` must be a whole number from 1 to ${MAX_PAGE}.`);

    const { tracker } = this.#context;
    const records: string[] = [];
    let size = 0;
    let next = after;
    // One by one, for a record may be long: a page ends with the one that makes it too long.
    do {
      const page = tracker.peersPage(next, 1);
      for (const record of page.peers) {
        const written = JSON.stringify(record);
        records.push(written);
        size += written.length;
      }
      ({ next } = page);
    } while (next !== undefined && records.length < (limit ?? DEFAULT_PAGE) && size < PAGE_BYTES);
    return json(`{"peers":[${records.join(',')}]${next === undefined ? '' : `,"next":${next}`}}`);
  }

  #peer(peerId: PeerId): PlainAnswer {
    const record = this.#context.tracker.peer(peerId);
    return record === undefined ? NO_PEER : json(JSON.stringify(record));
  }

  async #put(
    request: IncomingMessage,
    response: ServerResponse,
    peerId: PeerId,
  ): Promise<PlainAnswer | undefined> {
    const { 'content-type': type = '', 'content-encoding': coding = 'identity' } = request.headers;
    if (bareMediaType(type) !== 'application/json' || coding.toLowerCase() !== 'identity')
      return text(415, 'The body must be application/json.');
    const maxBody = Math.min(MAX_BODY, this.#context.limits.maxBody);
    if (Number(request.headers['content-length'] ?? 0) > maxBody) return tooLong(maxBody);
    if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
    const outcome = await readBody(request, { ...this.#context.limits, maxBody });
    switch (outcome.kind) {
      case 'gone':
        return undefined;
      case 'too-large':
        return tooLong(maxBody);
      case 'too-slow':
        return text(408, 'The body took too long.');
      case 'body':
        return this.#query(peerId, outcome.body);
      default:
        return outcome satisfies never;
    }
  }

  #query(peerId: PeerId, body: Uint8Array): PlainAnswer {
    const { tracker } = this.#context;
    const properties = readProperties(body);
    if (typeof properties === 'string') return text(400, properties);
    const peer = tracker.peer(peerId);
    if (peer === undefined) return NO_PEER;
    if (tracker.query(peerId, properties))
      return text(202, 'The peer is asked in the answer to its next KEEPALIVE or STAT_REPORT.');
    return RULES[peer.edition].statQuery
      ? text(409, 'Too many questions to this peer are open.')
      : text(409, `This peer speaks ${peer.edition}, which has no STAT_QUERY.`);
  }
}

const tooLong = (maxBody: number): PlainAnswer => text(413, `The body must have at most ${maxBody} bytes.`);

function wholeNumber(text: string | null, min: number, max: number): number | 'wrong' | undefined {
  if (text === null) return undefined;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : 'wrong';
}

/** What a peer is asked for, or what is wrong with the question. */
function readProperties(body: Uint8Array): readonly string[] | string {
  let read: unknown;
  try {
    read = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return 'The body is no JSON.';
  }
  const named =
    typeof read === 'object' && read !== null && 'properties' in read ? read.properties : undefined;
  if (!Array.isArray(named) || named.length === 0 || named.length > MAX_QUERIED)
    return `\`properties\` must be an array of 1 to ${MAX_QUERIED} names.`;
  const names: string[] = [];
  for (const [index, name] of named.entries()) {
    const problem = typeof name === 'string' ? idProblem(name) : 'is no string';
    if (problem !== undefined || typeof name !== 'string') return `properties[${index}] ${problem}.`;
    names.push(name);
  }
  return names;
}
