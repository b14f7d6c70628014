/** What lies at a point of the world: peers first, then the tracker, then swarms. */
import { quadtree, type Quadtree } from 'd3';
import { TRACKER_REACH } from './arrangement.ts';
import type { Point } from './camera.ts';
import type { PeerNode } from './model.ts';

export type Picked =
  | { readonly kind: 'peer'; readonly node: PeerNode }
  | { readonly kind: 'tracker' }
  | { readonly kind: 'swarm'; readonly swarm: number };

export class Picker {
  #tree: Quadtree<PeerNode> | undefined;

  /** The nodes moved: the next question builds the tree anew. */
  forget(): void {
    this.#tree = undefined;
  }

  /** `reach`: how near to a peer's centre counts; 0 when peers are too small to be meant. */
  pick(
    at: Point,
    reach: number,
    nodes: readonly PeerNode[],
    holds: (swarm: number, at: Point) => boolean,
    swarms: number,
  ): Picked | undefined {
    if (reach > 0) {
      this.#tree ??= quadtree<PeerNode>()
        .x((node) => node.x)
        .y((node) => node.y)
        .addAll(nodes.filter((node) => node.end === undefined));
      const node = this.#tree.find(at.x, at.y, reach);
      if (node !== undefined) return { kind: 'peer', node };
    }
    if (Math.max(Math.abs(at.x), Math.abs(at.y)) <= TRACKER_REACH) return { kind: 'tracker' };
    for (let swarm = 0; swarm < swarms; swarm++) if (holds(swarm, at)) return { kind: 'swarm', swarm };
    return undefined;
  }
}
