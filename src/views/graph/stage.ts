/**
 * The graph as a living thing: takes commands, keeps model, layout, traffic and camera together, and draws
 * a frame whenever something changed; at rest it does nothing at all.
 */
import { boundsOfPlace } from './arrangement.ts';
import { Backdrop, type Motion } from './backdrop.ts';
import { toWorld, type Point } from './camera.ts';
import { classColours, classPalettes, UNPAINTED, type Painting } from './colouring.ts';
import { PEER_MOTION } from './draw-peers.ts';
import { Layout, type Hub } from './forces.ts';
import { frameOf, typeScale, type Frame, type Selection } from './frame.ts';
import type {
  GraphCommand,
  GraphReport,
  GraphSize,
  GraphSnapshot,
  GraphSwarm,
  GraphTheme,
} from './messages.ts';
import { Meter } from './meter.ts';
import { GraphModel } from './model.ts';
import { Outlines } from './outlines.ts';
import { paletteOf, type Palette } from './palette.ts';
import { Plan } from './plan.ts';
import { Pointer } from './pointer.ts';
import { Pixels } from './raster/pixels.ts';
import { drawScene } from './scene.ts';
import { Sprites } from './sprites.ts';
import { QUIET, Traffic, TRAVEL } from './traffic.ts';
import { Viewer } from './viewer.ts';

type Init = Extract<GraphCommand, { kind: 'init' }>;

/** Milliseconds between two rankings while nobody comes or goes. */
const RANK_EVERY = 700;
/** Milliseconds: a tick that costs more is spread over two frames. */
const TICK_BUDGET = 2;

export class Stage {
  readonly #ctx: OffscreenCanvasRenderingContext2D;
  readonly #canvas: OffscreenCanvas;
  readonly #report: (report: GraphReport) => void;
  readonly #viewer = new Viewer();
  readonly #meter = new Meter();
  readonly #pointer = new Pointer();
  readonly #plan = new Plan();
  readonly #sprites = new Sprites();
  readonly #pixels = new Pixels();
  readonly #backdrop = new Backdrop();
  #size: GraphSize;
  #palette: Palette;
  #still: boolean;
  #visible = true;
  #model = new GraphModel([]);
  #layout = new Layout(0, 0);
  #traffic = new Traffic(0);
  #outlines = new Outlines(0);
  #selection: Selection = { peer: undefined, listed: [], at: 0 };
  #painting: Painting = UNPAINTED;
  #followed: number | undefined;
  #asked = false;
  #dirty = true;
  #unfinished = false;
  #awakeUntil = 0;
  #rankedAt = 0;
  #drawnAt = 0;
  #tickCost = 0;
  #tickMs = 0;
  /** In the frame before this one peers stayed as they were drawn. */
  #kept = false;

  constructor(init: Init, report: (report: GraphReport) => void) {
    const ctx = init.canvas.getContext('2d', { alpha: false });
    if (ctx === null) throw new Error('this browser gives no 2D drawing to a worker');
    this.#ctx = ctx;
    this.#canvas = init.canvas;
    this.#report = report;
    this.#size = init.size;
    this.#palette = paletteOf(init.theme);
    this.#still = init.reducedMotion;
    this.#resize(init.size);
    report({ kind: 'ready' });
  }

  handle(command: Exclude<GraphCommand, Init>): void {
    switch (command.kind) {
      case 'reset':
        this.#reset(command.swarms, command.seed);
        break;
      case 'snapshot':
        this.#take(command.worker, command.snapshot);
        break;
      case 'foreign':
        this.#resizeTo(command.swarms);
        this.#take(command.worker, command.snapshot);
        break;
      case 'select':
        this.#selection = {
          peer: command.peer,
          listed: command.listed,
          at: this.#selectedSince(command.peer),
        };
        if (this.#followed !== undefined && command.peer !== this.#followed) this.#follow(command.peer);
        this.#stayAwake(400);
        break;
      case 'pointer':
        this.#pointer.at = command.at;
        break;
      case 'click':
        this.#click(command);
        break;
      case 'double-click':
        if (this.#pick(command)?.kind !== 'peer') this.#viewer.all();
        break;
      case 'fit':
        this.#follow(undefined);
        this.#viewer.all();
        break;
      case 'pan':
        this.#follow(undefined);
        this.#viewer.pan(command.dx, command.dy);
        break;
      case 'zoom':
        this.#viewer.zoom(command.factor, command.about, command.smooth);
        break;
      case 'follow':
        this.#follow(command.peer);
        break;
      case 'paint':
        this.#paint(command.by, command.chosen);
        break;
      case 'theme':
        this.#theme(command.theme);
        break;
      case 'motion':
        this.#still = command.reduced;
        break;
      case 'resize':
        this.#resize(command.size);
        break;
      case 'visible':
        this.#visible = command.visible;
        break;
      default:
        command satisfies never;
    }
    this.#dirty = true;
    this.#wake();
  }

  #reset(swarms: readonly GraphSwarm[], seed: number): void {
    this.#model = new GraphModel(swarms);
    this.#layout = new Layout(swarms.length, seed);
    this.#traffic = new Traffic(swarms.length);
    this.#outlines = new Outlines(swarms.length);
    this.#selection = { peer: undefined, listed: [], at: 0 };
    this.#follow(undefined);
    this.#arrange('at once');
    this.#viewer.jump();
  }

