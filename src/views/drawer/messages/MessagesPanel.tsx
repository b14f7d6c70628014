/** The latest exchanges with the tracker, newest first, and one of them opened. */
import {
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type RefObject,
} from 'react';
import { useStore } from 'zustand';
import type { PeerHandle } from '../../../dashboard/feed.ts';
import type { Exchange } from '../../../dashboard/state.ts';
import { useDashboard } from '../../context.tsx';
import { formatCount } from '../../format.ts';
import { Icon } from '../../icons.tsx';
import type { DrawerState } from '../state.ts';
import { ExchangeRow, rowId } from './ExchangeRow.tsx';
import { ExchangeView } from './ExchangeView.tsx';
import './messages.css';

const PAGE = 80;

/** The list as it stood when reading began; undefined: live. */
type Frozen = readonly Exchange[] | undefined;

interface MessagesPanelProps {
  readonly drawer: DrawerState;
  readonly onDrawer: (drawer: DrawerState) => void;
  readonly onPeer: (peer: PeerHandle) => void;
}

export function MessagesPanel({ drawer, onDrawer, onPeer }: MessagesPanelProps) {
  const { stores, commands } = useDashboard();
  const open = useOpenExchange();
  const opened = useRef<number | undefined>(undefined);
  const [frozen, setFrozen] = useState<Frozen>();
  const emptied = useStore(stores.exchanges, ({ list }) => list.length === 0);
  // A new run.
  if (emptied && frozen !== undefined) setFrozen(undefined);
  useEffect(() => {
    // Back from an exchange: the focus returns to its row, or at least does not get lost.
    if (open === undefined && opened.current !== undefined)
      (document.getElementById(rowId(opened.current)) ?? document.getElementById('drawer-panel'))?.focus();
    opened.current = open?.id;
  }, [open]);
  if (open !== undefined)
    return (
      <ExchangeView
        key={open.id}
        exchange={open}
        view={drawer.bodies}
        onView={(bodies) => onDrawer({ ...drawer, bodies })}
        onPeer={onPeer}
        onBack={() => commands.selectExchange(undefined)}
      />
    );
  return <ExchangeList drawer={drawer} onDrawer={onDrawer} frozen={frozen} onFreeze={setFrozen} />;
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

interface ExchangeListProps extends Pick<MessagesPanelProps, 'drawer' | 'onDrawer'> {
  readonly frozen: Frozen;
  readonly onFreeze: (frozen: Frozen) => void;
}

function ExchangeList({ drawer, onDrawer, frozen, onFreeze }: ExchangeListProps) {
  const { stores, commands } = useDashboard();
  const { list, omitted, held } = useStore(stores.exchanges);
  const peer = useStore(stores.selection, (selection) => selection.peer);
  const [shown, setShown] = useState(PAGE);
  const reader = useRef<HTMLDivElement>(null);
  const filtering = drawer.onlySelected && peer !== undefined;
  // Dozens may come each second: a click or a key goes first.
  const live = useDeferredValue(list);
  const onlyWanted = (all: readonly Exchange[]): readonly Exchange[] =>
    filtering ? all.filter((exchange) => exchange.peer === peer) : all;
  const matching = onlyWanted(frozen ?? live);
  const newer = frozen === undefined ? 0 : newerThan(matching[0], onlyWanted(live));
  useFreezing(reader, (freeze) => onFreeze(freeze ? (frozen ?? live) : undefined));
  const goLive = (): void => {
    const panel = panelOf(reader.current);
    panel?.focus({ preventScroll: true });
    panel?.scrollTo(0, 0);
    onFreeze(undefined);
  };
  return (
    <>
      <div className="messages-bar">
        <label className="check" data-off={peer === undefined ? '' : undefined}>
          <input
            name="only-selected"
            type="checkbox"
            checked={drawer.onlySelected}
            disabled={peer === undefined}
            onChange={(event) => onDrawer({ ...drawer, onlySelected: event.target.checked })}
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
      <div ref={reader}>
        <div className="messages-count">
          <p className="soft small">
            {filtering ? `${formatCount(matching.length)} of this peer among ` : ''}
            {formatCount((frozen ?? live).length)} latest{held && ', held still'}
            {omitted > 0 && ` · ${formatCount(omitted)} more not shown`}
          </p>
          {newer > 0 && (
            <button
              type="button"
              className="button button-small"
              title="The list stands still while you read it; go on with the newest"
              onClick={goLive}
            >
              <Icon name="up" />
              {formatCount(newer)} newer
            </button>
          )}
        </div>
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
      </div>
    </>
  );
}

const panelOf = (element: HTMLElement | null): HTMLElement | null =>
  element?.closest<HTMLElement>('.drawer-panel') ?? null;

/** How many stand before the first one shown; all of them when it is long forgotten. */
function newerThan(first: Exchange | undefined, live: readonly Exchange[]): number {
  const at = first === undefined ? -1 : live.findIndex(({ id }) => id === first.id);
  return at < 0 ? live.length : at;
}

/** The list stands still while the focus is in it or the panel is scrolled down. */
function useFreezing(reader: RefObject<HTMLDivElement | null>, onFreeze: (freeze: boolean) => void): void {
  const settle = useEffectEvent((focus: EventTarget | null) => {
    const within = focus instanceof Node && reader.current?.contains(focus) === true;
    onFreeze(within || (panelOf(reader.current)?.scrollTop ?? 0) > 4);
  });
  // Lets go before the list leaves the page: the focus that goes with it is not for the list to obey.
  useLayoutEffect(() => {
    const element = reader.current;
    const panel = panelOf(element);
    const onFocus = (event: FocusEvent): void => settle(event.target);
    // While another window has the focus, it stays where it was in this one.
    const onBlur = (event: FocusEvent): void => {
      if (document.hasFocus()) settle(event.relatedTarget);
    };
    const onScroll = (): void => settle(document.activeElement);
    element?.addEventListener('focusin', onFocus);
    element?.addEventListener('focusout', onBlur);
    panel?.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      element?.removeEventListener('focusin', onFocus);
      element?.removeEventListener('focusout', onBlur);
      panel?.removeEventListener('scroll', onScroll);
    };
  }, [reader]);
}
