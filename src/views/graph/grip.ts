/** Peers taken by hand: moved and pinned, drawn around, gathered, told apart as a set. */
import { toWorld, type Point } from './camera.ts';
import { classOf } from './colouring.ts';
import type { Frame } from './frame.ts';
import { GRABBED_FROM, Hand } from './hand.ts';
import type { GraphCommand, GraphReport } from './messages.ts';
import type { PeerNode } from './model.ts';
import { boundsOfPoints } from './polygon.ts';
import type { Viewer } from './viewer.ts';
import type { World } from './world.ts';

type Of<Kind extends GraphCommand['kind']> = Extract<GraphCommand, { kind: Kind }>;
export type GripCommand = Of<
  | 'press'
  | 'drag'
  | 'release'
  | 'picked'
  | 'gather'
  | 'fit-picked'
  | 'pin'
  | 'unpin'
  | 'unpin-all'
  | 'nudge'
  | 'pan'
>;

/** What it works upon. */
interface Surroundings {
  readonly world: World;
  readonly viewer: Viewer;
  frame(): Frame;
  peerAt(at: Point): PeerNode | undefined;
  /** The hand moves the map: nobody is followed any more. */
  letGo(): void;
  report(report: GraphReport): void;
}

/** Room around a set that is shown, world units. */
const AROUND = 60;

export class Grip {
  readonly hand = new Hand();
  /** Those that do not stand out step back. */
  alone = false;
  #picked: ReadonlySet<number> = new Set();
  readonly #of: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#of = surroundings;
  }

  /** Another run: nobody is as they were. */
  reset(): void {
    this.hand.grab(undefined);
    this.#of.world.model.pick(this.#picked);
    this.tellPins();
  }

  handle(command: GripCommand): void {
    const { world } = this.#of;
    switch (command.kind) {
      case 'press':
        this.#press(command);
        break;
      case 'drag':
        this.#drag(command);
        break;
      case 'release':
        this.#release(command.dropped);
        break;
      case 'pan':
        this.#of.letGo();
        this.#of.viewer.pan(command.dx, command.dy);
        break;
      case 'picked':
        this.#picked = new Set(command.peers);
        this.alone = command.alone && command.peers.length > 0;
        world.model.pick(this.#picked);
        break;
      case 'gather':
        this.#gather(command);
        break;
      case 'fit-picked':
        this.#fitPicked();
        break;
      case 'pin':
        this.#turnPin(command.peer);
        break;
      case 'unpin':
        this.#unpinAt(command);
        break;
      case 'unpin-all':
        for (const node of [...world.pins]) world.unpin(node);
        this.tellPins();
        break;
      case 'nudge':
        this.#nudge(command);
        break;
      default:
        command satisfies never;
    }
  }

  #worldOf(at: Point): Point {
    const { camera, viewport } = this.#of.frame();
    return toWorld(camera, viewport, at);
  }

  #press({ how, x, y }: Of<'press'>): void {
    const node = this.#of.peerAt({ x, y });
    const at = this.#worldOf({ x, y });
    if (how === 'lasso') {
      this.hand.draw(at, node);
      return;
    }
    const { disc, camera } = this.#of.frame();
    const onDisc = node !== undefined && Math.hypot(node.x - at.x, node.y - at.y) * camera.k <= disc * 1.1;
    this.hand.grab(onDisc && disc >= GRABBED_FROM ? node : undefined);
  }

  #drag(command: Of<'drag'>): void {
    const { held, draws } = this.hand;
    if (draws) this.hand.drawTo(this.#worldOf(command), this.#of.frame().camera.k);
    else if (held === undefined || held.end !== undefined) this.handle({ ...command, kind: 'pan' });
    else this.#pin(held, this.#worldOf(command));
  }

  #release(dropped: boolean): void {
    const drawn = this.hand.release(this.#of.world.model.nodes);
    if (drawn === undefined || dropped) return;
    if (!('handle' in drawn)) {
      this.#of.report({ kind: 'gathered', peers: drawn.map(({ handle }) => handle), what: 'drawn around' });
      return;
    }
    // One that is pointed at joins the set, or leaves it.
    const peers = new Set(this.#picked);
    if (!peers.delete(drawn.handle)) peers.add(drawn.handle);
    this.#of.report({ kind: 'gathered', peers: [...peers], what: 'one by one' });
  }

  #gather({ from, index, what }: Of<'gather'>): void {
    const { model, painting } = this.#of.frame();
    const placeOf = (node: PeerNode): number =>
      from === 'swarm' ? node.swarm : classOf(painting, node, model);
    const peers = model.nodes
      .filter((node) => node.end === undefined && placeOf(node) === index)
      .map(({ handle }) => handle);
    this.#of.report({ kind: 'gathered', peers, what });
  }

  #fitPicked(): void {
    const bounds = boundsOfPoints(this.#of.world.model.nodes.filter((node) => node.picked));
    if (bounds === undefined) return;
    const { left, top, right, bottom } = bounds;
    this.#of.letGo();
    this.#of.viewer.to({
      left: left - AROUND,
      top: top - AROUND,
      right: right + AROUND,
      bottom: bottom + AROUND,
    });
  }

  #pin(node: PeerNode, at: Point): void {
    const isNew = !node.pinned;
    this.#of.world.pin(node, at);
    if (isNew) this.tellPins();
  }

  /** The peer, or the selected one. */
  #subject(peer: number | undefined): PeerNode | undefined {
    const { model, selection } = this.#of.frame();
    const handle = peer ?? selection.peer;
    const node = handle === undefined ? undefined : model.node(handle);
    return node?.end === undefined ? node : undefined;
  }

  #turnPin(peer: number | undefined): void {
    const node = this.#subject(peer);
    if (node === undefined) return;
    if (!node.pinned) return this.#pin(node, node);
    this.#of.world.unpin(node);
    this.tellPins();
  }

  #unpinAt({ x, y }: Of<'unpin'>): void {
    const node = this.#of.peerAt({ x, y });
    if (node?.pinned !== true) return;
    // The second of the clicks had it followed.
    this.#of.letGo();
    this.#turnPin(node.handle);
  }

  #nudge({ dx, dy }: Of<'nudge'>): void {
    const node = this.#subject(undefined);
    const { k } = this.#of.viewer.camera;
    if (node !== undefined) this.#pin(node, { x: node.x + dx / k, y: node.y + dy / k });
  }

  /** After some have gone, too. */
  tellPins(): void {
    this.#of.report({ kind: 'pins', peers: [...this.#of.world.pins].map(({ handle }) => handle) });
  }
}
