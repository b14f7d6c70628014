/**
 * What there is and where: peers and their links, the layout that moves them, the traffic between them, the swarms'
 * edges. No camera, no canvas.
 */
import type { Point, Viewport } from './camera.ts';
import { PEER_MOTION } from './draw-peers.ts';
import { Layout } from './forces.ts';
import type { GraphSnapshot, GraphSwarm } from './messages.ts';
import type { Meter } from './meter.ts';
import { GraphModel, type PeerNode } from './model.ts';
import { Outlines } from './outlines.ts';
import { Plan } from './plan.ts';
import { Traffic, TRAVEL } from './traffic.ts';

/** Milliseconds between two rankings while nobody comes or goes. */
const RANK_EVERY = 700;
/** Milliseconds: a tick that costs more is spread over two frames. */
const TICK_BUDGET = 2;
/** Milliseconds that what a snapshot tells needs to play out. */
export const SNAPSHOT_MOTION = Math.max(PEER_MOTION, 1000 + 2 * TRAVEL);

export class World {
  model = new GraphModel([]);
  layout = new Layout(0, 0);
  traffic = new Traffic(0);
  outlines = new Outlines(0);
  readonly plan = new Plan();
  /** Those that stay where they were put. */
  readonly pins = new Set<PeerNode>();
  readonly #onPlan: () => void;
  #viewport: Viewport = { width: 1, height: 1 };
  #type = 1;
  #rankedAt = 0;
  #tickCost = 0;
  #tickMs = 0;

  /** `onPlan`: the swarms are to lie elsewhere. */
  constructor(onPlan: () => void) {
    this.#onPlan = onPlan;
  }

  /** What the swarms are arranged for: the canvas and the scale of its text. */
  measure(viewport: Viewport, type: number): void {
    this.#viewport = viewport;
    this.#type = type;
    this.#arrange('afresh');
  }

  reset(swarms: readonly GraphSwarm[], seed: number): void {
    this.model = new GraphModel(swarms);
    this.layout = new Layout(swarms.length, seed);
    this.traffic = new Traffic(swarms.length);
    this.outlines = new Outlines(swarms.length);
    this.pins.clear();
    this.#arrange('at once');
  }

  /** Places of peers of others come and go behind the scenario's swarms. */
  resizeTo(swarms: readonly GraphSwarm[]): void {
    const sameNumber = swarms.length === this.model.swarms.length;
    this.model.resize(swarms);
    if (sameNumber) return;
    this.layout.resize(swarms.length);
    this.traffic.resize(swarms.length);
    this.outlines.resize(swarms.length);
    this.#dropPins();
    this.layout.members(this.model);
    this.#arrange('if needed');
  }

  /** True when there had been nobody before. */
  take(worker: number, snapshot: GraphSnapshot, now: number, still: boolean): boolean {
    const { model, layout, traffic } = this;
    const wasEmpty = model.nodes.length === 0;
    const change = model.apply(worker, snapshot, now);
    traffic.note(worker, snapshot.at, snapshot.pulses, snapshot.omitted, now, !still);
    if (still || traffic.streaming) model.light(snapshot.pulses, now);
    if (change.members) {
      this.#arrange(wasEmpty ? 'at once' : 'if needed');
      layout.members(model);
    } else if (change.links) layout.links(model);
    if (now - this.#rankedAt > RANK_EVERY) {
      this.#rankedAt = now;
      layout.rank();
    }
    return wasEmpty;
  }

  /** One step of everything that moves by itself; true when peers moved. */
  advance(now: number, meter: Meter): boolean {
    const { model, layout, traffic } = this;
    traffic.age(now);
    traffic.light(now, (peer) => model.node(peer));
    if (model.sweep(now)) {
      this.#dropPins();
      layout.members(model);
    }
    if (layout.resting) return false;
    const before = performance.now();
    let complete = layout.part();
    if (!complete && this.#tickCost <= TICK_BUDGET) complete = layout.part();
    this.#tickMs += performance.now() - before;
    if (!complete) return false;
    this.#tickCost += (this.#tickMs - this.#tickCost) * 0.1;
    meter.tick(this.#tickMs);
    this.#tickMs = 0;
    return true;
  }

  /** The peer stands here from now on, or as near as the map goes. */
  pin(node: PeerNode, { x, y }: Point): void {
    const { left, top, right, bottom } = this.plan.bounds;
    this.pins.add(node);
    this.layout.hold(
      this.model,
      node,
      Math.min(right, Math.max(left, x)),
      Math.min(bottom, Math.max(top, y)),
    );
  }

  unpin(node: PeerNode): void {
    if (this.pins.delete(node)) this.layout.letGo(this.model, node);
  }

  /** Lays the swarms out anew if the plan says so. */
  #arrange(mode: 'at once' | 'afresh' | 'if needed'): void {
    const counts = this.model.counts.map((count) => count.peers);
    if (mode !== 'if needed') this.plan.forget(mode === 'at once');
    if (!this.plan.update(counts, this.#viewport, this.#type)) return;
    this.layout.settle(this.plan.places, mode === 'at once');
    this.#onPlan();
  }

  /** Of those that are gone. */
  #dropPins(): void {
    for (const node of this.pins) if (this.model.node(node.handle) !== node) this.unpin(node);
  }
}
