/** The faults of a scenario that are in force, for those that act on every message: the network's and the tracker's. */
import { toMicros } from '../models/distributions.ts';
import type { FaultSpec } from '../scenario/schema.ts';
import type { Micros } from './events.ts';

type Kind = FaultSpec['kind'];

/** When a fault ends; that which has no length is over at once. */
export const endOf = (fault: FaultSpec): Micros =>
  'for' in fault ? toMicros(fault.at) + toMicros(fault.for) : toMicros(fault.at);

/** Faults of one kind by time: who is in force is looked up anew only when that changes. */
export class Troubles<K extends Kind> {
  readonly #faults: readonly Extract<FaultSpec, { kind: K }>[];
  #active: readonly Extract<FaultSpec, { kind: K }>[] = [];
  #from: Micros = -1;
  #until: Micros = -1;

  constructor(faults: readonly FaultSpec[], kind: K) {
    this.#faults = faults.filter((fault): fault is Extract<FaultSpec, { kind: K }> => fault.kind === kind);
    if (this.#faults.length === 0) [this.#from, this.#until] = [0, Infinity];
  }

  /** In the order of the scenario. */
  at(now: Micros): readonly Extract<FaultSpec, { kind: K }>[] {
    if (now >= this.#from && now < this.#until) return this.#active;
    const begun = (fault: FaultSpec): boolean => toMicros(fault.at) <= now;
    this.#active = this.#faults.filter((fault) => begun(fault) && now < endOf(fault));
    this.#from = now;
    this.#until = Infinity;
    for (const fault of this.#faults)
      for (const edge of [toMicros(fault.at), endOf(fault)])
        if (edge > now && edge < this.#until) this.#until = edge;
    return this.#active;
  }
}
