/** The page: places its panels, holds which of them is open, and obeys the keys. */
// The ground first: panels' own style sheets build on it.
import './theme.css';
import './base.css';
import { useCallback, useRef, useState } from 'react';
import type { Dashboard } from '../dashboard/dashboard.ts';
import type { PeerHandle } from '../dashboard/feed.ts';
import { defaultsOf } from '../dashboard/settings.ts';
import { Announcer } from './Announcer.tsx';
import { Bands } from './bands/Bands.tsx';
import { DashboardProvider, useDashboard } from './context.tsx';
import { Drawer } from './drawer/Drawer.tsx';
import { DRAWER_AT_FIRST, listPicked, showNextTab, showPicked, showTab } from './drawer/state.ts';
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

export function App({ dashboard }: { readonly dashboard: Dashboard }) {
  return (
    <ErrorBoundary>
      <DashboardProvider dashboard={dashboard}>
        <Page />
      </DashboardProvider>
    </ErrorBoundary>
  );
}

function Page() {
  const { stores, commands, wire, matrix, virtual, scenarios, lab } = useDashboard();
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
  const [pins, setPins] = useState<readonly PeerHandle[]>([]);
  const follow = (): void => graph.current?.follow(stores.selection.getState().peer);

  const turnPin = (): void => {
    const { peer } = stores.selection.getState();
    if (peer !== undefined) graph.current?.turnPin(peer);
  };
  const pick = useCallback(
    (peer: PeerHandle | undefined): void => {
      commands.select(peer);
      if (peer !== undefined) setDrawer(showPicked);
    },
    [commands],
  );

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
      case 'step':
        return commands.step(action.by);
      case 'speed':
        return stores.run.getState().settings.clock === 'virtual' ? virtual.faster(action.by) : undefined;
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

  /** A scenario is run, unless it is brought to the Lab, where it is also said what is wrong with it; a HAR may have that name too. */
  const openJson = async (file: File): Promise<void> => {
    const choice = place.id === 'lab' ? undefined : await scenarios.read(await file.text());
    if (choice?.ok === true) return commands.restart(defaultsOf(choice, location.href), choice);
    if (await isHar(file)) {
      wire.importFiles([file]);
      return go(placeNamed('wire'));
    }
    go(placeNamed('lab'));
    return lab.open(file, (name) => scenarios.textOf(name));
  };

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
          onPick={pick}
          onPins={setPins}
          onList={() => setDrawer(listPicked)}
        />
      )}
      {View !== undefined && (
        <main className="place" id={place.id}>
          <ErrorBoundary key={place.id}>
            <View ref={inPlace} theme={theme} onGo={(id) => go(placeNamed(id))} onPick={pick} />
          </ErrorBoundary>
        </main>
      )}
      {place.drawer && <Drawer state={drawer} onChange={setDrawer} picture={{ follow, turnPin, pins }} />}
      {place.timeline && <Timeline />}
      <Announcer />
      <FileDrop
        onFiles={(files) => {
          if (place.id === 'matrix') {
            void matrix.openFiles(files);
            return;
          }
          const [first] = files;
          if (files.length === 1 && first?.name.endsWith('.json') === true) {
            void openJson(first);
            return;
          }
          wire.importFiles(files);
          go(placeNamed('wire'));
        }}
      />
      {dialog === 'settings' && <SettingsDialog onClose={close} />}
      {dialog === 'help' && <HelpDialog onClose={close} />}
      {dialog === 'tracker' && <TrackerDialog onClose={close} onSettings={openSettings} />}
    </div>
  );
}

/** HTTP Archive 1.2: all is in one member, `log`. */
const isHar = async (file: File): Promise<boolean> =>
  /^\s*\{\s*"log"\s*:/.test(await file.slice(0, 1000).text());
