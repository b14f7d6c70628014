/** What the peer lists are looked at through. */
import type { ListFilter, ListWindow, PeerOrder } from '../../dashboard/observed.ts';

export interface Lens extends ListFilter {
  readonly order: PeerOrder;
  readonly picture: 'edges' | 'matrix';
}

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

export const lensOn = (swarm: number | undefined): Lens => ({
  swarm,
  method: undefined,
  window: { last: 30_000 },
  order: 'age',
  picture: 'edges',
});

/** Whole seconds of a chosen part of the run; nothing shorter than one. */
export const windowOf = (from: number, to: number): ListWindow => {
  const [low, high] = from <= to ? [from, to] : [to, from];
  const start = Math.max(0, Math.floor(low / 1000) * 1000);
  return { from: start, to: Math.max(start + 1000, Math.ceil(high / 1000) * 1000) };
};
