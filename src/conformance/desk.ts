/** The suite's own tracker at work in a case: takes requests, grants them, and remembers what the peer is by that. */
import type { PeerMode, Request } from '../protocol/message.ts';
import { held, succeed, UNKNOWN } from './good-tracker.ts';
import type { Granted, Standing } from './good-tracker.ts';
import type { AnswerOptions, PeerBench, Received } from './peer-bench.ts';
import { suppose } from './verify.ts';

/** Requests that a peer may need for one thing before the case has seen enough of it. */
const MOST = 40;

export const isReport = ({ method }: Request): boolean => method === 'STAT_REPORT' || method === 'KEEPALIVE';

/** It asks to be in a swarm, for the first time or anew. */
export const isJoin = (request: Request): boolean =>
  request.method === 'JOIN' ||
  request.method === 'JOIN_CHUNK' ||
  (request.method === 'CONNECT' && request.actions.some(({ action }) => action === 'JOIN'));

/** It asks for peers while it is in the swarm: by FIND, or by a JOIN anew. */
export const asksAnew = (request: Request, { swarms }: Standing): boolean => {
  if (request.method === 'FIND' || request.method === 'FIND_CHUNK') return true;
  if (request.method === 'JOIN' || request.method === 'JOIN_CHUNK')
    return swarms.get(request.swarmId) === request.mode;
  return (
    request.method === 'CONNECT' &&
    request.actions.some(({ action, swarmId, mode }) => action === 'JOIN' && swarms.get(swarmId) === mode)
  );
};

export const leaves = (request: Request): boolean =>
  request.method === 'LEAVE' ||
  request.method === 'DISCONNECT' ||
  (request.method === 'CONNECT' && request.actions.some(({ action }) => action === 'LEAVE'));

/** The request as a tolerant tracker reads it; the case says nothing of a peer that cannot be understood. */
export function read({ tolerant }: Received): Request {
  suppose(tolerant.ok, 'a request came that cannot be read');
  return tolerant.message;
}

export class Desk {
  readonly bench: PeerBench;
  standing: Standing = UNKNOWN;

  constructor(bench: PeerBench) {
    this.bench = bench;
  }

  /** The next request, for a step that the case only builds on. */
  async next(timeout?: number): Promise<Received> {
    const received = await this.bench.next(timeout);
    suppose(received !== undefined, 'the peer did not come, or came no more');
    return received;
  }

  grant(received: Received, granted?: Granted, options?: AnswerOptions): void {
    const request = read(received);
    this.standing = held(this.standing, request);
    received.answer(succeed(request, granted), options);
  }

  /**
   * Grants all that comes, up to and without the request that `wanted` is about; `undefined` when the peer falls
   * silent before, or asks for other things without end.
   */
  async until(wanted: (request: Request) => boolean, timeout?: number): Promise<Received | undefined> {
    for (let count = 0; count < MOST; count++) {
      const received = await this.bench.next(timeout);
      if (received === undefined || wanted(read(received))) return received;
      this.grant(received);
    }
    return undefined;
  }

  /** A new peer's first JOIN, not answered yet. */
  async arriving(mode: PeerMode = 'LEECH'): Promise<Received> {
    await this.bench.begin(mode);
    const received = await this.until(isJoin);
    suppose(received !== undefined, 'no peer came to join a swarm');
    return received;
  }

  /** A new peer that is in its swarm. */
  async joined(mode: PeerMode = 'LEECH', granted?: Granted): Promise<void> {
    this.grant(await this.arriving(mode), granted);
  }

  /** Its next report or keep-alive, not answered yet. */
  async report(): Promise<Received> {
    const received = await this.until(isReport);
    suppose(received !== undefined, 'no STAT_REPORT came');
    return received;
  }
}
