/** Links as weak springs: the law of d3's `forceLink`, with one strength and one length, on a table of places. */
import { AT_ONE_PLACE, type Bodies, type Force } from './simulation.ts';

export interface Springs extends Force {
  /** Pairs of places in the simulation's list of nodes; the first `count` count. */
  links(ends: Int32Array, count: number): void;
}

const NOBODY: Bodies = {
  count: 0,
  x: new Float64Array(0),
  y: new Float64Array(0),
  vx: new Float64Array(0),
  vy: new Float64Array(0),
};

export function forceSprings(strength: number, length: number): Springs {
  let bodies = NOBODY;
  let random: () => number = () => 0.5;
  let pairs: Int32Array = new Int32Array(0);
  let springs = 0;
  /** Links of each node: the busier end gives way less. */
  let degree = new Int32Array(0);

  const force = (alpha: number): void => {
    const { x, y, vx, vy } = bodies;
    for (let i = 0; i < springs; i++) {
      const source = pairs[2 * i] as number;
      const target = pairs[2 * i + 1] as number;
      let dx =
        (x[target] as number) + (vx[target] as number) - (x[source] as number) - (vx[source] as number);
      let dy =
        (y[target] as number) + (vy[target] as number) - (y[source] as number) - (vy[source] as number);
      if (dx * dx + dy * dy < AT_ONE_PLACE) {
        dx = (random() - 0.5) * 1e-3;
        dy = (random() - 0.5) * 1e-3;
      }
      const distance = Math.sqrt(dx * dx + dy * dy);
      const pull = ((distance - length) / distance) * alpha * strength;
      const bias = (degree[source] as number) / ((degree[source] as number) + (degree[target] as number));
      vx[target] = (vx[target] as number) - dx * pull * bias;
      vy[target] = (vy[target] as number) - dy * pull * bias;
      vx[source] = (vx[source] as number) + dx * pull * (1 - bias);
      vy[source] = (vy[source] as number) + dy * pull * (1 - bias);
    }
  };
  return Object.assign(force, {
    initialize(all: Bodies, dice: () => number): void {
      bodies = all;
      random = dice;
      // Places changed with the list: whoever changed it says the links anew.
      springs = 0;
    },
    links(ends: Int32Array, count: number): void {
      pairs = ends;
      springs = count;
      if (degree.length < bodies.count) degree = new Int32Array(2 * bodies.count);
      degree.fill(0);
      for (let i = 0; i < 2 * count; i++) {
        const node = ends[i] as number;
        degree[node] = (degree[node] as number) + 1;
      }
    },
  });
}
