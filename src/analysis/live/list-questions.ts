/** What can be asked about the peer lists that were handed out, and what is answered: plain data, typed arrays for anything per peer. */
import type { Method } from '../../protocol/message.ts';
import type { PeerHandle } from '../../simulation/report.ts';
import type { Fit } from '../in-degree.ts';

type Longs = Uint32Array<ArrayBuffer>;
type Bytes = Uint8Array<ArrayBuffer>;
type Times = Float64Array<ArrayBuffer>;

/** Milliseconds: the last so many of the run, or from (inclusive) to (exclusive). */
export type ListWindow = { readonly last: number } | { readonly from: number; readonly to: number };

export interface ListFilter {
  /** Index of the swarm; undefined: all. */
  readonly swarm: number | undefined;
  /** Only lists in answers to it; undefined: in answers to all methods. */
  readonly method: Method | undefined;
  readonly window: ListWindow;
}

/** In which order peers stand: of arrival; by AS, swarm or mode, and within one of these by arrival. */
export type PeerOrder = 'age' | 'swarm' | 'asn' | 'mode';

/** A part of all, 0 to 1 from the first to the last. */
export interface Share {
  readonly from: number;
  readonly to: number;
}

export type ListsAsk =
  /** Lists over the whole run, by bins of time. `swarm` undefined: all. */
  | { readonly about: 'series'; readonly swarm: number | undefined }
  /** Who was handed to whom: of `peer`, the lists it got and those it stood on; of nobody, the latest lists. */
  | {
      readonly about: 'edges';
      readonly filter: ListFilter;
      readonly peer: PeerHandle | undefined;
      readonly order: PeerOrder;
      /** Edges at most: those of the latest lists. */
      readonly most: number;
    }
  /** Who was handed to whom, everybody with everybody; `cells` on a side at most. */
  | {
      readonly about: 'matrix';
      readonly filter: ListFilter;
      readonly order: PeerOrder;
      readonly askers: Share;
      readonly listed: Share;
      readonly cells: number;
    }
  /** How often each registered peer was listed, against what chance would have it. */
  | { readonly about: 'spread'; readonly filter: ListFilter }
  /** The latest lists; with `peer`, those that it got or stood on. */
  | {
      readonly about: 'recent';
      readonly filter: ListFilter;
      readonly peer: PeerHandle | undefined;
      readonly most: number;
    }
  /** Two lists by their numbers. */
  | { readonly about: 'pair'; readonly a: number; readonly b: number }
  | { readonly about: 'who'; readonly peers: readonly PeerHandle[] };

/** What an answer rests on. */
export interface Looked {
  /** Milliseconds since the run began. */
  readonly from: number;
  readonly to: number;
  readonly lists: number;
  readonly entries: number;
  /** The window begins before the oldest list that is kept: `from` is that list's time. */
  readonly cut: boolean;
  /** Lists of the whole run that were left out before they came here. */
  readonly omitted: number;
}

export interface SeriesAnswer {
  readonly about: 'series';
  /** Milliseconds in one bin; bin `i` begins at `i * width`. */
  readonly width: number;
  readonly lists: Times;
  readonly entries: Times;
  /** Lists whose requests said how many peers they wanted; sums of what they wanted. */
  readonly asking: Times;
  readonly wanted: Times;
  /** Entries that were gone when the list came, and such as nobody here knows. */
  readonly gone: Times;
  readonly unknown: Times;
  /** Pairs of successive lists of one LEECH; sums of their Jaccard indices, and of what random lists would have. */
  readonly own: Times;
  readonly ownOverlap: Times;
  readonly ownExpected: Times;
  /** The same of lists of two LEECHes one after the other. */
  readonly others: Times;
  readonly othersOverlap: Times;
  readonly othersExpected: Times;
  readonly omitted: number;
  /** Of which some source told nothing, milliseconds since the run began: in order, none touching another. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}

export interface EdgesAnswer {
  readonly about: 'edges';
  readonly looked: Looked;
  readonly peer: PeerHandle | undefined;
  /** In the order asked for. */
  readonly peers: Longs;
  /** 0 LEECH, 1 SEED, as of now. */
  readonly mode: Bytes;
  /** 1: not there any more. */
  readonly gone: Bytes;
  /** Places in `peers`, one of each for an edge. */
  readonly asker: Longs;
  readonly listed: Longs;
  readonly times: Longs;
  /** When last, milliseconds since the run began. */
  readonly last: Times;
  /** 1: it was gone when it was last listed. */
  readonly stale: Bytes;
  /** Entries of the window that are not among the edges: of earlier lists, and of unknown peers. */
  readonly entriesLeft: number;
}

