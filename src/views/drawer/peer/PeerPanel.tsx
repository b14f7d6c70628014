import { useStore } from 'zustand';
import type { PeerDetail, SelectionState } from '../../../dashboard/state.ts';
import { useDashboard } from '../../context.tsx';
import { formatPercent, shortId } from '../../format.ts';
import { PeerMark } from '../../marks.tsx';
import { CopyButton } from '../../CopyButton.tsx';
import { later } from '../../later.tsx';
import type { PictureActions } from '../state.ts';
import { LatestExchange } from './LatestExchange.tsx';
import { ListedPeers } from './ListedPeers.tsx';
import { NothingSelected } from './NothingSelected.tsx';
import { PeerFacts } from './PeerFacts.tsx';
import { PeerHistory } from './PeerHistory.tsx';
import { SelectionActions } from './SelectionActions.tsx';
import { StateMachine } from './StateMachine.tsx';
import './peer.css';

const ForeignPeer = later(async () => (await import('./ForeignPeer.tsx')).ForeignPeer);

interface PeerPanelProps {
  readonly onOpenExchange: () => void;
  readonly onFind: () => void;
  readonly picture: PictureActions;
}

export function PeerPanel({ onOpenExchange, onFind, picture }: PeerPanelProps) {
  const { stores } = useDashboard();
  const selection = useStore(stores.selection);
  const { detail, foreign } = selection;
  if (selection.peer === undefined) return <NothingSelected onFind={onFind} />;
  if (foreign !== undefined) return <ForeignPeer key={foreign.peerId} detail={foreign} picture={picture} />;
  if (detail === undefined) return <p className="drawer-empty soft">Asking for the peer…</p>;
  return (
    <>
      <PeerHead detail={detail} />
      <Ended ended={selection.ended} />
      <PeerFacts detail={detail} ended={selection.ended !== undefined} />
      <PeerActions detail={detail} ended={selection.ended} picture={picture} />
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
  picture,
}: {
  readonly detail: PeerDetail;
  readonly ended: SelectionState['ended'];
  readonly picture: PictureActions;
}) {
  const { commands, stores } = useDashboard();
  // Whoever meddles with a run on the virtual clock has another run than its seed says.
  const untouchable = useStore(stores.run, ({ settings }) => settings.clock === 'virtual');
  const gone = ended !== undefined || detail.phase === 'leaving';
  return (
    <div className="peer-actions">
      <button
        type="button"
        className="button"
        disabled={gone || untouchable}
        title="The peer says good-bye to the tracker and goes"
        onClick={() => commands.act(detail.handle, 'leave')}
      >
        Leave
      </button>
      <button
        type="button"
        className="button"
        disabled={ended !== undefined || untouchable}
        title="The peer vanishes without a word"
        onClick={() => commands.act(detail.handle, 'crash')}
      >
        Crash
      </button>
      <SelectionActions peer={detail.handle} ended={ended !== undefined} picture={picture} />
    </div>
  );
}
