import type { HistoryEntry } from '../../../dashboard/state.ts';
import { formatStamp } from '../../format.ts';

const SHOWN = 40;

export function PeerHistory({ history }: { readonly history: readonly HistoryEntry[] }) {
  const latest = history.slice(-SHOWN).toReversed();
  return (
    <section className="peer-section">
      <h3>History</h3>
      <ol className="history">
        {latest.map((entry, index) => (
          // Entries have no identity but their place counted from the first.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={history.length - index}>
            <time className="soft">{formatStamp(entry.at)}</time>
            <span>{entry.what}</span>
          </li>
        ))}
      </ol>
      {history.length > SHOWN && <p className="soft small">{history.length - SHOWN} earlier entries</p>}
    </section>
  );
}
