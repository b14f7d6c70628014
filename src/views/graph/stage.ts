/**
 * The graph as a living thing: takes commands, keeps world, camera, selection and hand together, and draws a frame
 * whenever something changed; at rest it does nothing at all.
 */
import { boundsOfPlace } from './arrangement.ts';
import type { Motion } from './backdrop.ts';
import { toWorld, type Point } from './camera.ts';
import { classColours, classPalettes, largestAsns, UNPAINTED, type Painting } from './colouring.ts';
import type { Hub } from './forces.ts';
import type { Frame, Selection } from './frame.ts';
import { Grip } from './grip.ts';
import type { GraphCommand, GraphReport, GraphSize } from './messages.ts';
import { Meter } from './meter.ts';
import { worldAt } from './overview.ts';
import { Pointer } from './pointer.ts';
import { Screen } from './screen.ts';
import { shownIn, stillOf } from './still.ts';
import { QUIET } from './traffic.ts';
import { Viewer } from './viewer.ts';
import { SNAPSHOT_MOTION, World } from './world.ts';

type Init = Extract<GraphCommand, { kind: 'init' }>;
type Of<Kind extends GraphCommand['kind']> = Extract<GraphCommand, { kind: Kind }>;

/** Milliseconds after which the page has heard of a click, or never will. */
const HEARD = 1000;

const NOTHING_SELECTED: Selection = { peer: undefined, listed: [], at: 0 };

export class Stage {
  readonly #report: (report: GraphReport) => void;
  readonly #screen: Screen;
  readonly #viewer = new Viewer();
  readonly #meter = new Meter();
  readonly #pointer = new Pointer();
  readonly #world: World;
  readonly #grip: Grip;
  #visible = true;
  #selection = NOTHING_SELECTED;
  /** A peer was clicked, and the page has not said so yet. */
  #unheard: { readonly before: number | undefined; readonly until: number } | undefined;
  #painting: Painting = UNPAINTED;
  #followed: number | undefined;
  #overviewShown = false;
  #asked = false;
  #dirty = true;
  #unfinished = false;
  #awakeUntil = 0;
  #drawnAt = 0;
  /** In the frame before this one peers stayed as they were drawn. */
  #kept = false;

