import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import type { PeerDetail, SelectionState } from '../../../dashboard/state.ts';
import { useDashboard } from '../../context.tsx';
import { formatPercent, shortId } from '../../format.ts';
import { PeerMark } from '../../marks.tsx';
import { CopyButton } from '../../CopyButton.tsx';
import { LatestExchange } from './LatestExchange.tsx';
import { ListedPeers } from './ListedPeers.tsx';
import { NothingSelected } from './NothingSelected.tsx';
import { PeerFacts } from './PeerFacts.tsx';
import { PeerHistory } from './PeerHistory.tsx';
import { StateMachine } from './StateMachine.tsx';
import './peer.css';

const ForeignPeer = lazy(async () => ({ default: (await import('./ForeignPeer.tsx')).ForeignPeer }));

interface PeerPanelProps {
  readonly onOpenExchange: () => void;
  readonly onFind: () => void;
  readonly onFollow: () => void;
}

export function PeerPanel({ onOpenExchange, onFind, onFollow }: PeerPanelProps) {
  const { stores } = useDashboard();
  const selection = useStore(stores.selection);
  const { detail, foreign } = selection;
  if (selection.peer === undefined) return <NothingSelected onFind={onFind} />;
  if (foreign !== undefined)
    return (
      <Suspense fallback={<p className="drawer-empty soft">Loading…</p>}>
        <ForeignPeer key={foreign.peerId} detail={foreign} onFollow={onFollow} />
      </Suspense>
    );
  if (detail === undefined) return <p className="drawer-empty soft">Asking for the peer…</p>;
  return (
    <>
      <PeerHead detail={detail} />
      <Ended ended={selection.ended} />
      <PeerFacts detail={detail} ended={selection.ended !== undefined} />
      <PeerActions detail={detail} ended={selection.ended} onFollow={onFollow} />
      <LatestExchange exchange={detail.latest} onOpen={onOpenExchange} />
      <StateMachine detail={detail} />
      <ListedPeers list={detail.list} />
      <PeerHistory history={detail.history} />
    </>
  );
}

function PeerHead({ detail }: { readonly detail: PeerDetail }) {
  const { stores } = useDashboard();
  const swarm = useStore(stores.run, (run) => run.scenario.swarms[detail.swarm]?.id ?? '');
  const share = detail.chunks === 0 ? 0 : detail.chunksHeld / detail.chunks;
  return (
    <header className="peer-head">
      <div className="peer-name">
        <h2 className="mono" title={detail.peerId}>
          {shortId(detail.peerId)}
        </h2>
        <CopyButton text={detail.peerId} what="peer ID" />
        <span className="badge" data-mode={detail.mode}>
          <PeerMark mode={detail.mode} share={share} />
          {detail.mode} {detail.mode === 'LEECH' && formatPercent(share)}
        </span>
      </div>
      <p className="soft">
        swarm {swarm} · {detail.state}
      </p>
    </header>
  );
}

function Ended({ ended }: { readonly ended: SelectionState['ended'] }) {
  switch (ended) {
    case undefined:
      return null;
    case 'left':
      return (
        <p className="note" role="status">
          This peer has <b>left</b>: it said so to the tracker. Below is how it stood last.
        </p>
      );
    case 'crashed':
      return (
        <p className="note" role="status">
          This peer has <b>crashed</b> without a word. The tracker goes on listing it until its track timer
          runs out. Below is how it stood last.
        </p>
      );
    default:
      return ended satisfies never;
  }
}

function PeerActions({
  detail,
  ended,
  onFollow,
}: {
  readonly detail: PeerDetail;
  readonly ended: SelectionState['ended'];
  readonly onFollow: () => void;
}) {
  const { commands } = useDashboard();
  const gone = ended !== undefined || detail.phase === 'leaving';
  return (
    <div className="peer-actions">
      <button
        type="button"
        className="button"
        disabled={gone}
        title="The peer says good-bye to the tracker and goes"
        onClick={() => commands.act(detail.handle, 'leave')}
      >
        Leave
      </button>
      <button
        type="button"
        className="button"
        disabled={ended !== undefined}
        title="The peer vanishes without a word"
        onClick={() => commands.act(detail.handle, 'crash')}
      >
        Crash
      </button>
      <button
        type="button"
        className="button"
        disabled={ended !== undefined}
        title="The picture follows this peer (f)"
        onClick={onFollow}
      >
        Follow
      </button>
      <button
        type="button"
        className="button button-quiet"
        title="Clear the selection (Esc)"
        onClick={() => commands.select(undefined)}
      >
        Clear
      </button>
    </div>
  );
}
