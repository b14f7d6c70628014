/**
 * STAT_QUERY: what the tracker wants to know of a peer (gu-04). Over HTTP it cannot call the peer, so a question
 * waits for a KEEPALIVE or STAT_REPORT and rides on the answer to it (digest, "gu-04").
 */
import { asTransactionId, idProblem } from '../protocol/ids.ts';
import type { TransactionId } from '../protocol/ids.ts';
import type { Property, StatQuery } from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import type { TrackerEvent } from './api.ts';
import type { Registration } from './registration.ts';

/** Questions to one peer, waiting or asked and not answered yet. */
export const MAX_QUERIES = 4;
/** Properties that one question may name. */
export const MAX_QUERIED = 32;
/** What the tracker asks for by itself (gu -06 table 4). */
const OVERDUE: readonly string[] = ['StreamStats'];

/** Of one peer; made when there is something to ask. */
export interface PeerQueries {
  /** Not sent yet. */
  readonly waiting: (readonly string[])[];
  /** Sent, with when. */
  readonly asked: Map<TransactionId, number>;
}

export class Queries {
  /** Milliseconds after which statistics are overdue, and a question that was not answered is given up. */
  readonly #patience: number;
  #next = 1;

  constructor(reportInterval: number) {
    this.#patience = 2 * reportInterval;
  }

  /** `false`: it cannot be asked (see `Tracker.query`). */
  wait(peer: Registration, properties: readonly string[]): boolean {
    if (!RULES[peer.edition].statQuery) return false;
    if (properties.length === 0 || properties.length > MAX_QUERIED) return false;
    if (properties.some((name) => idProblem(name) !== undefined)) return false;
    const queries: PeerQueries = (peer.queries ??= { waiting: [], asked: new Map() });
    if (queries.waiting.length + queries.asked.size >= MAX_QUERIES) return false;
    queries.waiting.push([...properties]);
    return true;
  }

  /** What is asked of a peer now: what waits, or else its statistics when they are overdue. */
  ask(peer: Registration, now: number, events: TrackerEvent[]): readonly StatQuery[] {
    this.#giveUp(peer, now);
    if ((peer.queries?.asked.size ?? 0) === 0 && now - peer.reportedAt > this.#patience)
      this.wait(peer, OVERDUE);
    return (peer.queries?.waiting.splice(0) ?? []).map((properties) => {
      const { peerId } = peer;
      // Unique among all that this tracker asks.
      const transactionId = asTransactionId(`q.${this.#next++}`);
      peer.queries?.asked.set(transactionId, now);
      events.push({ kind: 'queried', peerId, transactionId, properties });
      return { transactionId, peerId, properties };
    });
  }

  /** Whether it answers a question that is open; then it no longer is. */
  answered(
    peer: Registration,
    transactionId: TransactionId,
    properties: readonly Property[],
    events: TrackerEvent[],
  ): boolean {
    const { queries } = peer;
    if (queries?.asked.delete(transactionId) !== true) return false;
    events.push({ kind: 'answered', peerId: peer.peerId, transactionId, properties });
    return true;
  }

  #giveUp({ queries }: Registration, now: number): void {
    for (const [transactionId, askedAt] of queries?.asked ?? [])
      if (now - askedAt > this.#patience) queries?.asked.delete(transactionId);
  }
}
