/**
 * d3-force's simulation on typed arrays: the same words (`alpha`, `force`, `nodes`, `tick`, `randomSource`) and the same
 * velocity Verlet step, for forces that read and write columns in place of an object a node. Nodes are told where they
 * are after each tick.
 */

/** Where everything is and how fast it moves, by place in the simulation's list of nodes. */
export interface Bodies {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly vx: Float64Array;
  readonly vy: Float64Array;
}

export interface Force {
  (alpha: number): void;
  /** The list of nodes is another: places are given anew. */
  initialize?(bodies: Bodies, random: () => number): void;
}

export interface Moving {
  x: number;
  y: number;
  vx: number;
  vy: number;
  /** Place in the list. */
  index?: number;
}

export interface Cooling {
  /** Part of the heat that goes with each tick. */
  readonly alphaDecay: number;
  /** Part of the speed that goes with each tick. */
  readonly velocityDecay: number;
}

export class ForceSimulation<Node extends Moving> {
  readonly #random: () => number;
  readonly #cooling: Cooling;
  readonly #forces: Force[] = [];
  #nodes: readonly Node[] = [];
  #bodies = {
    count: 0,
    x: new Float64Array(0),
    y: new Float64Array(0),
    vx: new Float64Array(0),
    vy: new Float64Array(0),
  };
  /** Where some are kept, whatever the forces say. */
  readonly #held = new Map<Node, { readonly x: number; readonly y: number }>();
  /** Forces that have acted in the current tick. */
  #acted = 0;
  alpha = 0;

  constructor(cooling: Cooling, random: () => number) {
    this.#cooling = cooling;
    this.#random = random;
  }

  get bodies(): Bodies {
    return this.#bodies;
  }

  force(force: Force): this {
    this.#forces.push(force);
    force.initialize?.(this.#bodies, this.#random);
    return this;
  }

  /** Another list of nodes, each from where it is, at the speed it has. */
  nodes(nodes: readonly Node[]): void {
    this.#keepSpeeds();
    // A tick half done begins anew: what it has pushed so far, it has pushed.
    this.#acted = 0;
    this.#nodes = nodes;
    const count = nodes.length;
    if (this.#bodies.x.length < count) {
      const column = (): Float64Array<ArrayBuffer> => new Float64Array(2 * count);
      this.#bodies = { count, x: column(), y: column(), vx: column(), vy: column() };
    } else this.#bodies.count = count;
    const { x, y, vx, vy } = this.#bodies;
    for (let i = 0; i < count; i++) {
      const node = nodes[i] as Node;
      node.index = i;
      x[i] = node.x;
      y[i] = node.y;
      vx[i] = node.vx;
      vy[i] = node.vy;
    }
    for (const force of this.#forces) force.initialize?.(this.#bodies, this.#random);
  }

  /** At once, and until it is let go. The node is one of the list. */
  hold(node: Node, x: number, y: number): void {
    this.#held.set(node, { x, y });
    this.#stand(node, x, y);
  }

  letGo(node: Node): void {
    this.#held.delete(node);
  }

  /** What is left of the current tick, or all of one. */
  tick(): void {
    while (!this.part());
  }

  /** About half a tick, for ticks that are long beside a frame; true when the tick is complete. */
  part(): boolean {
    const { alphaDecay, velocityDecay } = this.#cooling;
    if (this.#acted === 0) this.alpha -= this.alpha * alphaDecay;
    const half = this.#forces.length >> 1;
    const until = this.#acted < half ? half : this.#forces.length;
    while (this.#acted < until) (this.#forces[this.#acted++] as Force)(this.alpha);
    if (until < this.#forces.length) return false;
    this.#acted = 0;
    this.#move(1 - velocityDecay);
    return true;
  }

  #move(kept: number): void {
    const { count, x, y, vx, vy } = this.#bodies;
    for (let i = 0; i < count; i++) {
      const right = (vx[i] as number) * kept;
      const down = (vy[i] as number) * kept;
      vx[i] = right;
      vy[i] = down;
      x[i] = (x[i] as number) + right;
      y[i] = (y[i] as number) + down;
      const node = this.#nodes[i] as Node;
      node.x = x[i] as number;
      node.y = y[i] as number;
    }
    for (const [node, at] of this.#held) this.#stand(node, at.x, at.y);
  }

  #stand(node: Node, x: number, y: number): void {
    Object.assign(node, { x, y, vx: 0, vy: 0 });
    const { index } = node;
    if (index === undefined) return;
    this.#bodies.x[index] = x;
    this.#bodies.y[index] = y;
    this.#bodies.vx[index] = this.#bodies.vy[index] = 0;
  }

  #keepSpeeds(): void {
    const { count, vx, vy } = this.#bodies;
    // The list may have grown at its end since: what came has its own speed.
    for (let i = 0; i < count; i++) {
      const node = this.#nodes[i] as Node;
      node.vx = vx[i] as number;
      node.vy = vy[i] as number;
    }
  }
}

/** Square of a distance that has no direction to speak of: two so near are parted by lot. */
export const AT_ONE_PLACE = 1e-12;
