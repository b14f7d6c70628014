/** What the drawer shows, and where the focus goes when that changes. */
export const TABS = ['peer', 'messages', 'peers'] as const;
export type Tab = (typeof TABS)[number];

export interface DrawerState {
  readonly tab: Tab;
  /** On a phone the drawer is a sheet that opens over the page. */
  readonly open: boolean;
  /** Where the focus goes: nowhere when the pointer or the tabs' own keys chose. */
  readonly focus: 'search' | 'panel' | undefined;
  /** Counts requests, so that the same one twice moves the focus twice. */
  readonly turn: number;
}

export const DRAWER_AT_FIRST: DrawerState = { tab: 'peer', open: false, focus: undefined, turn: 0 };

export const showTab = (state: DrawerState, tab: Tab, focus?: DrawerState['focus']): DrawerState => ({
  tab,
  open: true,
  focus,
  turn: state.turn + 1,
});
