/** Geometry of the diagram: steps in, lifelines, arrows, bands and timers out, all in pixels. No DOM, no words. */
import type { SequenceStep } from '../../dashboard/wire/sequence.ts';
import { firstOf, foldRuns, lastOf, type Item } from './folding.ts';
import { timeScale, timeToY, type Span, type TimeScale } from './scale.ts';
import { endOf, lifeOf, type Band, type Timer } from './states.ts';

export interface LayoutOptions {
  /** Pixels to fill; the diagram is wider where its lifelines need it. */
  readonly width: number;
  /** Pixels per millisecond. */
  readonly speed: number;
  /** Long waits are cut short. */
  readonly breaks: boolean;
  /** Keys of runs that are shown one by one. */
  readonly opened: ReadonlySet<number>;
  /** Up to which the lifelines go, in milliseconds; the last step at the least. */
  readonly now: number;
}

export interface Lifeline {
  /** Undefined: the tracker's. */
  readonly peer: string | undefined;
  readonly x: number;
  /** Where its arrows go to: 1 to the right, -1 to the left. */
  readonly toTracker: 1 | -1;
}

export interface Line {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export interface Arrow {
  /** ID of its exchange, the first of a run. */
  readonly id: number;
  readonly item: Item;
  readonly lifeline: Lifeline;
  readonly request: Line;
  /** Absent: none came. */
  readonly answer: Line | undefined;
  /** Where a run ends; the answer's end otherwise. */
  readonly bottom: number;
  /** Something went wrong with it. */
  readonly bad: boolean;
  /** A retransmission, of the attempt's number; 1: none. */
  readonly attempt: number;
  /** Whether there is room to write at its request, and at its answer. */
  readonly worded: { readonly request: boolean; readonly answer: boolean };
}

interface Placed {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly toTracker: 1 | -1;
}

export type PlacedBand = Band & Placed;
export type PlacedTimer = Timer & Placed;

export interface SequenceLayout {
  readonly scale: TimeScale;
  readonly width: number;
  /** Of the space between two lifelines. */
  readonly spacing: number;
  readonly lifelines: readonly Lifeline[];
  readonly tracker: Lifeline;
  /** In order of time. */
  readonly arrows: readonly Arrow[];
  readonly bands: readonly PlacedBand[];
  readonly timers: readonly PlacedTimer[];
}

/** Pixels left of the first lifeline, for the time. */
export const GUTTER = 78;
const NARROWEST = 138;
const WIDEST = 300;
/** Pixels that a line of words takes. */
const WORDS = 14;
/** Share of the way that a request without an answer is drawn. */
const LOST = 0.62;
/** Pixels that it falls at the most: how long it was waited for is no time on its way. */
const LOST_FALL = 22;

export const isBad = ({ verdict }: SequenceStep): boolean =>
  verdict === 'error' || verdict === 'unreadable' || verdict === 'failed';

/** The tracker stands in the middle: no arrow crosses more than half of the lifelines. */
function lifelinesOf(peers: readonly string[], width: number): { spacing: number; lifelines: Lifeline[] } {
  const room = (width - GUTTER) / (peers.length + 1);
  const spacing = Math.min(WIDEST, Math.max(NARROWEST, room));
  const before = Math.ceil(peers.length / 2);
  const order = [...peers.slice(0, before), undefined, ...peers.slice(before)];
  const lifelines = order.map((peer, at): Lifeline => ({
    peer,
    x: GUTTER + (at + 0.5) * spacing,
    toTracker: at < before ? 1 : -1,
  }));
  return { spacing, lifelines };
}

/** When something is drawn. */
function spansOf(items: readonly Item[], bands: readonly Band[], now: number): Span[] {
  const spans = items.flatMap((item): Span[] => {
    const [first, last] = [firstOf(item), lastOf(item)];
    if (first === undefined || last === undefined) return [];
    return [
      [first.time, endOf(first)],
      [endOf(last), endOf(last)],
    ];
  });
  return [...spans, ...bands.map(({ to }): Span => [to, to]), [now, now]];
}

/** `steps`: of all these peers, in order of time; those of others are left out. */
export function sequenceLayout(
  steps: readonly SequenceStep[],
  peers: readonly string[],
  { width, speed, breaks, opened, now }: LayoutOptions,
): SequenceLayout {
  const { spacing, lifelines } = lifelinesOf(peers, width);
  const end = steps.reduce((latest, step) => Math.max(latest, endOf(step)), steps.length === 0 ? 0 : now);
  const tracker = lifelines.find(({ peer }) => peer === undefined) ?? {
    peer: undefined,
    x: GUTTER,
    toTracker: 1,
  };
  const lives = lifelines.flatMap((lifeline) => {
    if (lifeline.peer === undefined) return [];
    const own = steps.filter(({ peerId }) => peerId === lifeline.peer);
    return [{ lifeline, items: foldRuns(own, opened), life: lifeOf(own, end) }];
  });
  const spans = spansOf(
    lives.flatMap(({ items }) => items),
    lives.flatMap(({ life }) => life.bands),
    end,
  );
  const scale = timeScale(spans, speed, breaks);
  const y = (time: number): number => timeToY(scale, time);
  return {
    scale,
    width: Math.max(width, GUTTER + lifelines.length * spacing),
    spacing,
    lifelines,
    tracker,
    arrows: lives
      .flatMap(({ lifeline, items }) => arrowsOf(items, lifeline, tracker, y))
      .sort((a, b) => a.request.y1 - b.request.y1 || a.id - b.id),
    bands: lives.flatMap(({ lifeline, life }) => life.bands.map((band) => placed(band, lifeline, y))),
    timers: lives.flatMap(({ lifeline, life }) => life.timers.map((timer) => placed(timer, lifeline, y))),
  };
}

function placed<One extends Band | Timer>(
  one: One,
  { x, toTracker }: Lifeline,
  y: (time: number) => number,
): One & Placed {
  return { ...one, x, toTracker, top: y(one.from), bottom: y(one.to) };
}

function arrowsOf(
  items: readonly Item[],
  lifeline: Lifeline,
  tracker: Lifeline,
  y: (time: number) => number,
): Arrow[] {
  const arrows: Arrow[] = [];
  let written = -Infinity;
  for (const item of items) {
    const [step, last] = [firstOf(item), lastOf(item)];
    if (step === undefined || last === undefined) continue;
    const { time, took = 0, verdict } = step;
    const x1 = lifeline.x;
    const [sent, back] = [y(time), y(time + took)];
    // When the tracker had it nobody has seen: halfway between sending and answer.
    const middle = y(time + took / 2);
    const isLost = verdict === 'failed';
    const reach = isLost ? x1 + (tracker.x - x1) * LOST : tracker.x;
    const request = { x1, y1: sent, x2: reach, y2: isLost ? Math.min(middle, sent + LOST_FALL) : middle };
    const answer = isLost ? undefined : { x1: tracker.x, y1: middle, x2: x1, y2: back };
    const bottom = item.kind === 'fold' ? y(endOf(last)) : back;
    // What went wrong is written before all else; the others where the words before leave room.
    const atRequest = sent - written >= WORDS;
    if (atRequest) written = sent;
    const atAnswer = back - written >= WORDS * 1.7;
    if (atAnswer) written = back + WORDS;
    arrows.push({
      id: step.id,
      item,
      lifeline,
      request,
      answer,
      bottom,
      bad: isBad(step),
      attempt: step.attempt,
      worded: { request: atRequest, answer: atAnswer },
    });
  }
  return arrows;
}

/** Arrows of which something is between two heights. */
export const arrowsIn = ({ arrows }: SequenceLayout, top: number, bottom: number): readonly Arrow[] =>
  arrows.filter(({ request, bottom: end }) => request.y1 <= bottom && Math.max(end, request.y2) >= top);
