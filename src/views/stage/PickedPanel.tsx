/** The picked set of peers: how many and of what kind, and what can be done with them. */
import { useStore } from 'zustand';
import type { PeerHandle } from '../../dashboard/feed.ts';
import { figuresOf, peersCsv, type PickedFigures } from '../../dashboard/picked.ts';
import { useDashboard } from '../context.tsx';
import { CopyButton } from '../CopyButton.tsx';
import { formatCount, plural } from '../format.ts';
import { Icon } from '../icons.tsx';
import { save } from '../wire/save.ts';
import './picked.css';

/** Swarms named; more are a number. */
const MOST_NAMED = 4;

interface PickedPanelProps {
  readonly peers: ReadonlySet<PeerHandle>;
  /** What they have in common. */
  readonly what: string;
  /** The others step back. */
  readonly alone: boolean;
  readonly onAlone: (alone: boolean) => void;
  readonly onFit: () => void;
  readonly onList: () => void;
}

export function PickedPanel({ peers, what, alone, onAlone, onFit, onList }: PickedPanelProps) {
  const { stores, commands } = useDashboard();
  // They change and go: every two seconds they are asked for anew.
  useStore(stores.run, (run) => Math.floor(run.elapsed / 2000));
  const here = commands.peersOf(peers);
  const gone = peers.size - here.length;
  const ids = (): string => here.map(({ peerId }) => peerId).join('\n');
  const saveTable = (): void =>
    save(new Blob([peersCsv(here)], { type: 'text/csv' }), 'swarmscope-picked-peers.csv');
  return (
    <section className="picked" aria-label="Picked peers">
      <header>
        <h3>
          {plural(here.length, 'peer')} picked
          <span className="soft"> · {what}</span>
        </h3>
        <button
          type="button"
          className="button button-quiet button-small"
          aria-label="Clear the picked set"
          title="Clear the picked set"
          onClick={() => commands.pick([], '')}
        >
          <Icon name="close" />
        </button>
      </header>
      <p className="only-spoken" role="status">
        Picked: {plural(peers.size, 'peer')}, {what}
      </p>
      <Shares figures={figuresOf(here)} />
      {gone > 0 && <p className="soft">{formatCount(gone)} no longer here</p>}
      <div className="picked-actions">
        <button type="button" className="button button-small" title="All of them into view" onClick={onFit}>
          Fit
        </button>
        <button
          type="button"
          className="button button-small"
          aria-pressed={alone}
          title="The other peers step back"
          onClick={() => onAlone(!alone)}
        >
          Dim others
        </button>
        <button
          type="button"
          className="button button-small"
          title="List them in the drawer"
          onClick={onList}
        >
          List
        </button>
        <CopyButton text={ids} what="IDs of the picked peers" />
        <button
          type="button"
          className="button button-small"
          title="Save them as a table (CSV)"
          onClick={saveTable}
        >
          CSV
        </button>
      </div>
    </section>
  );
}

function Shares({ figures }: { readonly figures: PickedFigures }) {
  const { modes, editions, swarms } = figures;
  const named = swarms.slice(0, MOST_NAMED);
  const more = swarms.length - named.length;
  return (
    <dl>
      <Row name="mode" shares={modes} />
      <Row name="edition" shares={editions} />
      <Row name="swarm" shares={named} more={more} />
    </dl>
  );
}

interface RowProps {
  readonly name: string;
  readonly shares: readonly (readonly [name: string, peers: number])[];
  readonly more?: number;
}

const Row = ({ name, shares, more = 0 }: RowProps) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {shares.map(([of, peers]) => `${of} ${formatCount(peers)}`).join(' · ')}
      {more > 0 && ` · ${more} more`}
    </dd>
  </div>
);
