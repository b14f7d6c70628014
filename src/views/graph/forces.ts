/**
 * The layout. Within its swarm a peer's distance from the centre says how much of the content it holds:
 * SEEDs form the core, newcomers the rim, and a LEECH drifts inwards as its share grows.
 * Everything else is there to keep discs apart and the map in the viewer's mind steady.
 */
import { randomLcg } from 'd3';
import { crowdRadius, HULL_PADDING, SPACING, type Place } from './arrangement.ts';
import { forceCharge } from './forces/charge.ts';
import { forceApart } from './forces/collide.ts';
import { ForceSimulation } from './forces/simulation.ts';
import { forceSprings } from './forces/springs.ts';
import type { GraphModel, PeerNode } from './model.ts';

/** A swarm's centre, gliding to where the arrangement wants it. */
export interface Hub {
  x: number;
  y: number;
  /** The hull's; the crowd inside is smaller by the padding. */
  radius: number;
  goal: Place;
}

/** How warm the layout becomes: 1 is chaos, REST is stillness. */
const HEAT = { members: 0.16, ranks: 0.06, links: 0.05, held: 0.08 } as const;
const REST = 0.006;
const COOLING = { alphaDecay: 0.022, velocityDecay: 0.35 } as const;
const ORBIT_PULL = 0.32;
const LINK_PULL = 0.01;
/** Peers without links to each other drift apart, as far as their orbits let them; beyond the next few, none is felt. */
const CHARGE = { strength: -2.5, theta: 0.9, reach: SPACING * 6, share: 1250 } as const;
/** Of the way to its goal, a hub goes this part in a tick. */
const GLIDE = 0.07;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

export class Layout {
  readonly hubs: Hub[];
  readonly #seed: number;
  readonly #simulation: ForceSimulation<PeerNode>;
  readonly #springs = forceSprings(LINK_PULL, SPACING * 2);
  #ends = new Int32Array(0);
  /** Members of each swarm, the fullest first as of the last ranking: what is nearly sorted is quickly sorted again. */
  #crowds: PeerNode[][] = [];
  #nodes: readonly PeerNode[] = [];
  /** Of each body: its swarm, -1 once it ended, and its orbit. */
  #swarm = new Int16Array(0);
  #orbit = new Float64Array(0);

  constructor(swarms: number, seed: number) {
    this.#seed = seed;
    this.hubs = Array.from({ length: swarms }, newHub);
    this.#simulation = new ForceSimulation<PeerNode>(COOLING, randomLcg(seed))
      .force(this.#springs)
      .force(forceCharge(CHARGE))
      .force((alpha: number) => this.#pullToOrbits(alpha))
      .force(forceApart(SPACING * 0.47, 0.5));
  }

  /** Who is in each swarm, in the order of their orbits. */
  get crowds(): readonly (readonly PeerNode[])[] {
    return this.#crowds;
  }

  /** More swarms, or fewer, at the end. */
  resize(swarms: number): void {
    while (this.hubs.length < swarms) this.hubs.push(newHub());
    this.hubs.length = swarms;
  }

  get resting(): boolean {
    return this.#simulation.alpha < REST && !this.gliding;
  }

  /** Whole swarms are on their way. */
  get gliding(): boolean {
    return !this.hubs.every(hubRests);
  }

  /** Where the swarms are to lie; at once, or gliding there. */
  settle(places: readonly Place[], atOnce: boolean): void {
    for (const [i, hub] of this.hubs.entries()) {
      const place = places[i];
      if (place === undefined) continue;
      hub.goal = place;
      if (atOnce || hub.radius === 0) this.#moveHub(i, place.x, place.y, place.radius);
    }
  }

  /** Takes in who came and went. */
  members(model: GraphModel): void {
    const fresh = this.#gather(model.nodes);
    this.rank();
    this.#place(fresh);
    this.#nodes = model.nodes;
    this.#simulation.nodes(model.nodes);
    this.#column();
    this.links(model);
    this.#heat(HEAT.members);
  }

  links(model: GraphModel): void {
    const { ends, count } = model.links;
    if (this.#ends.length < 2 * count) this.#ends = new Int32Array(ends.length);
    for (let i = 0; i < 2 * count; i++) this.#ends[i] = model.at(ends[i] as number).index ?? 0;
    this.#springs.links(this.#ends, count);
    this.#heat(HEAT.links);
  }

  /** The peer stands here from now on; the others make room, and none counts on its orbit. */
  hold(model: GraphModel, node: PeerNode, x: number, y: number): void {
    if (!node.pinned) {
      node.pinned = true;
      this.members(model);
    }
    this.#simulation.hold(node, x, y);
    this.#heat(HEAT.held);
  }

  /** Back to its orbit. */
  letGo(model: GraphModel, node: PeerNode): void {
    this.#simulation.letGo(node);
    node.pinned = false;
    this.members(model);
  }

  /** Gives every peer its orbit: discs of equal density, the fullest innermost, then the oldest. */
  rank(): void {
    let changed = false;
    for (const [i, crowd] of this.#crowds.entries()) {
      const hub = this.hubs[i] as Hub;
      crowd.sort((a, b) => fullness(b) - fullness(a) || a.handle - b.handle);
      const radius = Math.max(hub.goal.radius - HULL_PADDING, crowdRadius(0));
      for (let place = 0; place < crowd.length; place++) {
        const node = crowd[place] as PeerNode;
        const orbit = orbitOf(place, crowd.length, radius);
        if (orbit !== node.orbit) changed = true;
        node.orbit = orbit;
      }
    }
    if (!changed) return;
    this.#column();
    this.#heat(HEAT.ranks);
  }

  #column(): void {
    const { length } = this.#nodes;
    if (this.#swarm.length < length) {
      this.#swarm = new Int16Array(2 * length);
      this.#orbit = new Float64Array(2 * length);
    }
    for (let i = 0; i < length; i++) {
      const node = this.#nodes[i] as PeerNode;
      this.#swarm[i] = hasOrbit(node) ? node.swarm : -1;
      this.#orbit[i] = node.orbit;
    }
  }

  tick(): void {
    while (!this.part());
  }

  /** About half a tick; true when the tick is complete and peers have moved. */
  part(): boolean {
    if (!this.#simulation.part()) return false;
    for (const [i, hub] of this.hubs.entries()) {
      if (hubRests(hub)) continue;
      const { goal } = hub;
      this.#moveHub(
        i,
        hub.x + (goal.x - hub.x) * GLIDE,
        hub.y + (goal.y - hub.y) * GLIDE,
        hub.radius + (goal.radius - hub.radius) * GLIDE,
      );
    }
    return true;
  }

  #heat(alpha: number): void {
    this.#simulation.alpha = Math.max(this.#simulation.alpha, alpha);
  }

  /** Members travel with their swarm: inside it nothing seems to move. */
  #moveHub(i: number, x: number, y: number, radius: number): void {
    const hub = this.hubs[i] as Hub;
    const [dx, dy] = [x - hub.x, y - hub.y];
    const { bodies } = this.#simulation;
    for (const [place, node] of this.#nodes.entries()) {
      if (node.swarm !== i) continue;
      node.x += dx;
      node.y += dy;
      bodies.x[place] = node.x;
      bodies.y[place] = node.y;
      if (node.pinned) this.#simulation.hold(node, node.x, node.y);
    }
    Object.assign(hub, { x, y, radius });
  }

