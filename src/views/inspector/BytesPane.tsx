/** Rows of a body, of which only those in sight are drawn: the field under the pointer and the one in hand are marked. */
import { memo, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { keyAt, markedBytes, ROOT_KEY, stepInBytes, type FieldMap, type Rows, type Span } from './fields.ts';
import type { Marking, PaneName } from './marks.ts';
import { PROBE, scrollTo, useMetrics, windowOf } from './useWindow.ts';

/** Draws one row; `mark` tells the class of the piece that begins at an offset. */
export type DrawRow = (row: number, mark: (offset: number) => string) => ReactNode;

interface BytesPaneProps<Of extends Rows> {
  readonly name: PaneName & ('text' | 'hex');
  readonly label: string;
  readonly detail: string;
  readonly map: FieldMap;
  readonly marking: Marking;
  /** Kept by the caller as long as what it depends on stays. */
  readonly rowsFor: (columns: number) => Of;
  readonly drawer: (rows: Of) => DrawRow;
}

export function BytesPane<Of extends Rows>(props: BytesPaneProps<Of>) {
  const { name, label, detail, map, marking, rowsFor, drawer } = props;
  const pane = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLSpanElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  /** Where the arrow keys go on from. */
  const caret = useRef<number | undefined>(undefined);
  const metrics = useMetrics(pane, probe);
  const rows = rowsFor(metrics.columns);
  const draw = useMemo(() => drawer(rows), [drawer, rows]);
  const { first, end } = windowOf(scrollTop, metrics, rows.count);
  const { marks, hover, pick } = marking;
  const current = markedBytes(map, marks.current);
  const hovered = markedBytes(map, marks.hovered);
  const shown = hovered ?? current;

  useLayoutEffect(() => {
    const element = pane.current;
    if (element === null || marks.by === name || shown === undefined) return;
    const to = scrollTo(
      { first: rows.rowOf(shown.start), last: rows.rowOf(Math.max(shown.start, shown.end - 1)) },
      element.scrollTop,
      metrics,
    );
    if (to !== undefined) element.scrollTop = to;
    // Only when something else is marked: who scrolls on from there is not called back.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [shown?.start, shown?.end, marks.by]);

  const offsetUnder = (target: EventTarget): number | undefined => {
    const at = target instanceof Element ? target.closest('[data-at]')?.getAttribute('data-at') : undefined;
    return at === null || at === undefined ? undefined : Number(at);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const start = caret.current;
    const inHand =
      start !== undefined && keyAt(map, start) === marks.current ? start : (current?.start ?? undefined);
    // Nothing in hand yet: the first key takes the first field.
    const next = inHand === undefined ? 0 : stepInBytes(map, inHand, event.key, rows);
    if (next === undefined || !event.key.match(/^(Arrow|Home|End)/)) return;
    event.preventDefault();
    event.stopPropagation();
    caret.current = next;
    pick(keyAt(map, next), name);
    const element = pane.current;
    const to =
      element && scrollTo({ first: rows.rowOf(next), last: rows.rowOf(next) }, element.scrollTop, metrics);
    if (element && to !== undefined && to !== null) element.scrollTop = to;
  };
  const drawn: ReactNode[] = [];
  for (let row = first; row < end; row++) {
    const span: Span = { start: rows.startOf(row), end: rows.endOf(row) };
    drawn.push(
      <Row
        key={row}
        row={row}
        draw={draw}
        current={clipped(current, span)}
        hovered={clipped(hovered, span)}
      />,
    );
  }
  return (
    // A group that takes keys: the arrows move through the fields of the message, as in its tree.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={pane}
      className={`bytes bytes-${name} mono`}
      role="group"
      tabIndex={0}
      aria-label={label}
      aria-describedby={detail}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
      onPointerOver={(event) => {
        const offset = offsetUnder(event.target);
        const key = offset === undefined ? undefined : keyAt(map, offset);
        if (key !== marks.hovered) hover(key, name);
      }}
      onPointerLeave={() => hover(undefined, name)}
      onClick={(event) => {
        const offset = offsetUnder(event.target);
        // What is being selected is wanted as text.
        if (offset === undefined || getSelection()?.type === 'Range') return;
        caret.current = offset;
        const key = keyAt(map, offset);
        pick(key === marks.current ? ROOT_KEY : key, name);
      }}
    >
      <span ref={probe} className="bytes-probe" aria-hidden="true">
        {PROBE}
      </span>
      <div className="bytes-all" style={{ height: rows.count * metrics.rowHeight }}>
        <div style={{ transform: `translateY(${first * metrics.rowHeight}px)` }}>{drawn}</div>
      </div>
    </div>
  );
}

/** What of a mark lies in a row, as a text: a row sees by it that nothing has changed for it. */
function clipped(marked: Span | undefined, { start, end }: Span): string {
  const from = Math.max(start, marked?.start ?? 0);
  const to = Math.min(end, marked?.end ?? 0);
  return from < to ? `${from} ${to}` : '';
}

interface RowProps {
  readonly row: number;
  readonly draw: DrawRow;
  readonly current: string;
  readonly hovered: string;
}

const Row = memo(function Row({ row, draw, current, hovered }: RowProps) {
  const [inHand, pointedAt] = [within(current), within(hovered)];
  return draw(
    row,
    (offset) => `${inHand(offset) ? ' byte-current' : ''}${pointedAt(offset) ? ' byte-hovered' : ''}`,
  );
});

function within(clip: string): (offset: number) => boolean {
  if (clip === '') return () => false;
  const [from = 0, to = 0] = clip.split(' ').map(Number);
  return (offset) => offset >= from && offset < to;
}
