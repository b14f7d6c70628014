/** The page: places its panels, holds which of them is open, and obeys the keys. */
// The ground first: panels' own style sheets build on it.
import './theme.css';
import './base.css';
import { useRef, useState } from 'react';
import type { Dashboard } from '../dashboard/dashboard.ts';
import type { Settings } from '../dashboard/state.ts';
import { Announcer } from './Announcer.tsx';
import { Bands } from './bands/Bands.tsx';
import { DashboardProvider, useDashboard } from './context.tsx';
import { Drawer } from './drawer/Drawer.tsx';
import { DRAWER_AT_FIRST, showPicked, showTab, TABS } from './drawer/state.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import type { GraphControls } from './graph/SwarmGraph.tsx';
import { HelpDialog } from './help/HelpDialog.tsx';
import type { KeyAction } from './keys.ts';
import { SettingsDialog } from './settings/SettingsDialog.tsx';
import { Stage } from './stage/Stage.tsx';
import { useShownTheme } from './theme.ts';
import { Timeline } from './timeline/Timeline.tsx';
import { controlsIn } from './topbar/controls.ts';
import { pressMain } from './topbar/RunControls.tsx';
import { TopBar } from './topbar/TopBar.tsx';
import { TrackerDialog } from './tracker/TrackerDialog.tsx';
import { useKeys } from './useKeys.ts';
import './App.css';

interface AppProps {
  readonly dashboard: Dashboard;
  /** What "Reset to defaults" in the settings goes back to. */
  readonly defaults: Settings;
}

export function App({ dashboard, defaults }: AppProps) {
  return (
    <ErrorBoundary>
      <DashboardProvider dashboard={dashboard}>
        <Page defaults={defaults} />
      </DashboardProvider>
    </ErrorBoundary>
  );
}

function Page({ defaults }: { readonly defaults: Settings }) {
  const { stores, commands } = useDashboard();
  const theme = useShownTheme();
  const [drawer, setDrawer] = useState(DRAWER_AT_FIRST);
  const [dialog, setDialog] = useState<'settings' | 'help' | 'tracker'>();

  const graph = useRef<GraphControls>(null);
  const follow = (): void => graph.current?.follow(stores.selection.getState().peer);

  const act = (action: KeyAction): void => {
    switch (action.kind) {
      case 'pause': {
        const { main, mainEnabled } = controlsIn(stores.run.getState().status);
        if (mainEnabled) pressMain(main, commands);
        return;
      }
      case 'find':
        return setDrawer(showTab(drawer, 'peers', 'search'));
      case 'follow':
        // The picture lets go by itself too, when it is moved: its own button tells whether it follows.
        return document.querySelector('.graph-following') === null
          ? follow()
          : graph.current?.follow(undefined);
      case 'tab': {
        const tab = TABS[action.index];
        return tab === undefined ? undefined : setDrawer(showTab(drawer, tab, 'panel'));
      }
      case 'clear':
        return stores.selection.getState().exchange === undefined
          ? commands.select(undefined)
          : commands.selectExchange(undefined);
      case 'projector':
        return commands.setTheme(theme === 'projector' ? 'system' : 'projector');
      case 'settings':
      case 'help':
        return setDialog(action.kind);
      default:
        return action satisfies never;
    }
  };
  useKeys(act);

  const close = (): void => setDialog(undefined);
  const openSettings = (): void => setDialog('settings');
  return (
    <div className="page">
      <TopBar
        onTracker={() => setDialog('tracker')}
        onSettings={openSettings}
        onHelp={() => setDialog('help')}
      />
      <Bands onSettings={openSettings} />
      <Stage
        controls={graph}
        theme={theme}
        onPick={(peer) => {
          commands.select(peer);
          if (peer !== undefined) setDrawer(showPicked);
        }}
      />
      <Drawer state={drawer} onChange={setDrawer} onFollow={follow} />
      <Timeline />
      <Announcer />
      {dialog === 'settings' && <SettingsDialog defaults={defaults} onClose={close} />}
      {dialog === 'help' && <HelpDialog onClose={close} />}
      {dialog === 'tracker' && <TrackerDialog onClose={close} onSettings={openSettings} />}
    </div>
  );
}