  /** Sorts members into crowds, keeping the order of those who were there; returns each swarm's newcomers. */
  #gather(nodes: readonly PeerNode[]): PeerNode[][] {
    this.#crowds = this.hubs.map((_, i) =>
      (this.#crowds[i] ?? []).filter((node) => (node.ranked = hasOrbit(node))),
    );
    const fresh: PeerNode[][] = this.hubs.map(() => []);
    for (const node of nodes) {
      if (!node.placed) fresh[node.swarm]?.push(node);
      if (node.ranked || !hasOrbit(node)) continue;
      node.ranked = true;
      this.#crowds[node.swarm]?.push(node);
    }
    return fresh;
  }

  /**
   * Newcomers enter at the rim, each where its handle says. A crowd that comes at once stands
   * like seeds in a sunflower: already even, nothing to untangle.
   */
  #place(fresh: readonly PeerNode[][]): void {
    for (const [i, newcomers] of fresh.entries()) {
      const hub = this.hubs[i] as Hub;
      const crowd = newcomers.length * 2 > (this.#crowds[i]?.length ?? 0);
      if (crowd) newcomers.sort((a, b) => a.orbit - b.orbit);
      for (const [order, node] of newcomers.entries()) {
        const turn = crowd ? order * GOLDEN_ANGLE : angleOf(node.handle, this.#seed);
        const distance = crowd ? node.orbit : hub.radius - HULL_PADDING;
        node.x = hub.x + distance * Math.cos(turn);
        node.y = hub.y + distance * Math.sin(turn);
        node.placed = true;
      }
    }
  }

  #pullToOrbits(alpha: number): void {
    const { count, x, y, vx, vy } = this.#simulation.bodies;
    const pull = ORBIT_PULL * alpha;
    for (let i = 0; i < count; i++) {
      const hub = this.hubs[this.#swarm[i] as number];
      if (hub === undefined) continue;
      const dx = (x[i] as number) - hub.x;
      const dy = (y[i] as number) - hub.y;
      const distance = Math.sqrt(dx * dx + dy * dy) || 1;
      const push = (((this.#orbit[i] as number) - distance) / distance) * pull;
      vx[i] = (vx[i] as number) + dx * push;
      vy[i] = (vy[i] as number) + dy * push;
    }
  }
}

const newHub = (): Hub => ({ x: 0, y: 0, radius: 0, goal: { x: 0, y: 0, radius: 0 } });

/** One stands in the middle, two side by side about it: off it they would only look lost. */
function orbitOf(place: number, crowd: number, radius: number): number {
  if (crowd <= 2) return ((crowd - 1) * SPACING) / 2;
  return radius * Math.sqrt((place + 0.5) / crowd);
}

/** SEEDs beyond any LEECH, whatever their share says. */
const fullness = (node: PeerNode): number => (node.seed ? 2 : node.share);

function hubRests({ x, y, radius, goal }: Hub): boolean {
  return Math.abs(goal.x - x) + Math.abs(goal.y - y) + Math.abs(goal.radius - radius) < 0.2;
}

const hasOrbit = (node: PeerNode): boolean => node.end === undefined && !node.pinned;

/** An angle that looks random and is the same in every run with the same seed (Knuth's multiplicative hash). */
function angleOf(handle: number, seed: number): number {
  const mixed = Math.imul(handle ^ Math.imul(seed + 1, 0x9e3779b1), 2654435761) >>> 0;
  return (mixed / 2 ** 32) * 2 * Math.PI;
}
