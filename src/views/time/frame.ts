/** Where a chart stands on the page, and where a moment is on it. */
import type { TimeRange } from '../../dashboard/observed.ts';
import { timeToX, type Plot as Area } from '../timeline/layout.ts';

export interface Frame {
  /** What is shown, in milliseconds since the run began. */
  readonly range: TimeRange;
  readonly width: number;
  readonly height: number;
  /** Of small type, in pixels. */
  readonly type: number;
}

/** Pixels left of the plots and right of them. */
const SIDE = 1;

export const xOf = (at: number, { from, to }: TimeRange, area: Area): number =>
  timeToX(at, { from, to }, area);

export const areaOf = (width: number): Area => ({
  left: SIDE,
  right: Math.max(SIDE + 1, width - SIDE),
  top: 0,
  bottom: 0,
});
