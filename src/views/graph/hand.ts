/** What the hand on the picture is about: nothing, moving a peer, or drawing a line around some. */
import type { Point } from './camera.ts';
import type { PeerNode } from './model.ts';
import { within } from './polygon.ts';

/** CSS pixels: discs smaller than this are not taken hold of, so that the map can still be moved by its peers. */
export const GRABBED_FROM = 4;
/** Corners nearer to each other than this are one, CSS pixels. */
const STEP = 3;
/** A line of more corners loses every second one. */
const MOST_CORNERS = 600;

type Doing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'moving'; readonly node: PeerNode }
  | { readonly kind: 'drawing'; corners: Point[]; readonly on: PeerNode | undefined };

export class Hand {
  #doing: Doing = { kind: 'nothing' };

  /** The peer that it holds. */
  get held(): PeerNode | undefined {
    return this.#doing.kind === 'moving' ? this.#doing.node : undefined;
  }

  /** The line so far, in the world; nothing when none is drawn. */
  get line(): readonly Point[] {
    return this.#doing.kind === 'drawing' ? this.#doing.corners : [];
  }

  get draws(): boolean {
    return this.#doing.kind === 'drawing';
  }

  grab(node: PeerNode | undefined): void {
    this.#doing = node === undefined ? { kind: 'nothing' } : { kind: 'moving', node };
  }

  /** `on`: the peer that the line begins upon. */
  draw(at: Point, on: PeerNode | undefined): void {
    this.#doing = { kind: 'drawing', corners: [at], on };
  }

  /** The next point of the line, in the world; `scale`: CSS pixels per unit of it. */
  drawTo(at: Point, scale: number): void {
    if (this.#doing.kind !== 'drawing') return;
    const { corners } = this.#doing;
    const last = corners.at(-1);
    if (last !== undefined && Math.hypot(at.x - last.x, at.y - last.y) * scale < STEP) return;
    corners.push(at);
    if (corners.length > MOST_CORNERS) this.#doing.corners = corners.filter((_, i) => i % 2 === 0);
  }

  /** What was drawn around, or the single peer that was pointed at; undefined: it drew nothing. */
  release(nodes: readonly PeerNode[]): readonly PeerNode[] | PeerNode | undefined {
    const doing = this.#doing;
    this.#doing = { kind: 'nothing' };
    if (doing.kind !== 'drawing') return undefined;
    if (doing.corners.length < 3) return doing.on;
    return within(nodes, doing.corners).filter((node) => node.end === undefined);
  }
}
