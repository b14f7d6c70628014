/**
 * Where the swarms lie: discs around the tracker, which is the origin, in their given order.
 * Each stands as near to the tracker as it may; what is left of the round is shared out evenly.
 */
import type { Bounds, Point, Viewport } from './camera.ts';

/** World units: the radius of a peer's disc and how far apart peers strive to be. */
export const PEER_RADIUS = 7;
export const SPACING = 20;
/** From the outermost peers to the hull's edge. */
export const HULL_PADDING = 20;
/** Half the side of the tracker's square. */
export const TRACKER_REACH = 26;

/** A swarm's disc, hull and all. */
export interface Place extends Point {
  readonly radius: number;
}

/** How far its outermost peers are from the centre; a swarm of a few still has a body. */
export const crowdRadius = (members: number): number => SPACING * Math.sqrt(Math.max(members, 7) / Math.PI);

export const placeRadius = (members: number): number => crowdRadius(members) + HULL_PADDING;

/** Room between two hulls, and between the tracker's middle and the hull nearest to it. */
export interface Room {
  readonly between: number;
  readonly tracker: number;
}

/** The angle at the tracker between two neighbours that just keep their room. */
function angleBetween(a: number, b: number, room: Room, distance: (radius: number) => number): number {
  const [da, db, apart] = [distance(a), distance(b), a + b + room.between];
  const cosine = (da * da + db * db - apart * apart) / (2 * da * db);
  return Math.acos(Math.min(1, Math.max(-1, cosine)));
}

function neighbourAngles(radii: readonly number[], room: Room, push: number): number[] {
  const distance = (radius: number): number => radius + room.tracker + push;
  return radii.map((radius, i) =>
    angleBetween(radius, radii[(i + 1) % radii.length] as number, room, distance),
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Centres around the origin, the first at angle `rotation`. */
export function arrange(radii: readonly number[], room: Room, rotation: number): Place[] {
  const [only] = radii;
  if (only === undefined) return [];
  if (radii.length === 1) {
    const distance = only + room.tracker;
    return [{ x: distance * Math.cos(rotation), y: distance * Math.sin(rotation), radius: only }];
  }
  // Too many to stand close: all step back until the round is just full.
  let push = 0;
  if (sum(neighbourAngles(radii, room, 0)) > 2 * Math.PI) {
    let [near, far] = [0, sum(radii) * 2 + room.between * radii.length];
    for (let step = 0; step < 40; step++) {
      push = (near + far) / 2;
      if (sum(neighbourAngles(radii, room, push)) > 2 * Math.PI) near = push;
      else far = push;
    }
    push = far;
  }
  const angles = neighbourAngles(radii, room, push);
  const slack = (2 * Math.PI - sum(angles)) / radii.length;
  let angle = rotation;
  return radii.map((radius, i) => {
    const distance = radius + room.tracker + push;
    const place = { x: distance * Math.cos(angle), y: distance * Math.sin(angle), radius };
    angle += (angles[i] as number) + slack;
    return place;
  });
}

/** The places and the tracker, with `above` left free over each swarm for its title. */
export function boundsOf(places: readonly Place[], above: number): Bounds {
  const reach = TRACKER_REACH * 2;
  return boundsAround({ left: -reach, top: -reach, right: reach, bottom: reach }, places, above);
}

export function boundsOfPlace({ x, y, radius }: Place): Bounds {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

function boundsAround(core: Bounds, places: readonly Place[], above: number): Bounds {
  let { left, top, right, bottom } = core;
  for (const { x, y, radius } of places) {
    left = Math.min(left, x - radius);
    right = Math.max(right, x + radius);
    top = Math.min(top, y - radius - above);
    bottom = Math.max(bottom, y + radius);
  }
  return { left, top, right, bottom };
}

const ROTATIONS = 72;
/** A turn of the whole map confuses: only for this much more size. */
const WORTH_A_TURN = 1.12;

/** The rotation that shows the swarms largest; `before`, the one in force, unless another is much better. */
export function bestRotation(
  radii: readonly number[],
  room: Room,
  viewport: Viewport,
  before: number | undefined,
): number {
  const scaleAt = (rotation: number): number => {
    const bounds = boundsOf(arrange(radii, room, rotation), room.between);
    return Math.min(
      viewport.width / (bounds.right - bounds.left),
      viewport.height / (bounds.bottom - bounds.top),
    );
  };
  let best = before ?? Math.PI;
  let bestScale = scaleAt(best) * (before === undefined ? 1 : WORTH_A_TURN);
  for (let i = 0; i < ROTATIONS; i++) {
    const rotation = Math.PI + (2 * Math.PI * i) / ROTATIONS;
    const scale = scaleAt(rotation);
    // The small margin makes the first of equals win, whatever the rounding.
    if (scale > bestScale * 1.001) [best, bestScale] = [rotation, scale];
  }
  return best;
}
