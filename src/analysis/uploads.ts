/** What peers gave: bytes of chunks that came whole, told to their sender. Only of runs whose log has the chunks. */
import type { Micros } from '../simulation/virtual/events.ts';
import { Column } from './column.ts';
import { giniCoefficient, jainIndex } from './fairness.ts';
import type { Measures } from './measures.ts';
import type { EventOf, Peers } from './peers.ts';
import { meanOf } from './confidence.ts';
import { inSeconds, Tally, type Window } from './window.ts';

/** A peer must have been there this long in the window, in seconds, for its rate to say anything. */
const LEAST_PRESENCE = 1;

export class Uploads {
  readonly #window: Window;
  readonly #peers: Peers;
  /** Bytes that it sent in the window. */
  readonly #sent = new Column();
  readonly #bytes: Tally;
  readonly #polluted: Tally;

  constructor(window: Window, peers: Peers) {
    this.#window = window;
    this.#peers = peers;
    this.#bytes = new Tally(window);
    this.#polluted = new Tally(window);
  }

  take({ at, from, bytes, good }: EventOf<'chunk'>): void {
    this.#bytes.add(at, bytes);
    if (!good) this.#polluted.add(at, bytes);
    if (this.#window.has(at)) this.#sent.add(from, bytes);
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
    if (this.#bytes.all === 0) return;
    const rates = this.#rates(now);
    const all = rates.flat();
    measures.tell('uploads.jain', jainIndex(all), { observations: all.length });
    measures.tell('uploads.gini', giniCoefficient(all), { observations: all.length });
    measures.tell('uploads.bytesPerSecond', this.#bytes.rate(now));
    measures.tell('uploads.pollutedShare', this.#polluted.measured / this.#bytes.measured);
    this.#peers.behaviours.forEach((of, index) => {
      const own = rates[index] ?? [];
      measures.tell('behaviours.*.meanUploadRate', meanOf(own), { of, observations: own.length });
    });
  }
}
