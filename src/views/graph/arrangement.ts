/**
 * Where the swarms lie: discs around the tracker, which is the origin, in their given order.
 * Each stands as near to the tracker as it may; what is left of the round goes where it helps most.
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

/** World units. */
export interface Room {
  /** Between two hulls. */
  readonly between: number;
  /** Between the tracker's middle and the hull nearest to it. */
  readonly tracker: number;
  /** Height of a swarm's title. */
  readonly title: number;
}

/** What is free to choose about an arrangement. */
export interface Stance {
  /** Angle of the first swarm. */
  readonly rotation: number;
  /** Which gaps between neighbours share what is left of the round. */
  readonly wide: readonly boolean[];
}

/** Swarms below the tracker carry their title below: it is always on the side away from the traffic. */
export const titleBelow = (place: Point): boolean => place.y > 0.45 * Math.hypot(place.x, place.y);

/** The angle at the tracker between two neighbours that just keep their room. */
function angleBetween(a: number, b: number, room: Room, push: number): number {
  const [da, db, apart] = [a + room.tracker + push, b + room.tracker + push, a + b + room.between];
  const cosine = (da * da + db * db - apart * apart) / (2 * da * db);
  return Math.acos(Math.min(1, Math.max(-1, cosine)));
}

const neighbourAngles = (radii: readonly number[], room: Room, push: number): number[] =>
  radii.map((radius, i) => angleBetween(radius, radii[(i + 1) % radii.length] as number, room, push));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Too many to stand close: how far all must step back until the round is just full. */
function pushNeeded(radii: readonly number[], room: Room): number {
  if (sum(neighbourAngles(radii, room, 0)) <= 2 * Math.PI) return 0;
  let [near, far] = [0, sum(radii) * 2 + room.between * radii.length];
  for (let step = 0; step < 40; step++) {
    const push = (near + far) / 2;
    if (sum(neighbourAngles(radii, room, push)) > 2 * Math.PI) near = push;
    else far = push;
  }
  return far;
}

/** Centres around the origin. */
export function arrange(radii: readonly number[], room: Room, stance: Stance): Place[] {
  return standing(radii, room)(stance);
}

/** The part of `arrange` that all stances have in common is done once. */
function standing(radii: readonly number[], room: Room): (stance: Stance) => Place[] {
  const push = radii.length > 1 ? pushNeeded(radii, room) : 0;
  const angles = radii.length > 1 ? neighbourAngles(radii, room, push) : [0];
  const left = Math.max(0, 2 * Math.PI - sum(angles));
  return ({ rotation, wide }) => {
    const shares = wide.filter(Boolean).length || 1;
    let angle = rotation;
    return radii.map((radius, i) => {
      const distance = radius + room.tracker + push;
      const place = { x: distance * Math.cos(angle), y: distance * Math.sin(angle), radius };
      angle += (angles[i] as number) + (wide[i] === true ? left / shares : 0);
      return place;
    });
  };
}

/** The places, their titles and the tracker. */
export function boundsOf(places: readonly Place[], title: number): Bounds {
  const reach = TRACKER_REACH * 2;
  let [left, top, right, bottom] = [-reach, -reach, reach, reach];
  for (const place of places) {
    const { x, y, radius } = place;
    const below = titleBelow(place);
    left = Math.min(left, x - radius);
    right = Math.max(right, x + radius);
    top = Math.min(top, y - radius - (below ? 0 : title));
    bottom = Math.max(bottom, y + radius + (below ? title : 0));
  }
  return { left, top, right, bottom };
}

export const boundsOfPlace = ({ x, y, radius }: Place): Bounds => ({
  left: x - radius,
  top: y - radius,
  right: x + radius,
  bottom: y + radius,
});

const ROTATIONS = 72;
/** With more swarms the round is full anyway, and the choices are too many. */
const MOST_TO_SHUFFLE = 5;
/** A turn of the whole map confuses: only for this much more size. */
const WORTH_A_TURN = 1.12;
/** How much of the size one gives for the tracker in the very middle instead of at the edge. */
const CENTRED = 0.22;

function* wideGaps(swarms: number): Generator<readonly boolean[]> {
  yield Array.from({ length: swarms }, () => true);
  if (swarms < 2 || swarms > MOST_TO_SHUFFLE) return;
  for (let bits = 1; bits < 2 ** swarms - 1; bits++)
    yield Array.from({ length: swarms }, (_, i) => ((bits >> i) & 1) === 1);
}

/** The stance that shows the swarms largest; `before`, the one in force, unless another is much better. */
export function bestStance(
  radii: readonly number[],
  room: Room,
  viewport: Viewport,
  before: Stance | undefined,
): Stance {
  const stand = standing(radii, room);
  const worth = (stance: Stance): number => {
    const { left, top, right, bottom } = boundsOf(stand(stance), room.title);
    const [width, height] = [right - left, bottom - top];
    const askew = Math.max(Math.abs(left + right) / width, Math.abs(top + bottom) / height);
    return Math.min(viewport.width / width, viewport.height / height) * (1 - CENTRED * askew);
  };
  let best = before;
  let most = before === undefined ? 0 : worth(before) * WORTH_A_TURN;
  for (const wide of wideGaps(radii.length)) {
    for (let i = 0; i < ROTATIONS; i++) {
      const stance = { rotation: Math.PI + (2 * Math.PI * i) / ROTATIONS, wide };
      const here = worth(stance);
      // The small margin makes the first of equals win, whatever the rounding.
      if (here > most * 1.001) [best, most] = [stance, here];
    }
  }
  return best ?? { rotation: Math.PI, wide: radii.map(() => true) };
}
