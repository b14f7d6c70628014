/**
 * Where the states stand, how the ways between them run and where their words are, as RFC 7846 draws it (figure 5): down
 * from START to TRACKING, all that ends a registration on the left, all that keeps one on the right. Where there is no
 * room for both sides, one below the other. In units of the drawing: 12 to the height of a letter.
 */
import type { PeerState } from '../../protocol/rules.ts';
import { bottom, middle, type Box, type Point } from './shapes.ts';
import { TRACKER_HEIGHT, trackerLayout, type TrackerLayout } from './tracker-layout.ts';

/** What goes one way: a row of the tracker's table. */
export interface Row {
  readonly index: number;
  readonly from: PeerState;
  readonly to: PeerState;
}

/** All that leads from one state to another, on one arrow. */
export interface Edge {
  readonly key: string;
  readonly from: PeerState;
  readonly to: PeerState;
  /** The arrow's corners; the last is its point. */
  readonly way: readonly Point[];
  /** Says from where to where. */
  readonly head: Box;
  readonly rows: readonly (Box & { readonly index: number })[];
}

export interface Layout {
  readonly tracker: TrackerLayout;
  readonly width: number;
  readonly height: number;
  readonly states: Readonly<Record<PeerState, Box>>;
  readonly edges: readonly Edge[];
  /** Widest that an arrow may become. */
  readonly broadest: number;
}

export const ROW = 34;
export const HEAD = 18;
const BOX = { width: 168, height: 58 } as const;
const GAP = 14;
/** Below that there is one column. */
const TWO_SIDED = 840;
/** No words are wider than that. */
const WIDEST = 330;

export function stateLayout(width: number, rows: readonly Row[]): Layout {
  const bundles = bundled(rows);
  return width >= TWO_SIDED ? twoSided(width, bundles) : oneColumn(Math.max(width, 300), bundles);
}

type Bundles = ReadonlyMap<string, readonly number[]>;

const keyOf = (from: PeerState, to: PeerState): string => `${from} → ${to}`;

function bundled(rows: readonly Row[]): Bundles {
  const bundles = new Map<string, number[]>();
  for (const { index, from, to } of rows) {
    const key = keyOf(from, to);
    bundles.set(key, [...(bundles.get(key) ?? []), index]);
  }
  return bundles;
}

const heightOf = (rows: readonly number[]): number => (rows.length === 0 ? 0 : HEAD + rows.length * ROW);

class Words {
  readonly edges: Edge[] = [];
  readonly #bundles: Bundles;

  constructor(bundles: Bundles) {
    this.#bundles = bundles;
  }

