/** What all charts have in common on the page: lines across them, the axis as a slider, what is read and shown in words. */
import type { TimeRange } from '../../dashboard/observed.ts';
import { formatClock, formatStamp } from '../format.ts';
import { timeToX } from '../timeline/layout.ts';
import { areaOf } from './frame.ts';

/** What the charts have in common. */
export interface CommonParts {
  readonly axis: HTMLCanvasElement;
  readonly slider: HTMLElement;
  readonly cross: HTMLElement;
  readonly mark: HTMLElement;
  readonly brush: HTMLElement;
  /** Where the moment is written that is read. */
  readonly reading: HTMLElement;
  /** Where it is written what is shown. */
  readonly shown: HTMLElement;
}

/** Milliseconds since the run began. */
export interface Shown {
  readonly range: TimeRange;
  readonly told: number;
  /** What is read; undefined: the latest. */
  readonly at: number | undefined;
  readonly brush: TimeRange | undefined;
  readonly mark: number | undefined;
  readonly isLive: boolean;
  readonly hasBands: boolean;
}

/** Returns the moment that is read. `width` in pixels. */
export function writeCommon(parts: CommonParts, width: number, shown: Shown): number {
  const { range, told, at } = shown;
  const { cross, mark, brush, slider, reading } = parts;
  const area = areaOf(width);
  const place = (line: HTMLElement, moment: number | undefined): void => {
    line.hidden = moment === undefined || moment < range.from || moment > range.to;
    if (moment !== undefined && !line.hidden) line.style.translate = `${timeToX(moment, range, area)}px 0`;
  };
  place(cross, at);
  place(mark, shown.mark);
  brush.hidden = shown.brush === undefined;
  if (shown.brush !== undefined) {
    const [from, to] = [timeToX(shown.brush.from, range, area), timeToX(shown.brush.to, range, area)];
    brush.style.translate = `${from}px 0`;
    brush.style.width = `${to - from}px`;
  }
  slider.toggleAttribute('data-plain', !shown.hasBands);
  const now = at ?? Math.min(told, range.to);
  const when = at === undefined && now === told ? 'now,' : 'at';
  reading.textContent = `${when} ${at === undefined ? formatClock(now) : formatStamp(now)}`;
  parts.shown.textContent = `${formatClock(range.from)} to ${formatClock(range.to)}${shown.isLive ? ', live' : ''}`;
  slider.setAttribute('aria-valuemin', String(Math.round(range.from / 1000)));
  slider.setAttribute('aria-valuemax', String(Math.round(range.to / 1000)));
  slider.setAttribute('aria-valuenow', String(Math.round(now / 1000)));
  return now;
}
