/** What the peer lists are looked at through. */
import type { ShownRange } from '../../dashboard/deep-link.ts';
import type { ListFilter, ListWindow, PeerOrder } from '../../dashboard/observed.ts';

/** What is chosen in this place; the part of the run is chosen in all places together. */
export interface Choices extends Omit<ListFilter, 'window'> {
  /** As long as the pictures go along with the run: its last so many milliseconds. */
  readonly latest: number;
  readonly order: PeerOrder;
  readonly picture: 'edges' | 'matrix';
}

export type Lens = Choices & ListFilter;

export const WINDOWS: readonly { readonly last: number; readonly name: string }[] = [
  { last: 10_000, name: 'Last 10 s' },
  { last: 30_000, name: 'Last 30 s' },
  { last: 120_000, name: 'Last 2 min' },
  { last: 600_000, name: 'Last 10 min' },
];

/** Methods whose answers hold peer lists, in one edition or another. */
export const LISTING = ['CONNECT', 'JOIN', 'JOIN_CHUNK', 'FIND', 'FIND_CHUNK'] as const;

export const ORDERS: readonly { readonly order: PeerOrder; readonly name: string }[] = [
  { order: 'age', name: 'Age' },
  { order: 'swarm', name: 'Swarm' },
  { order: 'asn', name: 'AS' },
  { order: 'mode', name: 'Mode' },
];

export const choicesOn = (swarm: number | undefined): Choices => ({
  swarm,
  method: undefined,
  latest: 30_000,
  order: 'age',
  picture: 'edges',
});

/** Whole seconds of a chosen part of the run, from milliseconds; nothing shorter than one. */
export const rangeOf = (from: number, to: number): ShownRange => {
  const [low, high] = from <= to ? [from, to] : [to, from];
  const start = Math.max(0, Math.floor(low / 1000));
  return { from: start, to: Math.max(start + 1, Math.ceil(high / 1000)) };
};

/** What is looked at: the part of the run that all places show, if one is chosen; else the last `latest` milliseconds. */
export const windowOf = (range: ShownRange | undefined, latest: number): ListWindow =>
  range === undefined ? { last: latest } : { from: range.from * 1000, to: range.to * 1000 };