  constructor(init: Init, report: (report: GraphReport) => void) {
    this.#report = report;
    this.#screen = new Screen(init, () => {
      this.#dirty = true;
      this.#wake();
    });
    this.#world = new World(() => {
      const { bounds, insets } = this.#world.plan;
      this.#viewer.frame(bounds, this.#screen.size, insets);
    });
    this.#grip = new Grip({
      world: this.#world,
      viewer: this.#viewer,
      report,
      frame: () => this.#frame(performance.now()),
      letGo: () => this.#follow(undefined),
      peerAt: (at) => {
        const picked = this.#pick(at);
        return picked?.kind === 'peer' ? picked.node : undefined;
      },
    });
    this.#resize(init.size);
    report({ kind: 'ready' });
  }

  handle(command: Exclude<GraphCommand, Init>): void {
    switch (command.kind) {
      case 'reset':
        this.#world.reset(command.swarms, command.seed);
        this.#selection = NOTHING_SELECTED;
        this.#unheard = undefined;
        this.#follow(undefined);
        this.#viewer.jump();
        this.#grip.reset();
        break;
      case 'snapshot':
        this.#take(command);
        break;
      case 'handed out before':
        this.#world.model.handOuts.noteBefore(command.pairs);
        break;
      case 'foreign':
        this.#world.resizeTo(command.swarms);
        this.#take(command);
        break;
      case 'select':
        if (this.#isOutdated(command)) break;
        this.#unheard = undefined;
        this.#select(command);
        break;
      case 'pointer':
        this.#pointer.at = command.at;
        break;
      case 'click':
        this.#click(command);
        break;
      case 'double-click':
        if (this.#pick(command)?.kind === 'peer') this.#grip.handle({ ...command, kind: 'unpin' });
        else this.#viewer.all();
        break;
      case 'fit':
        this.#follow(undefined);
        this.#viewer.all();
        break;
      case 'look':
        this.#follow(undefined);
        this.#viewer.lookAt(worldAt(this.#world.plan.bounds, command));
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
        if (this.#screen.recolour(command.theme)) this.#world.measure(this.#screen.size, this.#screen.type);
        this.#paint(this.#painting.by, [...this.#painting.chosen]);
        break;
      case 'motion':
        this.#screen.still = command.reduced;
        break;
      case 'resize':
        this.#resize(command.size);
        break;
      case 'visible':
        this.#visible = command.visible;
        break;
      case 'take':
        this.#giveView(command.ask, command.scale);
        break;
      default:
        this.#grip.handle(command);
    }
    this.#dirty = true;
    this.#wake();
  }

  #take({ worker, snapshot }: Of<'snapshot'> | Of<'foreign'>): void {
    const first = this.#world.take(worker, snapshot, performance.now(), this.#screen.still);
    if (first && this.#viewer.seesAll) this.#viewer.jump();
    // So far there was nobody whose systems could have been told apart.
    const { by, asns, chosen } = this.#painting;
    if (by === 'asn' && asns.length === 0) this.#paint(by, [...chosen]);
    this.#stayAwake(SNAPSHOT_MOTION);
  }

  #resize(size: GraphSize): void {
    this.#screen.resize(size);
    this.#world.measure(size, this.#screen.type);
    if (this.#viewer.seesAll) this.#viewer.jump();
    // A canvas that changes size goes blank: it must not be seen so.
    this.#draw(performance.now(), 'drift', true);
  }

  #paint(by: Painting['by'], chosen: readonly number[]): void {
    const { palette } = this.#screen;
    const classes = { by, asns: by === 'asn' ? this.#asns(by) : [] };
    this.#painting = { ...classes, chosen: new Set(chosen), palettes: classPalettes(classes, palette) };
    this.#report({
      kind: 'classes',
      colours: classColours(classes, palette.ground),
      names: by === 'asn' ? [...classes.asns.map((asn) => `AS${asn}`), 'others'] : [],
    });
  }

  /** Chosen once: colours that change hands would mislead. */
  #asns(by: Painting['by']): readonly number[] {
    const { by: before, asns } = this.#painting;
    return by === before && asns.length > 0 ? asns : largestAsns(this.#world.model.nodes);
  }

  /** Sent before the page heard of a click, of the peer that was selected until then. */
  #isOutdated({ peer }: Of<'select'>): boolean {
    const unheard = this.#unheard;
    return unheard !== undefined && peer === unheard.before && performance.now() < unheard.until;
  }

  #select({ peer, listed }: Omit<Of<'select'>, 'kind'>): void {
    const at = peer === this.#selection.peer ? this.#selection.at : performance.now();
    this.#selection = { peer, listed, at };
    if (this.#followed !== undefined && peer !== this.#followed) this.#follow(peer);
    this.#stayAwake(400);
  }

  #follow(peer: number | undefined): void {
    const node = peer === undefined ? undefined : this.#world.model.node(peer);
    if (node?.handle === this.#followed) return;
    this.#followed = node?.handle;
    if (node === undefined) this.#viewer.stay();
    else this.#viewer.follow();
    this.#report({ kind: 'following', peer: node?.handle, peerId: node?.peerId ?? '' });
  }

  #pick(at: Point): ReturnType<Pointer['pick']> {
    const point = toWorld(this.#viewer.camera, this.#screen.size, at);
    return this.#pointer.pick(point, this.#frame(performance.now()));
  }

  #click(at: Point): void {
    const picked = this.#pick(at);
    if (picked?.kind === 'peer') {
      const { handle } = picked.node;
      if (handle === this.#selection.peer) this.#follow(handle);
      else {
        // Seen at once; the page says the same when it has heard of it, and later what the peer was given.
        this.#unheard = { before: this.#selection.peer, until: performance.now() + HEARD };
        this.#select({ peer: handle, listed: [] });
        this.#report({ kind: 'clicked', peer: handle });
      }
      return;
    }
    if (picked?.kind === 'tracker') return;
    if (picked?.kind === 'swarm' && this.#frame(performance.now()).bubble > 0.5) {
      this.#viewer.to(boundsOfPlace((this.#world.layout.hubs[picked.swarm] as Hub).goal));
      return;
    }
    this.#report({ kind: 'clicked', peer: undefined });
  }

  #stayAwake(ms: number): void {
    this.#awakeUntil = Math.max(this.#awakeUntil, performance.now() + ms);
  }

  #wake(): void {
    if (this.#asked || !this.#visible) return;
    this.#asked = true;
    // Not by the frame's own time alone: snapshots that came since its beginning would lie in the future.
    requestAnimationFrame((frame) => this.#onFrame(performance.now(), frame));
  }

  /** `frame`: when the browser began the frame that is drawn now. */
  #onFrame(now: number, frame: number): void {
    this.#asked = false;
    if (!this.#visible) return;
    const { layout, outlines, traffic, model, pins } = this.#world;
    const { still } = this.#screen;
    const elapsed = Math.min(100, now - this.#drawnAt);
    this.#drawnAt = now;
    // Asked before it ages: the frame in which it falls silent is drawn, too.
    const fades = traffic.total > QUIET;
    const pinned = pins.size;
    const layoutMoved = this.#world.advance(now, this.#meter);
    if (pins.size !== pinned) this.#grip.tellPins();
    const followed = this.#followed === undefined ? undefined : model.node(this.#followed);
    if (this.#followed !== undefined && followed?.end !== undefined) this.#follow(undefined);
    const cameraMoves = this.#viewer.step(elapsed, followed, still);
    const edgesMove = this.#dirty || layoutMoved ? outlines.follow(layout.hubs, layout.crowds, still) : false;
    const streams = traffic.streaming && !still;
    const lively =
      !layout.resting ||
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
      const unfinished = this.#draw(now, layout.gliding ? 'glide' : drifts ? 'drift' : 'none', restamp);
      this.#dirty = edgesMove;
      this.#unfinished = unfinished;
      this.#meter.frame(frame, performance.now() - before);
    }
    this.#tellStats(now);
    if (lively || this.#dirty || this.#unfinished) this.#wake();
  }

  #tellStats(now: number): void {
    const { nodes, links, counts } = this.#world.model;
    const foreign = counts.reduce((sum, count) => sum + count.foreign, 0);
    const { renderer } = this.#screen;
    const stats = this.#meter.due(now, { renderer, nodes: nodes.length, foreign, links: links.count });
    if (stats !== undefined) this.#report({ kind: 'stats', stats });
  }

  #frame(now: number): Frame {
    const { model, layout, outlines, traffic, pins } = this.#world;
    const scene = {
      model,
      hubs: layout.hubs,
      edges: outlines.edges,
      traffic,
      selection: this.#selection,
      hovered: this.#pointer.hovered,
      painting: this.#painting,
      pins,
      held: this.#grip.hand.held,
      line: this.#grip.hand.line,
      alone: this.#grip.alone,
    };
    return this.#screen.frame(scene, this.#viewer.camera, now);
  }

  #giveView(ask: number, scale: number | undefined): void {
    const frame = this.#frame(performance.now());
    if (scale === undefined) this.#report({ kind: 'taken', ask, peers: shownIn(frame) });
    else this.#report({ kind: 'taken', ask, picture: stillOf(frame, frame, scale) });
  }

  #draw(now: number, motion: Motion, restamp: boolean): boolean {
    const hover = this.#pointer.look(this.#frame(now));
    if (hover !== 'same') this.#report({ kind: 'hover', hover });
    const frame = this.#frame(now);
    const unfinished = this.#screen.draw(frame, motion, restamp);
    const behind = this.#screen.drawOverview(frame, this.#world.plan.bounds, this.#viewer.seesAll);
    const { overviewShown } = this.#screen;
    if (overviewShown !== this.#overviewShown) this.#report({ kind: 'overview', shown: overviewShown });
    this.#overviewShown = overviewShown;
    return unfinished || behind;
  }
}
