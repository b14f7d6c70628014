/** What lies at a point of the world: peers first, then the tracker, then swarms. */
import { TRACKER_REACH } from './arrangement.ts';
import type { Point } from './camera.ts';
import type { PeerNode } from './model.ts';

export type Picked =
  | { readonly kind: 'peer'; readonly node: PeerNode }
  | { readonly kind: 'tracker' }
  | { readonly kind: 'swarm'; readonly swarm: number };

/** `reach`: how near to a peer's centre counts; 0 when peers are too small to be meant. */
export function pick(
  at: Point,
  reach: number,
  nodes: readonly PeerNode[],
  holds: (swarm: number, at: Point) => boolean,
  swarms: number,
): Picked | undefined {
  // One after the other: for one question while everything moves, no tree is worth its building.
  let nearest: PeerNode | undefined;
  let least = reach * reach;
  for (const node of nodes) {
    const [dx, dy] = [node.x - at.x, node.y - at.y];
    const square = dx * dx + dy * dy;
    if (square >= least || node.end !== undefined) continue;
    least = square;
    nearest = node;
  }
  if (nearest !== undefined) return { kind: 'peer', node: nearest };
  if (Math.max(Math.abs(at.x), Math.abs(at.y)) <= TRACKER_REACH) return { kind: 'tracker' };
  for (let swarm = 0; swarm < swarms; swarm++) if (holds(swarm, at)) return { kind: 'swarm', swarm };
  return undefined;
}
