/** The pointer over the scene: what lies under it, and what there is to say about that. */
import { EDITIONS, PHASES } from '../../dashboard/feed.ts';
import { TRACKER_REACH } from './arrangement.ts';
import { toWorld, type Point } from './camera.ts';
import { onScreen, type Frame } from './frame.ts';
import { edgeTowards } from './hull.ts';
import type { GraphHover, GraphTarget } from './messages.ts';
import type { PeerNode } from './model.ts';
import { pick, type Picked } from './picking.ts';

/** Pixels around a small disc that count as the disc. */
const FINGER = 11;
/** Milliseconds between two tellings while the same thing stays under the pointer. */
const RETELL = 120;

export class Pointer {
  at: Point | undefined;
  hovered: PeerNode | undefined;
  #told: string | undefined;
  #toldAt = 0;

  pick(at: Point, frame: Frame): Picked | undefined {
    const reach = frame.bubble > 0.5 ? 0 : Math.max(frame.disc * 1.25, FINGER) / frame.camera.k;
    const holds = (swarm: number, point: Point): boolean => {
      const hub = frame.hubs[swarm];
      const edge = frame.edges[swarm];
      if (hub === undefined || edge === undefined) return false;
      const [dx, dy] = [point.x - hub.x, point.y - hub.y];
      return Math.hypot(dx, dy) <= edgeTowards(edge, dx, dy);
    };
    return pick(at, reach, frame.model.nodes, holds, frame.hubs.length);
  }

  /** What to tell of the thing under the pointer; `same` when there is nothing new. */
  look(frame: Frame): GraphHover | undefined | 'same' {
    let picked =
      this.at === undefined ? undefined : this.pick(toWorld(frame.camera, frame.viewport, this.at), frame);
    // Among its peers a swarm's title says all there is; only a bubble has more to tell.
    if (picked?.kind === 'swarm' && frame.bubble <= 0.5) picked = undefined;
    this.hovered = picked?.kind === 'peer' ? picked.node : undefined;
    const name = picked === undefined ? undefined : nameOf(picked);
    if (name === this.#told && (name === undefined || frame.now - this.#toldAt < RETELL)) return 'same';
    this.#told = name;
    this.#toldAt = frame.now;
    return picked === undefined ? undefined : hoverOf(picked, frame);
  }
}

function nameOf(picked: Picked): string {
  switch (picked.kind) {
    case 'peer':
      return `peer ${picked.node.handle}`;
    case 'swarm':
      return `swarm ${picked.swarm}`;
    case 'tracker':
      return 'tracker';
    default:
      return picked satisfies never;
  }
}

function hoverOf(picked: Picked, frame: Frame): GraphHover {
  const { model, camera } = frame;
  const { width, height } = frame.viewport;
  switch (picked.kind) {
    case 'peer': {
      const { node } = picked;
      const target: GraphTarget = {
        kind: 'peer',
        handle: node.handle,
        peerId: node.peerId,
        swarm: node.swarm,
        seed: node.seed,
        foreign: node.foreign,
        edition: EDITIONS[node.edition] ?? EDITIONS[0],
        phase: PHASES[node.phase] ?? 'tracking',
        share: node.share,
        upload: node.upload,
        download: node.download,
        links: model.links.degree(node.slot),
        asn: node.asn,
        handedOut: model.handOuts.total(node.handle),
        handedOutLately: model.handOuts.lately(node.handle),
      };
      return { target, ...onScreen(frame, node), reach: frame.disc * 1.6, width, height };
    }
    case 'swarm': {
      const hub = frame.hubs[picked.swarm] ?? { x: 0, y: 0, radius: 0 };
      const { peers = 0, seeds = 0, foreign = 0 } = model.counts[picked.swarm] ?? {};
      const target: GraphTarget = { kind: 'swarm', swarm: picked.swarm, peers, seeds, foreign };
      return { target, ...onScreen(frame, hub), reach: hub.radius * camera.k, width, height };
    }
    case 'tracker': {
      const target: GraphTarget = { kind: 'tracker', health: model.health, rate: frame.traffic.perSecond };
      return { target, ...onScreen(frame, { x: 0, y: 0 }), reach: TRACKER_REACH * camera.k, width, height };
    }
    default:
      return picked satisfies never;
  }
}
