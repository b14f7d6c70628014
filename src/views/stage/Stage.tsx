/** The picture of the swarms, with the way to what is selected above it. */
import { useState, type ReactNode, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { PeerHandle } from '../../dashboard/feed.ts';
import { useDashboard } from '../context.tsx';
import { shortId } from '../format.ts';
import { SwarmGraph, type GraphControls, type SwarmGraphProps } from '../graph/SwarmGraph.tsx';
import { later } from '../later.tsx';
import type { ShownTheme } from '../theme.ts';
import { foreignSummary, pictureSummary } from './summary.ts';
import './stage.css';

const PickedPanel = later(async () => (await import('./PickedPanel.tsx')).PickedPanel);

/** A projector's picture has larger text and thicker strokes. */
const GRAPH_THEMES: Record<ShownTheme, SwarmGraphProps['theme']> = {
  dark: { name: 'dark', scale: 1 },
  light: { name: 'light', scale: 1 },
  projector: { name: 'projector', scale: 1.35 },
};

interface StageProps {
  /** Another place is in front of it: it keeps its state and draws nothing. */
  readonly hidden: boolean;
  readonly theme: ShownTheme;
  readonly controls: RefObject<GraphControls | null>;
  readonly onPick: (peer: PeerHandle | undefined) => void;
  /** Peers that stay where they were put. */
  readonly onPins: (peers: readonly PeerHandle[]) => void;
  /** The picked set is to be listed. */
  readonly onList: () => void;
}

export function Stage({ hidden, theme, controls, onPick, onPins, onList }: StageProps) {
  const { stores, feed, commands } = useDashboard();
  const [alone, setAlone] = useState(false);
  const picked = useStore(stores.picked);
  const selected = useStore(stores.selection, (selection) => selection.peer);
  const listed = useStore(stores.selection, (selection) => selection.listed);
  const ours = useStore(stores.population, (population) => pictureSummary(population.swarms));
  const others = useStore(stores.foreign, foreignSummary);
  return (
    <main className="stage" id="stage" inert={hidden} data-hidden={hidden ? '' : undefined}>
      <h2 className="only-spoken">Swarms</h2>
      <Breadcrumbs />
      <SwarmGraph
        ref={controls}
        feed={feed}
        shown={!hidden}
        selected={selected}
        listed={listed}
        picked={picked.peers}
        alone={alone}
        onPick={onPick}
        onGathered={(peers, what) => commands.pick(peers, what)}
        onPins={onPins}
        theme={GRAPH_THEMES[theme]}
        label={`${ours}${others}`}
      />
      {picked.what !== undefined && (
        <PickedPanel
          peers={picked.peers}
          what={picked.what}
          alone={alone}
          onAlone={setAlone}
          onFit={() => controls.current?.fitPicked()}
          onList={onList}
        />
      )}
    </main>
  );
}

function Breadcrumbs() {
  const { stores } = useDashboard();
  const detail = useStore(stores.selection, (selection) => selection.detail);
  const foreign = useStore(stores.selection, (selection) => selection.foreign);
  const swarm = useStore(stores.run, (run) =>
    detail === undefined ? undefined : run.scenario.swarms[detail.swarm],
  );
  const scenario = useStore(stores.run, (run) => run.scenario.name);
  if (foreign !== undefined)
    return (
      <SelectionPath
        swarm={<li>{foreign.stay.swarm ?? 'no swarm yet'}</li>}
        kind="foreign peer"
        peerId={foreign.peerId}
      />
    );
  if (detail === undefined)
    return (
      <nav className="crumbs" aria-label="Selection">
        <ol>
          <li aria-current="location">
            All swarms <span className="soft">· {scenario}</span>
          </li>
        </ol>
      </nav>
    );
  return (
    <SelectionPath swarm={<li title={swarm?.about}>{swarm?.id}</li>} kind="peer" peerId={detail.peerId} />
  );
}

interface SelectionPathProps {
  /** Its item of the list. */
  readonly swarm: ReactNode;
  readonly kind: string;
  readonly peerId: string;
}

function SelectionPath({ swarm, kind, peerId }: SelectionPathProps) {
  const { commands } = useDashboard();
  return (
    <nav className="crumbs" aria-label="Selection">
      <ol>
        <li>
          <button
            type="button"
            className="crumb"
            title="Clear the selection (Esc)"
            onClick={() => commands.select(undefined)}
          >
            All swarms
          </button>
        </li>
        {swarm}
        <li aria-current="location">
          {kind} <b className="mono">{shortId(peerId)}</b>
        </li>
      </ol>
    </nav>
  );
}
