/**
 * Answers kept for repeated transactions (RFC 7846 §4.3; digest, "Repeated transaction"): the same peer ID,
 * transaction ID and body bytes get the same answer again. Bounded in time (one track-timer period), per
 * peer in number and bytes, and in total bytes: memory levels off whatever is sent, and who asks for
 * large answers pushes out its own first.
 */
import type { PeerId, TransactionId } from '../protocol/ids.ts';
import type { TrackerEvent } from './api.ts';
import { TimerQueue } from './timers.ts';
import type { Timed } from './timers.ts';

export interface AnswerLimits {
  /** Milliseconds an answer is kept at most: the track timer's period. */
  readonly period: number;
  readonly perPeer: number;
  /** Bytes held for one peer. */
  readonly bytesPerPeer: number;
  /** Bytes held for all peers together; the oldest answers go first. */
  readonly bytes: number;
  /** Request bodies are copied: the host may use its buffer again, or hold a large one for a small body. */
  readonly copiesBodies: boolean;
}

/** What one answer takes besides its bytes, roughly: entry, list place, headers. */
const OVERHEAD = 512;

class Kept<A> implements Timed {
  readonly peerId: PeerId;
  readonly transactionId: TransactionId;
  readonly body: Uint8Array;
  readonly answer: A;
  readonly bytes: number;
  readonly asker: string | undefined;
  startedAt = 0;
  earlier: this | undefined;
  later: this | undefined;

  constructor(
    peerId: PeerId,
    transactionId: TransactionId,
    body: Uint8Array,
    answer: A,
    size: number,
    asker: string | undefined,
  ) {
    this.peerId = peerId;
    this.transactionId = transactionId;
    this.body = body;
    this.answer = answer;
    this.asker = asker;
    this.bytes = OVERHEAD + body.byteLength + size;
  }
}

export class AnswerBook<A> {
  readonly #limits: AnswerLimits;
  /** Oldest first; no entry without an answer. */
  readonly #byPeer = new Map<PeerId, Kept<A>[]>();
  readonly #byAge: TimerQueue<Kept<A>>;
  #bytes = 0;

  constructor(limits: AnswerLimits) {
    this.#limits = limits;
    this.#byAge = new TimerQueue(limits.period);
  }

  /** Bytes held now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** `asker`: who asked, where that is known; what one was told is not for another. */
  find(peerId: PeerId, transactionId: TransactionId, body: Uint8Array, asker?: string): A | undefined {
    for (const kept of this.#byPeer.get(peerId) ?? [])
      if (kept.asker === asker && kept.transactionId === transactionId && isSame(kept.body, body))
        return kept.answer;
    return undefined;
  }

  /** Forgets what is too old by `now`. */
  expire(now: number): void {
    for (let kept = this.#byAge.expired(now); kept; kept = this.#byAge.expired(now)) this.#forget(kept);
  }

  follow(events: readonly TrackerEvent[]): void {
    for (const event of events) {
      if (event.kind === 'registered') this.#keepLast(event.peerId, 0);
      else if (event.kind === 'deregistered') this.end(event.peerId);
    }
  }

  /** Only the last answer outlives a registration: a LEAVE whose answer was lost is asked again. */
  end(peerId: PeerId): void {
    this.#keepLast(peerId, 1);
  }

  /** `size`: bytes the answer itself takes. `asker`: as in {@link find}. */
  keep(
    peerId: PeerId,
    transactionId: TransactionId,
    body: Uint8Array,
    answer: A,
    size: number,
    now: number,
    asker?: string,
  ) {
    const { bytes, bytesPerPeer, perPeer, copiesBodies } = this.#limits;
    const own = copiesBodies ? new Uint8Array(body) : body;
    const kept = new Kept(peerId, transactionId, own, answer, size, asker);
    if (kept.bytes > Math.min(bytes, bytesPerPeer) || perPeer < 1) return;
    this.#byAge.start(kept, now);
    this.#bytes += kept.bytes;
    const mine = this.#byPeer.get(peerId);
    if (mine === undefined) this.#byPeer.set(peerId, [kept]);
    else {
      mine.push(kept);
      this.#shorten(mine, perPeer, bytesPerPeer);
    }
    while (this.#bytes > bytes && this.#byAge.first) this.#forget(this.#byAge.first);
  }

  #keepLast(peerId: PeerId, count: number): void {
    const mine = this.#byPeer.get(peerId);
    if (mine !== undefined) this.#shorten(mine, count, this.#limits.bytesPerPeer);
  }

  /** The oldest go until `count` of one peer's are left, and they have room. */
  #shorten(mine: readonly Kept<A>[], count: number, bytes: number): void {
    let held = 0;
    for (const kept of mine) held += kept.bytes;
    for (let [first] = mine; first !== undefined && (mine.length > count || held > bytes); [first] = mine) {
      held -= first.bytes;
      this.#forget(first);
    }
  }

  #forget(kept: Kept<A>): void {
    this.#byAge.stop(kept);
    this.#bytes -= kept.bytes;
    const mine = this.#byPeer.get(kept.peerId);
    if (mine === undefined) throw new Error('forgot an answer twice');
    // Nearly always the first, for it is the oldest.
    mine.splice(mine.indexOf(kept), 1);
    if (mine.length === 0) this.#byPeer.delete(kept.peerId);
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.byteLength === other.byteLength && one.every((byte, index) => byte === other[index]);
}
