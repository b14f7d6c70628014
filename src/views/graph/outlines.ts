/** The swarms' edges over time: each follows its crowd without haste. */
import { HULL_PADDING } from './arrangement.ts';
import type { Hub } from './forces.ts';
import { ease, outline, OUTLINE_STEPS } from './hull.ts';
import type { PeerNode } from './model.ts';

/** Of the way to where the crowd was when it was last looked at, in one frame. */
const EASE = 0.12;
/** Peers looked at in one frame, about, over many frames: large swarms take turns, and then nobody has one for a while. */
const SHARE = 700;

export class Outlines {
  readonly edges: Float64Array[];
  readonly #goals: Float64Array[];
  #next = 0;
  /** Peers looked at beyond the share of the frames until now. */
  #ahead = 0;

  constructor(swarms: number) {
    this.edges = Array.from({ length: swarms }, () => new Float64Array(OUTLINE_STEPS));
    this.#goals = this.edges.map((edge) => edge.slice());
  }

  /** More swarms, or fewer, at the end. */
  resize(swarms: number): void {
    for (const outlines of [this.edges, this.#goals]) {
      while (outlines.length < swarms) outlines.push(new Float64Array(OUTLINE_STEPS));
      outlines.length = swarms;
    }
  }

  /** `crowds`: who is in each swarm. True while an edge has way left. */
  follow(hubs: readonly Hub[], crowds: readonly (readonly PeerNode[])[], atOnce: boolean): boolean {
    this.#ahead = Math.max(0, this.#ahead - SHARE);
    for (let looked = 0; looked < hubs.length; looked++) {
      if (this.#ahead >= SHARE && !atOnce) break;
      const i = this.#next++ % hubs.length;
      const [hub, crowd] = [hubs[i], crowds[i]];
      if (hub === undefined || crowd === undefined) continue;
      this.#goals[i] = outline(crowd, hub, HULL_PADDING);
      this.#ahead += crowd.length;
    }
    let moving = false;
    for (const [i, edge] of this.edges.entries()) {
      const goal = this.#goals[i] as Float64Array;
      if (ease(edge, goal, atOnce || edge[0] === 0 ? 1 : EASE)) moving = true;
    }
    return moving;
  }
}
