/**
 * The overlays at several moments of the measured window: equally spaced, the last at its end. A measure is the mean over
 * the moments at which the swarm had links; the moments stand for batches, so its interval is by batch means.
 */
import type { Micros } from '../simulation/virtual/events.ts';
import { batchMeans, meanOf } from './confidence.ts';
import { Measures, type Measure } from './measures.ts';
import type { OpenLinks } from './open-links.ts';
import { measureOverlays } from './overlay-snapshot.ts';
import type { Peers } from './peers.ts';
import type { Curve } from './sample.ts';
import type { Window } from './window.ts';

const MOMENTS = 10;
/** With more peers present only the last moment is measured: at 5,000 a moment takes a second or so. */
const MOST_PEERS = 5000;

export class OverlaySeries {
  readonly #window: Window;
  readonly #ids: readonly string[];
  readonly #peers: Peers;
  readonly #links: OpenLinks;
  readonly #random: () => number;
  readonly #values = new Map<string, number[]>();
  #curves: Record<string, Curve> = {};
  #passed = 0;
  #measured = 0;
  /** Moments with too many peers. */
  #skipped = 0;

  /** `ids`: of the swarms, by index; `random`: uniform in [0, 1). */
  constructor(window: Window, ids: readonly string[], peers: Peers, links: OpenLinks, random: () => number) {
    this.#window = window;
    this.#ids = ids;
    this.#peers = peers;
    this.#links = links;
    this.#random = random;
  }

  /** The next moment before the window's end; `Infinity`: none. */
  get next(): Micros {
    const { from, to } = this.#window;
    const moment = this.#passed + 1;
    return moment >= MOMENTS ? Infinity : from + Math.round(((to - from) * moment) / MOMENTS);
  }

  /** The next moment has come: everything before it has been told. `present`: peers, of all swarms. */
  pass(present: number): void {
    this.#passed++;
    if (present > MOST_PEERS) this.#skipped++;
    else this.#measure();
  }

  /** The window is over, or what there is of it. */
  close(): void {
    this.#measure();
  }

  #measure(): void {
    this.#measured++;
    const now = new Measures();
    const curves = measureOverlays(now, this.#ids, this.#peers, this.#links, this.#random);
    this.#curves = { ...this.#curves, ...curves };
    for (const [name, { value }] of Object.entries(now.all())) {
      const values = this.#values.get(name);
      if (values === undefined) this.#values.set(name, [value]);
      else values.push(value);
    }
  }

  /** `observations`: moments. */
  measures(): Readonly<Record<string, Measure>> {
    const told: Record<string, Measure> = {};
    for (const [name, values] of this.#values) {
      const interval = batchMeans(values);
      const observations = values.length;
      told[name] = { value: meanOf(values), ...(interval && { interval }), observations };
    }
    return told;
  }

  /** As they were last. */
  curves(): Readonly<Record<string, Curve>> {
    return this.#curves;
  }

  /** Why a swarm's overlay is not in the measures; undefined: it is. */
  absence(id: string): string | undefined {
    if (this.#values.has(`overlay.${id}.nodes`)) return undefined;
    const moments = this.#measured === 1 ? 'moment' : `${this.#measured} moments`;
    const skipped =
      this.#skipped === 0 ? '' : ` (at ${this.#skipped} more there were over ${MOST_PEERS} peers: too many)`;
    return `no two of its peers were linked at the ${moments} looked at${skipped}`;
  }
}
