/** The latest list that the tracker gave the peer. */
import type { ListedPeer, PeerDetail } from '../../../dashboard/state.ts';
import { useDashboard } from '../../context.tsx';
import { formatClock, formatCount, shortId } from '../../format.ts';
import { Icon } from '../../icons.tsx';

export function ListedPeers({ list }: { readonly list: PeerDetail['list'] }) {
  if (list === undefined)
    return (
      <section className="peer-section">
        <h3>Peer list</h3>
        <p className="soft">The tracker has given it none.</p>
      </section>
    );
  return (
    <section className="peer-section">
      <h3>
        Peer list{' '}
        <span className="soft">
          {formatCount(list.peers.length)} · {list.method} at {formatClock(list.at)}
        </span>
      </h3>
      {list.peers.length === 0 && (
        <p className="soft">The answer listed nobody. A SEED asks for no list: others come to it.</p>
      )}
      <ul className="listed" aria-label="Peer list">
        {list.peers.map((peer) => (
          <ListedRow key={peer.peerId} peer={peer} />
        ))}
      </ul>
    </section>
  );
}

function ListedRow({ peer }: { readonly peer: ListedPeer }) {
  const { commands } = useDashboard();
  const handle = commands.peerOf(peer.peerId);
  const facts = (
    <>
      <span className="mono listed-id">{shortId(peer.peerId)}</span>
      <span className="mono soft listed-endpoint">{peer.endpoint}</span>
      <span className="listed-link">{peer.linked && <LinkMark />}</span>
    </>
  );
  return (
    <li>
      {handle === undefined ? (
        <span className="listed-row" title={`${peer.peerId}: not simulated in this page, or gone`}>
          {facts}
        </span>
      ) : (
        <button
          type="button"
          className="listed-row"
          title={`Select ${peer.peerId}`}
          onClick={() => commands.select(handle)}
        >
          {facts}
        </button>
      )}
    </li>
  );
}

const LinkMark = () => (
  <>
    <Icon name="link" />
    <span className="only-spoken">linked</span>
  </>
);