  /** Places of peers of others come and go behind the scenario's swarms. */
  #resizeTo(swarms: readonly GraphSwarm[]): void {
    const sameNumber = swarms.length === this.#model.swarms.length;
    this.#model.resize(swarms);
    if (sameNumber) return;
    this.#layout.resize(swarms.length);
    this.#traffic.resize(swarms.length);
    this.#outlines.resize(swarms.length);
    this.#layout.members(this.#model);
    this.#arrange('if needed');
  }

  #take(worker: number, snapshot: GraphSnapshot): void {
    const now = performance.now();
    const wasEmpty = this.#model.nodes.length === 0;
    const change = this.#model.apply(worker, snapshot, now);
    this.#traffic.note(worker, snapshot.at, snapshot.pulses, snapshot.omitted, now, !this.#still);
    if (this.#still || this.#traffic.streaming) this.#model.light(snapshot.pulses, now);
    if (change.members) {
      this.#arrange(wasEmpty ? 'at once' : 'if needed');
      this.#layout.members(this.#model);
    } else if (change.links) this.#layout.links(this.#model);
    if (now - this.#rankedAt > RANK_EVERY) {
      this.#rankedAt = now;
      this.#layout.rank();
    }
    if (wasEmpty && this.#viewer.seesAll) this.#viewer.jump();
    this.#stayAwake(Math.max(PEER_MOTION, 1000 + 2 * TRAVEL));
  }

  /** Lays the swarms out anew if the plan says so. */
  #arrange(mode: 'at once' | 'afresh' | 'if needed'): void {
    const counts = this.#model.counts.map((count) => count.peers);
    const type = typeScale(this.#size, this.#palette);
    if (mode !== 'if needed') this.#plan.forget(mode === 'at once');
    if (!this.#plan.update(counts, this.#size, type)) return;
    this.#layout.settle(this.#plan.places, mode === 'at once');
    this.#viewer.frame(this.#plan.bounds, this.#size, this.#plan.insets);
  }

  #resize(size: GraphSize): void {
    this.#size = size;
    this.#canvas.width = Math.max(1, Math.round(size.width * size.dpr));
    this.#canvas.height = Math.max(1, Math.round(size.height * size.dpr));
    this.#pixels.resize(this.#canvas.width, this.#canvas.height);
    this.#arrange('afresh');
    if (this.#viewer.seesAll) this.#viewer.jump();
    // A canvas that changes size goes blank: it must not be seen so.
    this.#draw(performance.now(), 'drift', true);
  }

  #theme(theme: GraphTheme): void {
    const rescaled = theme.scale !== this.#palette.scale;
    this.#palette = paletteOf(theme);
    if (rescaled) this.#arrange('afresh');
    this.#paint(this.#painting.by, [...this.#painting.chosen]);
  }

  #paint(by: Painting['by'], chosen: readonly number[]): void {
    this.#painting = { by, chosen: new Set(chosen), palettes: classPalettes(by, this.#palette) };
    this.#report({ kind: 'colours', colours: classColours(by, this.#palette.ground) });
  }

  #selectedSince(peer: number | undefined): number {
    return peer === this.#selection.peer ? this.#selection.at : performance.now();
  }

  #follow(peer: number | undefined): void {
    const node = peer === undefined ? undefined : this.#model.node(peer);
    if (node?.handle === this.#followed) return;
    this.#followed = node?.handle;
    if (node === undefined) this.#viewer.stay();
    else this.#viewer.follow();
    this.#report({ kind: 'following', peer: node?.handle, peerId: node?.peerId ?? '' });
  }

  #pick(at: Point): ReturnType<Pointer['pick']> {
    return this.#pointer.pick(toWorld(this.#viewer.camera, this.#size, at), this.#frame(performance.now()));
  }

  #click(at: Point): void {
    const picked = this.#pick(at);
    if (picked?.kind === 'peer') {
      const { handle } = picked.node;
      if (handle === this.#selection.peer) this.#follow(handle);
      else this.#report({ kind: 'picked', peer: handle });
      return;
    }
    if (picked?.kind === 'tracker') return;
    if (picked?.kind === 'swarm' && this.#frame(performance.now()).bubble > 0.5) {
      this.#viewer.to(boundsOfPlace((this.#layout.hubs[picked.swarm] as Hub).goal));
      return;
    }
    this.#report({ kind: 'picked', peer: undefined });
  }

  #stayAwake(ms: number): void {
    this.#awakeUntil = Math.max(this.#awakeUntil, performance.now() + ms);
  }

  #wake(): void {
    if (this.#asked || !this.#visible) return;
    this.#asked = true;
    // Not the frame's own time: snapshots that came since its beginning would lie in the future.
    requestAnimationFrame(() => this.#onFrame(performance.now()));
  }

  #onFrame(now: number): void {
    this.#asked = false;
    if (!this.#visible) return;
    const elapsed = Math.min(100, now - this.#drawnAt);
    this.#drawnAt = now;
    // Asked before it ages: the frame in which it falls silent is drawn, too.
    const fades = this.#traffic.total > QUIET;
    const layoutMoved = this.#advance(now);
    const followed = this.#followed === undefined ? undefined : this.#model.node(this.#followed);
    if (this.#followed !== undefined && followed?.end !== undefined) this.#follow(undefined);
    const cameraMoves = this.#viewer.step(elapsed, followed, this.#still);
    const edgesMove =
      this.#dirty || layoutMoved
        ? this.#outlines.follow(this.#layout.hubs, this.#layout.crowds, this.#still)
        : false;
    const streams = this.#traffic.streaming && !this.#still;
    const lively =
      !this.#layout.resting ||
      layoutMoved ||
      cameraMoves ||
      edgesMove ||
      streams ||
      fades ||
      this.#unfinished ||
      now < this.#awakeUntil;
    if (lively || this.#dirty) {
      const before = performance.now();
      const drifts = layoutMoved || edgesMove;
      // What else changes a peer, its light say, may wait for a frame.
      const restamp = this.#dirty || layoutMoved || cameraMoves || this.#kept;
      this.#kept = !restamp;
      const unfinished = this.#draw(now, this.#layout.gliding ? 'glide' : drifts ? 'drift' : 'none', restamp);
      this.#dirty = edgesMove;
      this.#unfinished = unfinished;
      this.#meter.frame(now, performance.now() - before);
    }
    const { nodes, links, counts } = this.#model;
    const foreign = counts.reduce((sum, count) => sum + count.foreign, 0);
    const stats = this.#meter.due(now, { nodes: nodes.length, foreign, links: links.count });
    if (stats !== undefined) this.#report({ kind: 'stats', stats });
    if (lively || this.#dirty || this.#unfinished) this.#wake();
  }

  /** One step of everything that moves by itself; true when peers moved. */
  #advance(now: number): boolean {
    this.#traffic.age(now);
    this.#traffic.light(now, (peer) => this.#model.node(peer));
    if (this.#model.sweep(now)) this.#layout.members(this.#model);
    if (this.#layout.resting) return false;
    const before = performance.now();
    let complete = this.#layout.part();
    if (!complete && this.#tickCost <= TICK_BUDGET) complete = this.#layout.part();
    this.#tickMs += performance.now() - before;
    if (!complete) return false;
    this.#tickCost += (this.#tickMs - this.#tickCost) * 0.1;
    this.#meter.tick(this.#tickMs);
    this.#tickMs = 0;
    return true;
  }

  #frame(now: number): Frame {
    const scene = {
      model: this.#model,
      hubs: this.#layout.hubs,
      edges: this.#outlines.edges,
      traffic: this.#traffic,
      selection: this.#selection,
      hovered: this.#pointer.hovered,
      painting: this.#painting,
    };
    return frameOf(scene, {
      ctx: this.#ctx,
      pixels: this.#pixels,
      sprites: this.#sprites,
      viewport: this.#size,
      dpr: this.#size.dpr,
      camera: this.#viewer.camera,
      palette: this.#palette,
      now,
      still: this.#still,
    });
  }

  #draw(now: number, motion: Motion, restamp: boolean): boolean {
    const { dpr } = this.#size;
    this.#ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    const hover = this.#pointer.look(this.#frame(now));
    if (hover !== 'same') this.#report({ kind: 'hover', hover });
    return drawScene(this.#frame(now), this.#backdrop, motion, restamp);
  }
}
