/** Geometry of the diagram: steps in, lifelines, arrows, bands and timers out, all in pixels. No DOM, no words. */
import type { PeerStep, SequenceStep } from '../../dashboard/wire/sequence.ts';
import {
  firstOf,
  foldLinks,
  foldRuns,
  lastOf,
  type ExchangeItem,
  type Item,
  type LinkItem,
} from './folding.ts';
import { timeScale, timeToY, type Span, type TimeScale } from './scale.ts';
import { endOf, lifeOf, waitsOf, type Band, type Timer, type Wait } from './states.ts';

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
  /** What these peers say to each other, in order of time. */
  readonly links?: readonly PeerStep[];
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
  /** ID of its exchange or message, the first of a run; no two are the same. */
  readonly id: number;
  readonly item: Item;
  /** Of whoever sent it. */
  readonly lifeline: Lifeline;
  /** To the tracker; between peers, the whole of it. */
  readonly request: Line;
  /** Absent: none came. */
  readonly answer: Line | undefined;
  /** Where a run ends; the answer's end otherwise. */
  readonly bottom: number;
  /** Something went wrong with it. */
  readonly bad: boolean;
  /** A retransmission, of the attempt's number; 1: none. */
  readonly attempt: number;
  /** Streams of one sender to one side beside each other: their brackets must not lie on one another. */
  readonly lane: number;
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
export type PlacedWait = Wait & Placed;

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
  readonly waits: readonly PlacedWait[];
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
function spansOf(
  items: readonly ExchangeItem[],
  links: readonly LinkItem[],
  bands: readonly Band[],
  now: number,
): Span[] {
  const spans = items.flatMap((item): Span[] => {
    const [first, last] = [firstOf(item), lastOf(item)];
    if (first === undefined || last === undefined) return [];
    return [
      [first.time, endOf(first)],
      [endOf(last), endOf(last)],
    ];
  });
  const said = links.flatMap(({ steps: [first, ...others] }) => [first, others.at(-1) ?? first]);
  spans.push(...said.map(({ time }): Span => [time, time]));
  return [...spans, ...bands.map(({ to }): Span => [to, to]), [now, now]];
}

/** `steps`: of all these peers, in order of time; those of others are left out. */
export function sequenceLayout(
  steps: readonly SequenceStep[],
  peers: readonly string[],
  { width, speed, breaks, opened, now, links = [] }: LayoutOptions,
): SequenceLayout {
  const { spacing, lifelines } = lifelinesOf(peers, width);
  const atLeast = Math.max(links.at(-1)?.time ?? 0, steps.length === 0 ? 0 : now);
  const end = steps.reduce((latest, step) => Math.max(latest, endOf(step)), atLeast);
  const tracker = lifelines.find(({ peer }) => peer === undefined) ?? {
    peer: undefined,
    x: GUTTER,
    toTracker: 1,
  };
  const lives = lifelines.flatMap((lifeline) => {
    if (lifeline.peer === undefined) return [];
    const own = steps.filter(({ peerId }) => peerId === lifeline.peer);
    const items = foldRuns(own, opened);
    return [{ lifeline, items, life: lifeOf(own, end), waits: shownWaits(waitsOf(own, end), items) }];
  });
  const said = foldLinks(links, opened);
  const spans = spansOf(
    lives.flatMap(({ items }) => items),
    said,
    lives.flatMap(({ life }) => life.bands),
    end,
  );
  const scale = timeScale(spans, speed, breaks);
  const y = (time: number): number => timeToY(scale, time);
  const taken = new WordPlaces();
  const exchanges = lives.flatMap(({ lifeline, items }) => arrowsOf(items, lifeline, tracker, y, taken));
  return {
    scale,
    width: Math.max(width, GUTTER + lifelines.length * spacing),
    spacing,
    lifelines,
    tracker,
    // Of one moment in the order of telling: messages between peers are numbered downwards.
    arrows: [...exchanges, ...linkArrows(said, lifelines, y, taken)].sort(
      (a, b) => a.request.y1 - b.request.y1 || Math.abs(a.id) - Math.abs(b.id),
    ),
    bands: lives.flatMap(({ lifeline, life }) => life.bands.map((band) => placed(band, lifeline, y))),
    timers: lives.flatMap(({ lifeline, life }) => life.timers.map((timer) => placed(timer, lifeline, y))),
    waits: lives.flatMap(({ lifeline, waits }) => waits.map((wait) => placed(wait, lifeline, y))),
  };
}

