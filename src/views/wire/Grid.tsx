/** The table of exchanges: only rows in sight are drawn, whether there are ten or ten million. */
import {
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
} from 'react';
import { useStore } from 'zustand';
import { LIVE, type WireLog } from '../../dashboard/wire/state.ts';
import { useDashboard } from '../context.tsx';
import { formatCount } from '../format.ts';
import { Icon } from '../icons.tsx';
import { Head } from './Head.tsx';
import { extentOf, rowAfter, rowsInSight, topShowing, type Geometry } from './layout.ts';
import { Row } from './Row.tsx';
import { useBox } from './useBox.ts';
import { useScroll } from './useScroll.ts';

export interface GridControls {
  focus(): void;
}

interface GridProps {
  readonly log: WireLog;
  /** Two lines a row, and no columns. */
  readonly narrow: boolean;
  readonly ref?: Ref<GridControls>;
}

/** Rows drawn stand relative to every so manieth row: their places are small numbers, and seldom change. */
const BASE = 512;

const rowId = (index: number): string => `wire-row-${index}`;

export function Grid({ log, narrow, ref }: GridProps) {
  const { wire } = useDashboard();
  const settings = useStore(wire.store, (state) => state.columns);
  const columns = useMemo(() => settings.filter(({ shown }) => shown), [settings]);
  // Rows that were waited for have come.
  useStore(wire.store, (state) => state.rows);
  const scroller = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const box = useBox(scroller, probe);
  // Of this query: in another one's rows it is nowhere.
  const [inHand, setInHand] = useState<{ readonly turn: number; readonly index: number }>();
  const cursor = inHand?.turn === log.turn ? inHand.index : undefined;
  const setCursor = (index: number): void => setInHand({ turn: log.turn, index });
  const { status, query, pinned, open, held } = log;
  const rows = status?.shown ?? 0;
  const above = (narrow ? 0 : 1) * box.rowHeight + pinned.length * box.rowHeight;
  const geometry: Geometry = {
    rows,
    rowHeight: box.rowHeight,
    viewport: Math.max(box.rowHeight, box.height - above),
  };
  const follows = log.id === LIVE && query.sort === undefined;
  const scroll = useScroll(scroller, geometry, follows, log.turn);
  const { first, end } = rowsInSight(geometry, scroll.top);
  const turn = status?.turn;
  // How many there were when the end was left.
  const [left, setLeft] = useState({ turn, rows });
  if ((scroll.following || left.turn !== turn) && (left.turn !== turn || left.rows !== rows))
    setLeft({ turn, rows });

  useEffect(() => wire.want(first, end), [wire, first, end, status]);
  useImperativeHandle(ref, () => ({ focus: () => scroller.current?.focus({ preventScroll: true }) }), []);
  const openAt = (index: number): void => {
    const row = wire.rowAt(index);
    if (row !== undefined) wire.open(row);
  };
  const pinAt = (index: number): void => {
    const row = wire.rowAt(index);
    if (row !== undefined) wire.pin(row, !pinned.some((one) => one.row === row.row));
  };
  const moveTo = (index: number): void => {
    setCursor(index);
    scroll.follow(false);
    scroll.go(topShowing(geometry, scroll.top, index));
    // The message that is open goes along with the row in hand.
    if (open !== undefined) openAt(index);
  };

  const press = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return;
    const top = Math.ceil(scroll.top / box.rowHeight);
    const next = rowAfter(event.key, cursor ?? top - 1, geometry);
    if (next !== undefined) moveTo(next);
    else if (event.key === 'Enter' && cursor !== undefined) openAt(cursor);
    else if (event.key === 'm' && cursor !== undefined) pinAt(cursor);
    else return;
    event.preventDefault();
  };
  const click = (event: MouseEvent): void => {
    if (!(event.target instanceof Element)) return;
    const element = event.target.closest<HTMLElement>('[data-row]');
    if (element === null) return;
    const onTop = element.closest('.wire-pinned') !== null;
    const index = Number(element.dataset['index']);
    const row = onTop ? pinned[index] : wire.rowAt(index);
    if (row === undefined) return;
    const isPinned = pinned.some((one) => one.row === row.row);
    if (event.target.closest('[data-pin]') !== null) return wire.pin(row, !isPinned);
    scroll.follow(false);
    if (!onTop) setCursor(index);
    wire.open(row);
  };

  const base = Math.floor(first / BASE) * BASE;
  const slots = Math.ceil(geometry.viewport / box.rowHeight) + 16;
  const inSight = Array.from({ length: end - first }, (_, at) => first + at);
  const waiting = held ? (status?.matching ?? 0) - rows : follows && !scroll.following ? rows - left.rows : 0;
  const goOn = (): void => {
    if (held) wire.hold(false);
    scroll.follow(true);
  };
  const shared = { columns, narrow };
  return (
    <div
      className="wire-table"
      style={{ ['--wire-columns' as string]: columns.map(({ width }) => `${width}rem`).join(' ') }}
      data-narrow={narrow ? '' : undefined}
    >
      <div ref={probe} className="wire-probe" aria-hidden="true" />
      <div
        ref={scroller}
        className="wire-scroll"
        role="grid"
        aria-label="Exchanges"
        aria-rowcount={status === undefined ? -1 : rows + 1}
        aria-colcount={narrow ? 2 : columns.length}
        aria-activedescendant={
          cursor !== undefined && cursor >= first && cursor < end ? rowId(cursor) : undefined
        }
        aria-busy={status === undefined}
        tabIndex={0}
        data-following={scroll.following ? '' : undefined}
        onScroll={scroll.onScroll}
        onKeyDown={press}
        onClick={click}
      >
        <div role="presentation" className="wire-extent" style={{ height: extentOf(geometry) + above }}>
          <div role="presentation" className="wire-window" style={{ height: box.height }}>
            {!narrow && (
              <div role="rowgroup">
                <Head columns={columns} query={query} />
              </div>
            )}
            {pinned.length > 0 && (
              <div role="rowgroup" className="wire-pinned" aria-label="Kept on top">
                {pinned.map((row, index) => (
                  <Row
                    key={row.row}
                    {...shared}
                    index={index}
                    ariaRow={undefined}
                    domId={`wire-pinned-${row.row}`}
                    y={undefined}
                    row={row}
                    current={false}
                    opened={open?.row.row === row.row}
                    pinned
                  />
                ))}
              </div>
            )}
            <div role="rowgroup" className="wire-rows">
              <div
                role="presentation"
                style={{ transform: `translateY(${base * box.rowHeight - scroll.top}px)` }}
              >
                {inSight.map((index) => {
                  const row = wire.rowAt(index);
                  return (
                    // Rows that leave at one end come in again at the other.
                    <Row
                      key={index % slots}
                      {...shared}
                      index={index}
                      ariaRow={index + 2}
                      domId={rowId(index)}
                      y={(index - base) * box.rowHeight}
                      row={row}
                      current={index === cursor}
                      opened={row !== undefined && open?.row.row === row.row}
                      pinned={row !== undefined && pinned.some((one) => one.row === row.row)}
                    />
                  );
                })}
              </div>
            </div>
          </div>
        </div>
      </div>
      {(waiting > 0 || held) && (
        <button type="button" className="button wire-new" onClick={goOn}>
          <Icon name="down" />
          {formatCount(waiting)} new
        </button>
      )}
    </div>
  );
}
