/**
 * The layout. Within its swarm a peer's distance from the centre says how much of the content it holds:
 * SEEDs form the core, newcomers the rim, and a LEECH drifts inwards as its share grows.
 * Everything else is there to keep discs apart and the map in the viewer's mind steady.
 */
import { forceCollide, forceLink, forceSimulation, randomLcg, type ForceLink, type Simulation } from 'd3';
import { crowdRadius, HULL_PADDING, SPACING, type Place } from './arrangement.ts';
import type { GraphModel, NodeLink, PeerNode } from './model.ts';

/** A swarm's centre, gliding to where the arrangement wants it. */
export interface Hub {
  x: number;
  y: number;
  /** The hull's; the crowd inside is smaller by the padding. */
  radius: number;
  goal: Place;
}

/** How warm the layout becomes: 1 is chaos, REST is stillness. */
const HEAT = { members: 0.16, ranks: 0.06, links: 0.05 } as const;
const REST = 0.006;
const COOLING = 0.022;
const ORBIT_PULL = 0.32;
const LINK_PULL = 0.01;
/** Of the way to its goal, a hub goes this part in a tick. */
const GLIDE = 0.07;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

export class Layout {
  readonly hubs: Hub[];
  readonly #seed: number;
  readonly #simulation: Simulation<PeerNode, NodeLink>;
  readonly #links: ForceLink<PeerNode, NodeLink>;

  constructor(swarms: number, seed: number) {
    this.#seed = seed;
    this.hubs = Array.from({ length: swarms }, newHub);
    this.#links = forceLink<PeerNode, NodeLink>([])
      .strength(LINK_PULL)
      .distance(SPACING * 2);
    this.#simulation = forceSimulation<PeerNode, NodeLink>([])
      .randomSource(randomLcg(seed))
      .alpha(0)
      .alphaMin(0)
      .alphaDecay(COOLING)
      .velocityDecay(0.35)
      .force('links', this.#links)
      .force('orbits', (alpha: number) => this.#pullToOrbits(alpha))
      .force(
        'collide',
        forceCollide<PeerNode>(SPACING * 0.47)
          .strength(0.5)
          .iterations(1),
      )
      .stop();
  }

  /** More swarms, or fewer, at the end. */
  resize(swarms: number): void {
    while (this.hubs.length < swarms) this.hubs.push(newHub());
    this.hubs.length = swarms;
  }

  get resting(): boolean {
    return this.#simulation.alpha() < REST && !this.gliding;
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
    this.rank(model);
    this.#place(model.nodes);
    this.#simulation.nodes(model.nodes);
    this.links(model);
    this.#heat(HEAT.members);
  }

  links(model: GraphModel): void {
    this.#links.links(model.links);
    this.#heat(HEAT.links);
  }

  /** Gives every peer its orbit: discs of equal density, the fullest innermost, then the oldest. */
  rank(model: GraphModel): void {
    const crowds: PeerNode[][] = this.hubs.map(() => []);
    for (const node of model.nodes) if (node.end === undefined) crowds[node.swarm]?.push(node);
    for (const [i, crowd] of crowds.entries()) {
      const hub = this.hubs[i] as Hub;
      crowd.sort((a, b) => fullness(b) - fullness(a) || a.handle - b.handle);
      const radius = Math.max(hub.goal.radius - HULL_PADDING, crowdRadius(0));
      for (const [place, node] of crowd.entries()) node.orbit = orbitOf(place, crowd.length, radius);
    }
    this.#heat(HEAT.ranks);
  }

  tick(): void {
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
    this.#simulation.tick();
  }

  #heat(alpha: number): void {
    if (this.#simulation.alpha() < alpha) this.#simulation.alpha(alpha);
  }

  /** Members travel with their swarm: inside it nothing seems to move. */
  #moveHub(i: number, x: number, y: number, radius: number): void {
    const hub = this.hubs[i] as Hub;
    const [dx, dy] = [x - hub.x, y - hub.y];
    for (const node of this.#simulation.nodes()) {
      if (node.swarm !== i) continue;
      node.x += dx;
      node.y += dy;
    }
    Object.assign(hub, { x, y, radius });
  }

  /**
   * Newcomers enter at the rim, each where its handle says. A crowd that comes at once stands
   * like seeds in a sunflower: already even, nothing to untangle.
   */
  #place(nodes: readonly PeerNode[]): void {
    for (const [i, hub] of this.hubs.entries()) {
      const members = nodes.filter((node) => node.swarm === i);
      const fresh = members.filter((node) => !node.placed);
      const crowd = fresh.length * 2 > members.length;
      if (crowd) fresh.sort((a, b) => a.orbit - b.orbit);
      for (const [order, node] of fresh.entries()) {
        const turn = crowd ? order * GOLDEN_ANGLE : angleOf(node.handle, this.#seed);
        const distance = crowd ? node.orbit : hub.radius - HULL_PADDING;
        node.x = hub.x + distance * Math.cos(turn);
        node.y = hub.y + distance * Math.sin(turn);
        node.placed = true;
      }
    }
  }

  #pullToOrbits(alpha: number): void {
    const pull = ORBIT_PULL * alpha;
    for (const node of this.#simulation.nodes()) {
      if (node.end !== undefined) continue;
      const hub = this.hubs[node.swarm] as Hub;
      const [dx, dy] = [node.x - hub.x, node.y - hub.y];
      const distance = Math.hypot(dx, dy) || 1;
      const push = ((node.orbit - distance) / distance) * pull;
      node.vx += dx * push;
      node.vy += dy * push;
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

/** An angle that looks random and is the same in every run with the same seed (Knuth's multiplicative hash). */
function angleOf(handle: number, seed: number): number {
  const mixed = Math.imul(handle ^ Math.imul(seed + 1, 0x9e3779b1), 2654435761) >>> 0;
  return (mixed / 2 ** 32) * 2 * Math.PI;
}
