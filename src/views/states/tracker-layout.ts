/** Where the states of the tracker's own machine stand (RFC 7846 §2.3, figure 4): in a row, right to left, STARTED over START. */
import { bottom, middle, type Box, type Point } from './shapes.ts';

/** The tracker's own machine (figure 4). */
export type TrackerState = 'INIT' | 'STARTED' | 'TERMINATED';

export interface TrackerLayout {
  readonly states: Readonly<Record<TrackerState, Box>>;
  readonly edges: readonly {
    readonly from: TrackerState;
    readonly to: TrackerState;
    readonly way: readonly Point[];
    /** Where its event is written; undefined: there is no room. */
    readonly words: Box | undefined;
  }[];
  /** From STARTED to the machine that each peer ID has. */
  readonly link: readonly Point[];
}

/** Height of all of the tracker's machine, the way back over it included. */
const TRACKER = { box: 46, over: 20, below: 26 } as const;

/** `centre`: of STARTED, right above START, whose top is at `start`. */
export function trackerLayout(centre: number, wide: number, gap: number, start: number): TrackerLayout {
  const y = TRACKER.over;
  const at = (place: number): Box => ({
    x: centre - wide / 2 + place * (wide + gap),
    y,
    width: wide,
    height: TRACKER.box,
  });
  const [TERMINATED, STARTED, INIT] = [at(-1), at(0), at(1)];
  const level = middle(STARTED);
  const between = (right: Box): Box | undefined =>
    gap < 130 ? undefined : { x: right.x - gap + 6, y: level - 30, width: gap - 12, height: 24 };
  return {
    states: { INIT, STARTED, TERMINATED },
    edges: [
      {
        from: 'INIT',
        to: 'STARTED',
        way: [
          { x: INIT.x, y: level },
          { x: STARTED.x + wide, y: level },
        ],
        words: between(INIT),
      },
      {
        from: 'STARTED',
        to: 'TERMINATED',
        way: [
          { x: STARTED.x, y: level },
          { x: TERMINATED.x + wide, y: level },
        ],
        words: between(STARTED),
      },
      {
        from: 'TERMINATED',
        to: 'INIT',
        way: [
          { x: TERMINATED.x + wide / 2, y },
          { x: TERMINATED.x + wide / 2, y: 6 },
          { x: INIT.x + wide / 2, y: 6 },
          { x: INIT.x + wide / 2, y },
        ],
        words: undefined,
      },
    ],
    link: [
      { x: centre, y: bottom(STARTED) },
      { x: centre, y: start },
    ],
  };
}

export const TRACKER_HEIGHT = TRACKER.over + TRACKER.box + TRACKER.below;
