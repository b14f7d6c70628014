/** Which arrangement is in force: made anew only when sizes changed enough to be worth moving the map. */
import {
  arrange,
  bestStance,
  boundsOf,
  placeRadius,
  TRACKER_REACH,
  type Place,
  type Room,
  type Stance,
} from './arrangement.ts';
import { fit, type Bounds, type Insets, type Viewport } from './camera.ts';
import { LEGEND, TITLE_BLOCK } from './draw-swarms.ts';

/** A swarm is measured anew when its radius is off by this part: not for every arrival. */
const SIZE_SLACK = 0.045;
/** From the tracker's middle to the nearest hull, world units and pixels: the stream needs room to be seen. */
const TRACKER_ROOM = { world: TRACKER_REACH * 3.2, screen: 58 };
const NARROW = 600;
/** Up to so many swarms no title lies between two hulls. */
const FEW = 3;
/** World units: beyond, the swarms would be lost among their titles. */
const MOST_TITLE = 130;

export class Plan {
  places: readonly Place[] = [];
  bounds: Bounds = boundsOf([], 0);
  insets: Insets = { top: 0, right: 0, bottom: 0, left: 0 };
  #members: readonly number[] | undefined;
  #stance: Stance | undefined;

  /** The next update decides anew; `all`: as if there had been none before. */
  forget(all: boolean): void {
    this.#members = undefined;
    if (all) this.#stance = undefined;
  }

  /** `type`: the scale of the text. True when there is a new plan. */
  update(members: readonly number[], viewport: Viewport, type: number): boolean {
    const before = this.#members;
    const off = (peers: number, i: number): boolean =>
      Math.abs(placeRadius(peers) / placeRadius(before?.[i] ?? 0) - 1) > SIZE_SLACK;
    const sameNumber = before?.length === members.length;
    if (sameNumber && !members.some(off)) return false;
    if (!sameNumber) this.#stance = undefined;
    this.#members = [...members];
    const narrow = viewport.width < NARROW;
    const side = narrow ? 10 : 26;
    // On a narrow screen only the buttons lie there: the legend stands below the picture.
    this.insets = { top: 16, right: side, bottom: narrow ? 52 : LEGEND, left: side };
    const radii = members.map(placeRadius);
    let room: Room = { between: 40, tracker: TRACKER_ROOM.world, title: 60 };
    // Titles have a size on the screen, swarms in the world: the second round knows the scale.
    for (let round = 0; round < 2; round++) {
      const stance = bestStance(radii, room, viewport, this.#stance);
      this.places = arrange(radii, room, stance);
      this.bounds = boundsOf(this.places, room.title);
      if (round === 1) this.#stance = stance;
      const { k } = fit(this.bounds, viewport, this.insets);
      const title = Math.min(2 * MOST_TITLE, (TITLE_BLOCK * type) / k);
      room = {
        title,
        between: members.length > FEW ? title + 10 : Math.min(MOST_TITLE, 34 / k),
        tracker: Math.max(TRACKER_ROOM.world, (TRACKER_ROOM.screen * type) / k),
      };
    }
    return true;
  }
}