  height(from: PeerState, to: PeerState): number {
    return heightOf(this.#bundles.get(keyOf(from, to)) ?? []);
  }

  /** Nothing where the edition has no such way. */
  put(from: PeerState, to: PeerState, at: Omit<Box, 'height'>, way: readonly Point[]): void {
    const key = keyOf(from, to);
    const rows = this.#bundles.get(key);
    if (rows === undefined) return;
    this.edges.push({
      key,
      from,
      to,
      way,
      head: { ...at, height: HEAD },
      rows: rows.map((index, place) => ({ ...at, index, y: at.y + HEAD + place * ROW, height: ROW })),
    });
  }
}

/** Out of the right side of a box and back into it. */
function loopOf(box: Box, reach: number): readonly Point[] {
  const [out, back] = [middle(box) - 15, middle(box) + 15];
  const x = box.x + box.width;
  return [
    { x, y: out },
    { x: x + reach, y: out },
    { x: x + reach, y: back },
    { x, y: back },
  ];
}

function twoSided(width: number, bundles: Bundles): Layout {
  const words = new Words(bundles);
  const [lanes, loop] = [104, 46];
  const side = Math.min(WIDEST, (width - lanes - BOX.width - loop - 8) / 2);
  const left = (width - (2 * side + lanes + BOX.width + loop)) / 2;
  const spine = left + side + lanes;
  const centre = spine + BOX.width / 2;
  const right = spine + BOX.width + loop;
  /** The inner one leads up from PEER REGISTERED, the outer one from TRACKING. */
  const [outer, inner] = [left + side + 12, left + side + 34];
  const top = TRACKER_HEIGHT;
  const first = words.height('START', 'TERMINATE');
  const START: Box = { ...BOX, x: spine, y: top + first + GAP };
  const TERMINATE: Box = { ...BOX, x: inner + 16 - BOX.width, y: START.y };
  const level = middle(START);
  words.put('START', 'TERMINATE', { x: left, y: top, width: side }, [
    { x: START.x, y: level },
    { x: TERMINATE.x + TERMINATE.width, y: level },
  ]);

  const beside = { x: centre + GAP, width: side + right - centre - GAP };
  const registersAt = bottom(START) + GAP;
  const loopHeight = words.height('PEER REGISTERED', 'PEER REGISTERED');
  const endsHeight = words.height('PEER REGISTERED', 'TERMINATE');
  const endsFrom = bottom(TERMINATE) + GAP;
  const REGISTERED: Box = {
    ...BOX,
    x: spine,
    y: Math.max(
      registersAt + words.height('START', 'PEER REGISTERED') + GAP,
      endsFrom + (endsHeight - BOX.height) / 2,
    ),
  };
  words.put('START', 'PEER REGISTERED', { ...beside, y: registersAt }, [
    { x: centre, y: bottom(START) },
    { x: centre, y: REGISTERED.y },
  ]);
  words.put(
    'PEER REGISTERED',
    'PEER REGISTERED',
    { x: right, y: REGISTERED.y - (loopHeight > BOX.height ? 8 : 0), width: side },
    loopOf(REGISTERED, 33),
  );
  const endsAt = Math.max(endsFrom, middle(REGISTERED) - endsHeight / 2);
  words.put('PEER REGISTERED', 'TERMINATE', { x: left, y: endsAt, width: side }, [
    { x: REGISTERED.x, y: middle(REGISTERED) },
    { x: inner, y: middle(REGISTERED) },
    { x: inner, y: bottom(TERMINATE) },
  ]);

  const joinsAt = Math.max(bottom(REGISTERED), REGISTERED.y + loopHeight) + GAP;
  const joinsTo = joinsAt + words.height('PEER REGISTERED', 'TRACKING') + GAP;
  const stays = words.height('TRACKING', 'TRACKING');
  const leaves = words.height('TRACKING', 'TERMINATE');
  const leavesFrom = endsAt + endsHeight + GAP;
  const tallest = Math.max(stays, BOX.height);
  const TRACKING: Box = {
    ...BOX,
    x: spine,
    y: Math.max(joinsTo + (tallest - BOX.height) / 2, leavesFrom + (leaves - BOX.height) / 2),
  };
  words.put('PEER REGISTERED', 'TRACKING', { ...beside, y: joinsAt }, [
    { x: centre, y: bottom(REGISTERED) },
    { x: centre, y: TRACKING.y },
  ]);
  const staysAt = middle(TRACKING) - stays / 2;
  words.put('TRACKING', 'TRACKING', { x: right, y: staysAt, width: side }, loopOf(TRACKING, 33));
  const leavesAt = Math.max(leavesFrom, middle(TRACKING) - leaves / 2);
  words.put('TRACKING', 'TERMINATE', { x: left, y: leavesAt, width: side }, [
    { x: TRACKING.x, y: middle(TRACKING) },
    { x: outer, y: middle(TRACKING) },
    { x: outer, y: bottom(TERMINATE) },
  ]);
  const height = Math.max(bottom(TRACKING), staysAt + stays, leavesAt + leaves) + GAP;
  const states = { START, 'PEER REGISTERED': REGISTERED, TRACKING, TERMINATE };
  const tracker = trackerLayout(centre, BOX.width, Math.min(170, side + loop - BOX.width), START.y);
  return { width, height, tracker, states, edges: words.edges, broadest: 14 };
}

/** One below the other; what ends a registration goes down along the left edge, to TERMINATE at the foot. */
function oneColumn(width: number, bundles: Bundles): Layout {
  const words = new Words(bundles);
  const x = 50;
  const lanes: Readonly<Partial<Record<PeerState, number>>> = {
    START: 10,
    'PEER REGISTERED': 23,
    TRACKING: 36,
  };
  const spine = x + 22;
  const beside = { x: spine + GAP, width: Math.min(WIDEST, width - spine - GAP - 6) };
  let y: number = TRACKER_HEIGHT;
  const boxes: Partial<Record<PeerState, Box>> = {};
  const chain = ['START', 'PEER REGISTERED', 'TRACKING'] as const;
  for (const [place, state] of chain.entries()) {
    const box: Box = { ...BOX, x, y };
    boxes[state] = box;
    y = bottom(box) + GAP;
    words.put(state, state, { ...beside, y }, loopOf(box, 22));
    const own = words.height(state, state);
    y += own === 0 ? 0 : own + GAP;
    const next = chain[place + 1];
    if (next === undefined) break;
    const at = y;
    y += words.height(state, next) + GAP;
    words.put(state, next, { ...beside, y: at }, [
      { x: spine, y: bottom(box) },
      { x: spine, y },
    ]);
  }
  const wide = Math.min(WIDEST, width - x - 6);
  const ends: [state: PeerState, y: number][] = [];
  for (const state of chain) {
    const own = words.height(state, 'TERMINATE');
    if (own === 0) continue;
    ends.push([state, y]);
    y += own + GAP;
  }
  const TERMINATE: Box = { ...BOX, x: 2, y };
  for (const [state, at] of ends) {
    const box = boxes[state] ?? TERMINATE;
    const lane = lanes[state] ?? 0;
    words.put(state, 'TERMINATE', { x, y: at, width: wide }, [
      { x: box.x, y: middle(box) },
      { x: lane, y: middle(box) },
      { x: lane, y: TERMINATE.y },
    ]);
  }
  const { START = TERMINATE, 'PEER REGISTERED': REGISTERED = TERMINATE, TRACKING = TERMINATE } = boxes;
  const states = { START, 'PEER REGISTERED': REGISTERED, TRACKING, TERMINATE };
  const wideOf = Math.min(112, (width - 2 * 16 - 4) / 3);
  const tracker = trackerLayout(2 + wideOf * 1.5 + 16, wideOf, 16, START.y);
  return { width, height: bottom(TERMINATE) + 6, tracker, states, edges: words.edges, broadest: 8 };
}
