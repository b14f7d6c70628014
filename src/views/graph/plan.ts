/** Which arrangement is in force: made anew only when sizes changed enough to be worth moving the map. */
import {
  arrange,
  bestRotation,
  boundsOf,
  placeRadius,
  TRACKER_REACH,
  type Place,
  type Room,
} from './arrangement.ts';
import { fit, type Bounds, type Insets, type Viewport } from './camera.ts';
import { TITLE_BLOCK } from './draw-swarms.ts';

/** A swarm is measured anew when its radius is off by this part: not for every arrival. */
const SIZE_SLACK = 0.045;
/** From the tracker's middle to the nearest hull, world units and pixels: the stream needs room to be seen. */
const TRACKER_ROOM = { world: TRACKER_REACH * 3.2, screen: 58 };
const NARROW = 600;

export class Plan {
  places: readonly Place[] = [];
  bounds: Bounds = boundsOf([], 0);
  insets: Insets = { top: 0, right: 0, bottom: 0, left: 0 };
  #members: readonly number[] | undefined;
  #rotation: number | undefined;

  /** The next update decides anew; `all`: as if there had been none before. */
  forget(all: boolean): void {
    this.#members = undefined;
    if (all) this.#rotation = undefined;
  }

  /** `type`: the scale of the text. True when there is a new plan. */
  update(members: readonly number[], viewport: Viewport, type: number): boolean {
    const before = this.#members;
    const off = (peers: number, i: number): boolean =>
      Math.abs(placeRadius(peers) / placeRadius(before?.[i] ?? 0) - 1) > SIZE_SLACK;
    if (before !== undefined && !members.some(off)) return false;
    this.#members = [...members];
    const side = viewport.width < NARROW ? 10 : 26;
    this.insets = { top: (TITLE_BLOCK + 14) * type, right: side, bottom: 50, left: side };
    const radii = members.map(placeRadius);
    let room: Room = { between: 60, tracker: TRACKER_ROOM.world };
    // Titles have a size on the screen, swarms in the world: the second round knows the scale.
    for (let round = 0; round < 2; round++) {
      const rotation = bestRotation(radii, room, viewport, this.#rotation);
      this.places = arrange(radii, room, rotation);
      this.bounds = boundsOf(this.places, 0);
      if (round === 1) this.#rotation = rotation;
      const { k } = fit(this.bounds, viewport, this.insets);
      room = {
        between: Math.min(160, Math.max(36, (TITLE_BLOCK * type + 10) / k)),
        tracker: Math.max(TRACKER_ROOM.world, (TRACKER_ROOM.screen * type) / k),
      };
    }
    return true;
  }
}
