/** The latest exchanges with the tracker, newest first, and one of them opened. */
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Exchange } from '../../../dashboard/state.ts';
import { useDashboard } from '../../context.tsx';
import { formatCount } from '../../format.ts';
import { Icon } from '../../icons.tsx';
import { ExchangeRow, rowId } from './ExchangeRow.tsx';
import { ExchangeView } from './ExchangeView.tsx';
import './messages.css';

const PAGE = 80;

export function MessagesPanel() {
  const { commands } = useDashboard();
  const open = useOpenExchange();
  const opened = useRef<number | undefined>(undefined);
  useEffect(() => {
    // Back from an exchange: the focus returns to its row.
    if (open === undefined && opened.current !== undefined)
      document.getElementById(rowId(opened.current))?.focus();
    opened.current = open?.id;
  }, [open]);
  if (open !== undefined)
    return <ExchangeView key={open.id} exchange={open} onBack={() => commands.selectExchange(undefined)} />;
  return <ExchangeList />;
}

/** The exchange to show; it stays when the list has long forgotten it. */
function useOpenExchange(): Exchange | undefined {
  const { stores } = useDashboard();
  const id = useStore(stores.selection, (selection) => selection.exchange);
  const found = useStore(stores.exchanges, ({ list }) =>
    id === undefined ? undefined : list.find((exchange) => exchange.id === id),
  );
  const latest = useStore(stores.selection, (selection) => selection.detail?.latest);
  const [kept, setKept] = useState<Exchange>();
  const known = found ?? (latest !== undefined && latest.id === id ? latest : undefined);
  if (known !== undefined && kept?.id !== known.id) setKept(known);
  if (id === undefined) return undefined;
  return known ?? (kept?.id === id ? kept : undefined);
}

function ExchangeList() {
  const { stores, commands } = useDashboard();
  const { list, omitted, held } = useStore(stores.exchanges);
  const peer = useStore(stores.selection, (selection) => selection.peer);
  const [onlySelected, setOnlySelected] = useState(false);
  const [shown, setShown] = useState(PAGE);
  const filtering = onlySelected && peer !== undefined;
  // Dozens may come each second: a click or a key goes first.
  const matching = useDeferredValue(filtering ? list.filter((exchange) => exchange.peer === peer) : list);
  return (
    <>
      <div className="messages-bar">
        <label className="check" data-off={peer === undefined ? '' : undefined}>
          <input
            type="checkbox"
            checked={onlySelected}
            disabled={peer === undefined}
            onChange={(event) => setOnlySelected(event.target.checked)}
          />
          only selected peer
        </label>
        <button
          type="button"
          className="button button-small"
          aria-pressed={held}
          title="The list stands still for reading; what happens meanwhile is counted"
          onClick={() => commands.holdExchanges(!held)}
        >
          <Icon name={held ? 'start' : 'pause'} />
          {held ? 'Release' : 'Hold'}
        </button>
      </div>
      <p className="soft small messages-count">
        {filtering ? `${formatCount(matching.length)} of this peer among ` : ''}
        {formatCount(list.length)} latest{held && ', held still'}
        {omitted > 0 && ` · ${formatCount(omitted)} more not shown`}
      </p>
      {matching.length === 0 ? (
        <p className="drawer-empty soft">
          {filtering
            ? 'None of the latest messages is this peer’s.'
            : 'No message yet: peers are about to join.'}
        </p>
      ) : (
        <ol className="exchanges" aria-label="Latest exchanges, newest first">
          {matching.slice(0, shown).map((exchange) => (
            <ExchangeRow key={exchange.id} exchange={exchange} />
          ))}
        </ol>
      )}
      {matching.length > shown && (
        <button type="button" className="button messages-more" onClick={() => setShown(shown + PAGE)}>
          Show older
        </button>
      )}
    </>
  );
}