/** Within a run that is folded, one report's timer is like the others. */
function shownWaits(waits: readonly Wait[], items: readonly ExchangeItem[]): readonly Wait[] {
  const folded = new Set(
    items.flatMap((item) => (item.kind === 'fold' ? item.steps.slice(1).map(({ id }) => id) : [])),
  );
  return waits.filter(({ endedBy }) => endedBy === undefined || !folded.has(endedBy));
}

/** Heights at which words stand already, beside each lifeline and on each side of it. */
class WordPlaces {
  readonly #taken = new Set<string>();

  take(lifeline: Lifeline, side: number, height: number): void {
    this.#taken.add(`${lifeline.x} ${side} ${Math.round(height / WORDS)}`);
  }

  isFree(lifeline: Lifeline, side: number, height: number): boolean {
    const row = Math.round(height / WORDS);
    return [row - 1, row, row + 1].every((one) => !this.#taken.has(`${lifeline.x} ${side} ${one}`));
  }
}

function placed<One extends Band | Timer | Wait>(
  one: One,
  { x, toTracker }: Lifeline,
  y: (time: number) => number,
): One & Placed {
  return { ...one, x, toTracker, top: y(one.from), bottom: y(one.to) };
}

function arrowsOf(
  items: readonly ExchangeItem[],
  lifeline: Lifeline,
  tracker: Lifeline,
  y: (time: number) => number,
  taken: WordPlaces,
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
    if (atRequest) taken.take(lifeline, lifeline.toTracker, sent);
    if (atAnswer) taken.take(lifeline, lifeline.toTracker, back + WORDS);
    arrows.push({
      id: step.id,
      item,
      lifeline,
      request,
      answer,
      bottom,
      bad: isBad(step),
      attempt: step.attempt,
      lane: 0,
      worded: { request: atRequest, answer: atAnswer },
    });
  }
  return arrows;
}

/** Lanes before the first is used again. */
const LANES = 6;

/** Between peers nothing takes time but what is sent as a piece, and that was asked for before: they lie level. */
function linkArrows(
  items: readonly LinkItem[],
  lifelines: readonly Lifeline[],
  y: (time: number) => number,
  taken: WordPlaces,
): Arrow[] {
  const of = new Map(lifelines.map((lifeline) => [lifeline.peer, lifeline]));
  const lanes = new Map<string, number>();
  return items.flatMap((item): Arrow[] => {
    const [first, ...others] = item.steps;
    const [from, to] = [of.get(first.from), of.get(first.to)];
    if (from === undefined || to === undefined) return [];
    const side = to.x > from.x ? 1 : -1;
    const at = y(first.time);
    const key = `${from.x} ${side}`;
    const lane = lanes.get(key) ?? 0;
    if (others.length > 0) lanes.set(key, (lane + 1) % LANES);
    const worded = taken.isFree(from, side, at);
    if (worded) taken.take(from, side, at);
    return [
      {
        id: item.key,
        item,
        lifeline: from,
        request: { x1: from.x, y1: at, x2: to.x, y2: at },
        answer: undefined,
        bottom: y((others.at(-1) ?? first).time),
        bad: first.kind === 'refuse',
        attempt: 1,
        lane,
        worded: { request: worded, answer: false },
      },
    ];
  });
}

/** Arrows of which something is between two heights. */
export const arrowsIn = ({ arrows }: SequenceLayout, top: number, bottom: number): readonly Arrow[] =>
  arrows.filter(({ request, bottom: end }) => request.y1 <= bottom && Math.max(end, request.y2) >= top);
