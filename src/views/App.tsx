/** The page: places its panels, holds which of them is open, and obeys the keys. */
// The ground first: panels' own style sheets build on it.
import './theme.css';
import './base.css';
import { Suspense, useRef, useState } from 'react';
import type { Dashboard } from '../dashboard/dashboard.ts';
import type { Settings } from '../dashboard/state.ts';
import { Announcer } from './Announcer.tsx';
import { Bands } from './bands/Bands.tsx';
import { DashboardProvider, useDashboard } from './context.tsx';
import { Drawer } from './drawer/Drawer.tsx';
import { DRAWER_AT_FIRST, showNextTab, showPicked, showTab } from './drawer/state.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { FileDrop } from './FileDrop.tsx';
import type { GraphControls } from './graph/SwarmGraph.tsx';
import { HelpDialog } from './help/HelpDialog.tsx';
import type { KeyAction } from './keys.ts';
import { placeNamed, PLACES, type PlaceControls } from './places.ts';
import { Rail } from './rail/Rail.tsx';
import { SettingsDialog } from './settings/SettingsDialog.tsx';
import { Stage } from './stage/Stage.tsx';
import { useShownTheme } from './theme.ts';
import { Timeline } from './timeline/Timeline.tsx';
import { controlsIn } from './topbar/controls.ts';
import { pressMain } from './topbar/RunControls.tsx';
import { TopBar } from './topbar/TopBar.tsx';
import { TrackerDialog } from './tracker/TrackerDialog.tsx';
import { useKeys } from './useKeys.ts';
import { usePlace } from './usePlace.ts';
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
  const { stores, commands, wire, matrix } = useDashboard();
  const theme = useShownTheme();
  const [drawer, setDrawer] = useState(DRAWER_AT_FIRST);
  const [dialog, setDialog] = useState<'settings' | 'help' | 'tracker'>();

  const [place, go] = usePlace();
  const { View } = place;
  const inPlace = useRef<PlaceControls>(null);
  // The picture is there from its first showing on: it stops while another place is shown, and keeps its state.
  const [pictured, setPictured] = useState(View === undefined);
  if (View === undefined && !pictured) setPictured(true);

  const graph = useRef<GraphControls>(null);
  const follow = (): void => graph.current?.follow(stores.selection.getState().peer);

  const act = (action: KeyAction): void => {
    switch (action.kind) {
      case 'pause': {
        const { main, mainEnabled } = controlsIn(stores.run.getState().status);
        if (mainEnabled) pressMain(main, commands);
        return;
      }
      case 'place': {
        const named = PLACES.find(({ key }) => key === action.key);
        return named === undefined ? undefined : go(named);
      }
      case 'find':
        if (View !== undefined) return inPlace.current?.find();
        return setDrawer(showTab(drawer, 'peers', 'search'));
      case 'follow':
        if (View !== undefined) return;
        // The picture lets go by itself too, when it is moved: its own button tells whether it follows.
        return document.querySelector('.graph-following') === null
          ? follow()
          : graph.current?.follow(undefined);
      case 'tab':
        return place.drawer ? setDrawer(showNextTab(drawer)) : undefined;
      case 'clear':
        if (View !== undefined) return inPlace.current?.clear();
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
      <Rail place={place} onGo={go} />
      <Bands onSettings={openSettings} />
      {pictured && (
        <Stage
          hidden={View !== undefined}
          controls={graph}
          theme={theme}
          onPick={(peer) => {
            commands.select(peer);
            if (peer !== undefined) setDrawer(showPicked);
          }}
        />
      )}
      {View !== undefined && (
        <main className="place" id={place.id}>
          <ErrorBoundary key={place.id}>
            <Suspense fallback={<p className="place-loading soft">Loading…</p>}>
              <View ref={inPlace} theme={theme} onGo={(id) => go(placeNamed(id))} />
            </Suspense>
          </ErrorBoundary>
        </main>
      )}
      {place.drawer && <Drawer state={drawer} onChange={setDrawer} onFollow={follow} />}
      {place.timeline && <Timeline />}
      <Announcer />
      <FileDrop
        onFiles={(files) => {
          if (place.id === 'matrix') {
            void matrix.openFiles(files);
            return;
          }
          wire.importFiles(files);
          go(placeNamed('wire'));
        }}
      />
      {dialog === 'settings' && <SettingsDialog defaults={defaults} onClose={close} />}
      {dialog === 'help' && <HelpDialog onClose={close} />}
      {dialog === 'tracker' && <TrackerDialog onClose={close} onSettings={openSettings} />}
    </div>
  );
}
