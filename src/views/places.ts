/**
 * The places of the page, in the order of their keys. A place is added by a line here: its view is loaded when it is
 * first gone to. `swarm` has none, for the picture stays where it is: it only stops drawing while another is shown.
 */
import type { ComponentType, Ref } from 'react';
import type { PeerHandle } from '../dashboard/feed.ts';
import type { IconName } from './icons.tsx';
import { later } from './later.tsx';
import type { ShownTheme } from './theme.ts';

/** What the page asks of the place that is shown. */
export interface PlaceControls {
  /** The key `/`. */
  find(): void;
  /** The key Esc: closes what is open in it. */
  clear(): void;
}

export interface PlaceProps {
  readonly theme: ShownTheme;
  readonly ref?: Ref<PlaceControls>;
  /** To another place, by its name. */
  readonly onGo: (id: string) => void;
  /** Selects the peer and shows what is known of it. */
  readonly onPick: (peer: PeerHandle) => void;
}

export interface Place {
  /** In the page's address: `view=wire`. */
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly icon: IconName;
  readonly about: string;
  readonly View?: ComponentType<PlaceProps>;
  /** What stands beside it: the details of what is selected, the run over time. */
  readonly drawer?: true;
  readonly timeline?: true;
}

const SWARM: Place = {
  id: 'swarm',
  key: '1',
  name: 'Swarm',
  icon: 'swarm',
  about: 'The live picture of all peers',
  drawer: true,
  timeline: true,
};

export const PLACES: readonly Place[] = [
  SWARM,
  {
    id: 'wire',
    key: '2',
    name: 'Wire',
    icon: 'wire',
    about: 'Every exchange with the tracker, live or from a file',
    View: later(async () => (await import('./wire/Wire.tsx')).Wire),
  },
  {
    id: 'conformance',
    key: '3',
    name: 'Conformance',
    icon: 'conformance',
    about: 'Whether the tracker does what the texts ask for, case by case',
    View: later(async () => (await import('./conformance/Conformance.tsx')).Conformance),
  },
  {
    id: 'sequence',
    key: '4',
    name: 'Sequence',
    icon: 'sequence',
    about: 'Chosen peers and the tracker, step by step in time',
    View: later(async () => (await import('./sequence/Sequence.tsx')).Sequence),
  },
  {
    id: 'compose',
    key: '5',
    name: 'Compose',
    icon: 'compose',
    about: 'Messages by hand, sent as anybody, malformed if asked',
    View: later(async () => (await import('./compose/Compose.tsx')).Compose),
  },
  {
    id: 'matrix',
    key: '6',
    name: 'Matrix',
    icon: 'matrix',
    about: 'How trackers and peers get on, each with each, in every edition',
    View: later(async () => (await import('./matrix/Matrix.tsx')).Matrix),
  },
  {
    id: 'lists',
    key: '7',
    name: 'Lists',
    icon: 'lists',
    about: 'Peer lists: who was handed to whom, how often, how fresh, how much alike',
    View: later(async () => (await import('./lists/Lists.tsx')).Lists),
    drawer: true,
  },
  {
    id: 'time',
    key: '8',
    name: 'Time',
    icon: 'time',
    about: 'The run over time: peers, requests, errors, chunks, on one axis',
    View: later(async () => (await import('./time/Time.tsx')).Time),
  },
  {
    id: 'states',
    key: '9',
    name: 'States',
    icon: 'states',
    about: 'The state machines of the standard, live: who is in which state, and what moves',
    View: later(async () => (await import('./states/States.tsx')).States),
  },
  {
    id: 'lab',
    key: 'l',
    name: 'Lab',
    icon: 'lab',
    about: 'Scenarios by form, runs and sweeps with all their measures',
    View: later(async () => (await import('./lab/Lab.tsx')).Lab),
  },
];

const PARAMETER = 'view';
/** An exchange to be opened, which the wire shows where the address names no place. */
const MESSAGE = 'message';

/** The picture when there is none of that name. */
export const placeNamed = (id: string | null): Place => PLACES.find((place) => place.id === id) ?? SWARM;

/** The place that the page's address names. */
export function placeIn(address: string): Place {
  const { searchParams } = new URL(address);
  return placeNamed(searchParams.get(PARAMETER) ?? (searchParams.has(MESSAGE) ? 'wire' : null));
}

/** Whether the page's address names a place that there is not. */
export function hasUnknownPlace(address: string): boolean {
  const id = new URL(address).searchParams.get(PARAMETER);
  return id !== null && PLACES.every((place) => place.id !== id);
}

/** The page's address with this place in it. */
export function addressWith(place: Place, address: string): string {
  const url = new URL(address);
  // With a message in it, an address without a place leads to the wire.
  if (place === SWARM && !url.searchParams.has(MESSAGE)) url.searchParams.delete(PARAMETER);
  else url.searchParams.set(PARAMETER, place.id);
  return url.href;
}