export interface MatrixAnswer {
  readonly about: 'matrix';
  readonly looked: Looked;
  /** Everybody who asked or was listed, in the order asked for. */
  readonly peers: Longs;
  readonly mode: Bytes;
  /** Places in `peers` that begin a group of the order (a swarm, an AS, a mode), and its name; none by age. */
  readonly groups: readonly { readonly at: number; readonly name: string }[];
  /** Which of `peers` the cells are about: `from` inclusive, `to` exclusive, `step` of them to a cell. */
  readonly rows: MatrixSide;
  readonly columns: MatrixSide;
  /** Cells with anything in them: row * columns.cells + column, how many entries, how many of them stale, when last. */
  readonly cell: Longs;
  readonly times: Longs;
  readonly stale: Longs;
  readonly last: Times;
  /** Entries in each row and in each column of the cells. */
  readonly rowSums: Longs;
  readonly columnSums: Longs;
  readonly unknown: number;
}

export interface MatrixSide {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly cells: number;
}

export interface SpreadAnswer {
  readonly about: 'spread';
  readonly looked: Looked;
  /** The one that was asked for; of all, the one with the most lists. */
  readonly swarm: number;
  /** From this number of listings on: spells so often listed, and how many chance would have. */
  readonly least: number;
  readonly observed: Times;
  readonly expected: Times;
  readonly spells: number;
  readonly mean: number;
  /** Mean of (seen - expected)^2 / variance: 1 by chance. */
  readonly dispersion: number | undefined;
  /** Of a dispersion so great or greater in uniform random lists. */
  readonly pValue: number | undefined;
  /** Of the shape: Pearson's chi-square of the curves. */
  readonly fit: Fit | undefined;
  /** Peers listed most against expectation, the most favoured first. */
  readonly favoured: readonly Favour[];
  /** Live seeds of gu-04: on every list by rule, so left out. */
  readonly always: number;
}

export interface Favour {
  readonly peer: PeerHandle;
  readonly seen: number;
  readonly expected: number;
  /** Standard deviations from what is expected. */
  readonly score: number;
}

export interface ListFacts {
  readonly list: number;
  readonly at: number;
  readonly asker: PeerHandle;
  readonly swarm: number;
  readonly method: string;
  readonly size: number;
  /** Peers asked for; undefined: the request did not say. */
  readonly wanted: number | undefined;
  readonly gone: number;
  readonly unknown: number;
  /** Number of the asker's list before, where it is kept, and the share of both lists' peers that is on both. */
  readonly before: number | undefined;
  readonly overlap: number | undefined;
}

export interface RecentAnswer {
  readonly about: 'recent';
  readonly looked: Looked;
  /** Newest first. */
  readonly lists: readonly ListFacts[];
}

export interface PairAnswer {
  readonly about: 'pair';
  /** Undefined: forgotten. */
  readonly a: ListFacts | undefined;
  readonly b: ListFacts | undefined;
  /** Known peers of both: on both first, then of A, then of B. */
  readonly peers: Longs;
  /** 1: on A; 2: on B; 3: on both. */
  readonly on: Bytes;
  readonly mode: Bytes;
  /** Milliseconds from arrival to the later list. */
  readonly age: Times;
  /** 0: there at both times; 1: gone at the first list that had it; 2: gone by the last one; 3: gone since. */
  readonly gone: Bytes;
  /** |both| / |either| of those who could be on both, what random lists would have, and how many could be. */
  readonly overlap: number | undefined;
  readonly expected: number | undefined;
  readonly candidates: number | undefined;
}

export interface WhoAnswer {
  readonly about: 'who';
  readonly peers: readonly Who[];
}

export interface Who {
  readonly peer: PeerHandle;
  readonly peerId: string;
  readonly swarm: number;
  readonly edition: number;
  readonly asn: number;
  readonly mode: number;
  readonly arrivedAt: number;
  /** Infinity: still there. */
  readonly departedAt: number;
}

export type ListsAnswer =
  SeriesAnswer | EdgesAnswer | MatrixAnswer | SpreadAnswer | RecentAnswer | PairAnswer | WhoAnswer;
