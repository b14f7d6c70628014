/**
 * What peers gave and got in the window, by their own totals: told when the window begins and ends, when a LEECH completes
 * and when a peer departs. Bytes under way at such a moment count as of the peer's last event before it.
 */
import type { Micros, Totals } from '../simulation/virtual/events.ts';
import { Column } from './column.ts';
import { giniCoefficient, jainIndex } from './fairness.ts';
import type { Measures } from './measures.ts';
import { LEECH, type EventOf, type Peers } from './peers.ts';
import { meanOf } from './confidence.ts';
import { inSeconds, type Window } from './window.ts';

/** A peer must have been there this long in the window, in seconds, for its rate to say anything. */
const LEAST_PRESENCE = 1;

export class Uploads {
  readonly #window: Window;
  readonly #peers: Peers;
  /** What each had sent, got and thrown away when the window began. */
  readonly #before = { uploaded: new Column(), downloaded: new Column(), polluted: new Column() };
  /** Bytes that it sent in the window. */
  readonly #sent = new Column();
  readonly #leechBytes: number[] = [];
  #uploaded = 0;
  #downloaded = 0;
  #polluted = 0;

  constructor(window: Window, peers: Peers) {
    this.#window = window;
    this.#peers = peers;
  }

  /** While the peer is still what it was before the event. */
  take(event: EventOf<'totals' | 'completed' | 'departed'>): void {
    const { at, kind, peer } = event;
    if (kind === 'totals' && event.edge === 'begin') {
      for (const name of ['uploaded', 'downloaded', 'polluted'] as const)
        this.#before[name].set(peer, event[name] ?? 0);
      return;
    }
    if (!this.#window.has(at)) return;
    const since = (name: keyof Totals): number => (event[name] ?? 0) - this.#before[name].get(peer);
    if (this.#peers.modeOf(peer) === LEECH) {
      const swarm = this.#peers.swarmOf(peer);
      this.#leechBytes[swarm] = this.leechBytesOf(swarm) + since('uploaded');
    }
    if (kind === 'completed') return;
    this.#sent.set(peer, since('uploaded'));
    this.#uploaded += since('uploaded');
    this.#downloaded += since('downloaded');
    this.#polluted += since('polluted');
  }

  /** That the LEECHes of a swarm sent in the window. */
  leechBytesOf(swarm: number): number {
    return this.#leechBytes[swarm] ?? 0;
  }

  /** Why it is not known who sent how much; undefined: it is. */
  absence(now: Micros): string | undefined {
    const { from, to } = this.#window;
    if (this.#window.passed(now) < to - from)
      return 'the run ended before its measured window: what peers have sent and got is told at its end';
    return this.#uploaded + this.#downloaded === 0
      ? 'no peer told of a byte that it sent or got in the window'
      : undefined;
  }

  /** Bytes/s while present in the window, of those that arrived as LEECH, by index of their behaviour. */
  #rates(now: Micros): number[][] {
    const { from, to } = this.#window;
    const rates: number[][] = this.#peers.behaviours.map(() => []);
    for (let peer = 0; peer < this.#peers.count; peer++) {
      if (!this.#peers.arrivedAsLeech(peer)) continue;
      const until = Math.min(this.#peers.departedAt(peer), to, now);
      const presence = inSeconds(until - Math.max(from, this.#peers.arrivedAt(peer)));
      if (presence >= LEAST_PRESENCE)
        rates[this.#peers.behaviourOf(peer)]?.push(this.#sent.get(peer) / presence);
    }
    return rates;
  }

  tell(measures: Measures, now: Micros): void {
    if (this.absence(now) !== undefined) return;
    const rates = this.#rates(now);
    const all = rates.flat();
    measures.tell('uploads.jain', jainIndex(all), { observations: all.length });
    measures.tell('uploads.gini', giniCoefficient(all), { observations: all.length });
    measures.tell('uploads.bytesPerSecond', this.#uploaded / inSeconds(this.#window.passed(now)));
    measures.tell('uploads.pollutedShare', this.#polluted / this.#downloaded);
    this.#peers.behaviours.forEach((of, index) => {
      const own = rates[index] ?? [];
      measures.tell('behaviours.*.meanUploadRate', meanOf(own), { of, observations: own.length });
    });
  }
}
