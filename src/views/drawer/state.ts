/** What the drawer shows, and where the focus goes when that changes. */
import type { PeerHandle } from '../../dashboard/feed.ts';

export const TABS = ['peer', 'messages', 'peers'] as const;
export type Tab = (typeof TABS)[number];

/** How message bodies are shown: laid out, as sent, or field by field with what is to be said of each. */
export type BodyView = 'pretty' | 'raw' | 'explained';

export interface DrawerState {
  readonly tab: Tab;
  /** On a phone the drawer is a sheet that opens over the page. */
  readonly open: boolean;
  /** As a sheet it rises only so far that the picture, in which something was picked, stays in sight. */
  readonly low: boolean;
  /** Where the focus goes: nowhere when the pointer or the tabs' own keys chose. */
  readonly focus: 'search' | 'panel' | undefined;
  /** Counts requests, so that the same one twice moves the focus twice. */
  readonly turn: number;
  readonly bodies: BodyView;
  /** Only the selected peer's messages are listed. */
  readonly onlySelected: boolean;
  /** Only the peers of the picked set are listed, as long as there is one. */
  readonly onlyPicked: boolean;
}

/** What the drawer has the picture do with the selected peer. */
export interface PictureActions {
  /** Keeps it in the middle. */
  follow(): void;
  /** It stays where it is, or is let go. */
  turnPin(): void;
  /** Those that stay. */
  readonly pins: readonly PeerHandle[];
}

export const DRAWER_AT_FIRST: DrawerState = {
  tab: 'peer',
  open: false,
  low: false,
  focus: undefined,
  turn: 0,
  bodies: 'pretty',
  onlySelected: false,
  onlyPicked: false,
};

export const showTab = (state: DrawerState, tab: Tab, focus?: DrawerState['focus']): DrawerState => ({
  ...state,
  tab,
  open: true,
  low: false,
  focus,
  turn: state.turn + 1,
});

/** The tab after the one shown, the first after the last. */
export const showNextTab = (state: DrawerState): DrawerState =>
  showTab(state, TABS[(TABS.indexOf(state.tab) + 1) % TABS.length] ?? 'peer', 'panel');

/** A peer was picked in the picture. */
export const showPicked = (state: DrawerState): DrawerState => ({ ...showTab(state, 'peer'), low: true });

/** The peers of the set, listed. */
export const listPicked = (state: DrawerState): DrawerState => ({
  ...showTab(state, 'peers', 'search'),
  onlyPicked: true,
});
