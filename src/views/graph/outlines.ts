/** The swarms' edges over time: each follows its crowd without haste. */
import { HULL_PADDING } from './arrangement.ts';
import type { Hub } from './forces.ts';
import { ease, outline, OUTLINE_STEPS } from './hull.ts';
import type { PeerNode } from './model.ts';

/** Of the way to where the crowd is now, in one frame. */
const EASE = 0.12;

export class Outlines {
  readonly edges: Float64Array[];

  constructor(swarms: number) {
    this.edges = Array.from({ length: swarms }, () => new Float64Array(OUTLINE_STEPS));
  }

  /** More swarms, or fewer, at the end. */
  resize(swarms: number): void {
    while (this.edges.length < swarms) this.edges.push(new Float64Array(OUTLINE_STEPS));
    this.edges.length = swarms;
  }

  /** True while an edge has way left. */
  follow(hubs: readonly Hub[], nodes: readonly PeerNode[], atOnce: boolean): boolean {
    const crowds: PeerNode[][] = hubs.map(() => []);
    for (const node of nodes) if (node.end === undefined) crowds[node.swarm]?.push(node);
    let moving = false;
    for (const [i, hub] of hubs.entries()) {
      const edge = this.edges[i] as Float64Array;
      const goal = outline(crowds[i] as PeerNode[], hub, HULL_PADDING);
      if (ease(edge, goal, atOnce || edge[0] === 0 ? 1 : EASE)) moving = true;
    }
    return moving;
  }
}
