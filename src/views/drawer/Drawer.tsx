/** Whatever is selected, the traffic, and the list of all peers: three tabs beside the picture. */
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useDashboard } from '../context.tsx';
import { Icon } from '../icons.tsx';
import { MessagesPanel } from './messages/MessagesPanel.tsx';
import { PeerPanel } from './peer/PeerPanel.tsx';
import { PeersPanel } from './peers/PeersPanel.tsx';
import { showTab, TABS, type DrawerState, type PictureActions, type Tab } from './state.ts';
import './drawer.css';

const NAMES: Record<Tab, string> = { peer: 'Peer', messages: 'Messages', peers: 'Peers' };

interface DrawerProps {
  readonly state: DrawerState;
  readonly onChange: (state: DrawerState) => void;
  readonly picture: PictureActions;
}

export function Drawer({ state, onChange, picture }: DrawerProps) {
  const tabs = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (state.focus === 'panel') panel.current?.focus({ preventScroll: true });
  }, [state.focus, state.turn]);
  useEffect(() => {
    panel.current?.scrollTo(0, 0);
  }, [state.tab]);

  const move = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
    const step = steps[event.key];
    const ends: Record<string, number> = { Home: 0, End: TABS.length - 1 };
    const index =
      step === undefined ? ends[event.key] : (TABS.indexOf(state.tab) + step + TABS.length) % TABS.length;
    const tab = index === undefined ? undefined : TABS[index];
    if (tab === undefined) return;
    event.preventDefault();
    onChange(showTab(state, tab));
    tabs.current?.querySelector<HTMLElement>(`#tab-${tab}`)?.focus();
  };

  return (
    <aside
      className="drawer"
      aria-label="Details"
      data-open={state.open ? '' : undefined}
      data-low={state.low ? '' : undefined}
    >
      <div className="drawer-head">
        <div ref={tabs} className="tabs" role="tablist" aria-label="Details" tabIndex={-1} onKeyDown={move}>
          {TABS.map((tab) => (
            <button
              key={tab}
              id={`tab-${tab}`}
              type="button"
              role="tab"
              className="tab"
              aria-selected={tab === state.tab}
              aria-controls="drawer-panel"
              tabIndex={tab === state.tab ? 0 : -1}
              title={`${NAMES[tab]} (d: next)`}
              onClick={() => onChange(showTab(state, tab))}
            >
              {NAMES[tab]}
            </button>
          ))}
        </div>
        <button
          type="button"
          className="button button-quiet sheet-toggle"
          aria-expanded={state.open}
          aria-controls="drawer-panel"
          aria-label={state.open ? 'Lower the details' : 'Raise the details'}
          onClick={() => onChange({ ...state, open: !state.open, low: false, focus: undefined })}
        >
          <Icon name={state.open ? 'down' : 'up'} />
        </button>
      </div>
      <div
        ref={panel}
        id="drawer-panel"
        className="drawer-panel"
        role="tabpanel"
        aria-labelledby={`tab-${state.tab}`}
        // Scrolls, so it must be reachable by keyboard.
        tabIndex={0}
      >
        <Panel state={state} onChange={onChange} picture={picture} />
      </div>
    </aside>
  );
}

function Panel({ state, onChange, picture }: DrawerProps) {
  const { commands } = useDashboard();
  switch (state.tab) {
    case 'peer':
      return (
        <PeerPanel
          onOpenExchange={() => onChange(showTab(state, 'messages'))}
          onFind={() => onChange(showTab(state, 'peers', 'search'))}
          picture={picture}
        />
      );
    case 'messages':
      return (
        <MessagesPanel
          drawer={state}
          onDrawer={onChange}
          onPeer={(peer) => {
            commands.select(peer);
            onChange(showTab(state, 'peer', 'panel'));
          }}
        />
      );
    case 'peers':
      return (
        <PeersPanel
          focusTurn={state.focus === 'search' ? state.turn : 0}
          onlyPicked={state.onlyPicked}
          onOnlyPicked={(onlyPicked) => onChange({ ...state, onlyPicked })}
          onPicked={() => onChange(showTab(state, 'peer', 'panel'))}
        />
      );
    default:
      return state.tab satisfies never;
  }
}
