/** What a page is told of single peers and single exchanges; kept only in a run that somebody watches. */
import type { Pending } from '../../peer/state.ts';
import { codecOf } from '../../protocol/editions/index.ts';
import type { Method } from '../../protocol/message.ts';
import type { WireAnswer } from '../../transport/transport.ts';
import { ExchangeLog, type ExchangeRecord, type Witness } from '../exchange-log.ts';
import { purposeOf } from '../purpose.ts';
import { Listings } from '../listings.ts';
import type {
  Exchange,
  HistoryEntry,
  ListedPeer,
  PeerBirth,
  PeerEnd,
  PeerTransition,
  TrackerSight,
} from '../report.ts';
import { SightOfTracker } from '../tracker-sight.ts';
import type { BareResult } from '../exchange-log.ts';
import type { PeerIndex } from './events.ts';
import type { Session } from './session.ts';

const MAX_HISTORY = 40;
/** Births and ends kept for the next look; of more the page learns by the columns. */
const MAX_WAITING = 50_000;

export interface Story {
  readonly history: HistoryEntry[];
  list: { readonly at: number; readonly method: Method; readonly peers: readonly ListedPeer[] } | undefined;
  latest: ExchangeRecord | undefined;
  transition: PeerTransition | undefined;
}

export interface Asked {
  readonly session: Session;
  readonly pending: Pending;
  readonly swarm: number;
  readonly completed: boolean;
  /** Milliseconds. */
  readonly sentAt: number;
  readonly now: number;
}

export class Stories {
  readonly #witness: Witness | undefined;
  readonly #stories = new Map<PeerIndex, Story>();
  readonly #log: ExchangeLog;
  readonly #sight = new SightOfTracker();
  readonly #part: number;
  readonly #parts: number;
  readonly #handedOut = new Listings();
  #births: PeerBirth[] = [];
  #ends: PeerEnd[] = [];

  constructor(part: number, parts: number, witness?: Witness) {
    this.#part = part;
    this.#parts = parts;
    this.#witness = witness;
    this.#log = new ExchangeLog(0);
  }

  get sight(): TrackerSight {
    return this.#sight.sight;
  }

  of(peer: PeerIndex): Story | undefined {
    return this.#stories.get(peer);
  }

  born(birth: PeerBirth): void {
    this.#stories.set(birth.handle, {
      history: [],
      list: undefined,
      latest: undefined,
      transition: undefined,
    });
    if (this.#births.length < MAX_WAITING) this.#births.push(birth);
    this.#witness?.born(birth.peerId);
  }

  ended(end: PeerEnd): void {
    this.#stories.delete(end.handle);
    if (this.#ends.length < MAX_WAITING) this.#ends.push(end);
  }

  /** `at`: milliseconds. */
  note(peer: PeerIndex, at: number, what: string): void {
    const history = this.#stories.get(peer)?.history;
    history?.push({ at, what });
    if (history !== undefined && history.length > MAX_HISTORY) history.shift();
  }

  exchanged(
    { session, pending, swarm, completed, sentAt, now }: Asked,
    answer: WireAnswer,
    result: BareResult,
  ): void {
    const { request: message } = pending;
    this.#sight.see(result, now, now - sentAt);
    const record: ExchangeRecord = {
      id: this.#log.nextId() * this.#parts + this.#part,
      peer: session.peer,
      peerId: session.identity.peerId,
      swarm,
      edition: message.edition,
      method: message.method,
      purpose: purposeOf(pending, completed),
      transactionId: message.transactionId,
      at: sentAt,
      took: now - sentAt,
      attempt: pending.attempt,
      url: 'embedded',
      requestType: codecOf(message.edition).mediaType,
      request: session.body ?? new Uint8Array(),
      response: answer.kind === 'answered' ? answer.body : new Uint8Array(),
      result,
    };
    this.#log.add(record);
    this.#witness?.exchanged(record);
    const story = this.#stories.get(session.peer);
    if (story !== undefined) story.latest = record;
    if (result.kind === 'failed' || result.verdict !== 'ok')
      this.note(
        session.peer,
        now,
        `${record.method}: ${result.kind === 'failed' ? result.failure : result.detail}`,
      );
  }

  /** An answer listed the peer. */
  listed(peer: PeerIndex): void {
    this.#handedOut.note(peer);
  }

  takeListed(): Uint32Array<ArrayBuffer> {
    return this.#handedOut.take();
  }

  takeExchanges(): { readonly exchanges: readonly Exchange[]; readonly omitted: number } {
    return this.#log.take();
  }

  takeLives(): { readonly births: readonly PeerBirth[]; readonly ends: readonly PeerEnd[] } {
    const lives = { births: this.#births, ends: this.#ends };
    this.#births = [];
    this.#ends = [];
    return lives;
  }
}
