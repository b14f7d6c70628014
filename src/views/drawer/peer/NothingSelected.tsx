/** What the panel says before any peer is selected: how to select one, and what the marks mean. */
import { PeerMark } from '../../marks.tsx';

export function NothingSelected({ onFind }: { readonly onFind: () => void }) {
  return (
    <div className="drawer-empty">
      <h2>No peer selected</h2>
      <p>
        Click a disc in the picture, or press <kbd>/</kbd> to find a peer by ID, address, swarm or edition.
        Its facts, the list that the tracker gave it and its messages show here.
      </p>
      <p>
        <button type="button" className="button button-main" onClick={onFind}>
          Find a peer
        </button>
      </p>
      <ul className="marks">
        <li>
          <PeerMark mode="SEED" share={1} />
          <span>
            <b className="figure-seed">SEED</b> has everything and gives it away
          </span>
        </li>
        <li>
          <PeerMark mode="LEECH" share={0.7} />
          <span>
            <b className="figure-leech">LEECH</b> still collects: the arc is its share of the chunks
          </span>
        </li>
        <li>
          <PeerMark mode="LEECH" share={0} foreign />
          <span>
            <b>foreign</b> peers are not this page&rsquo;s own: somebody else&rsquo;s software at the same
            tracker
          </span>
        </li>
      </ul>
    </div>
  );
}
