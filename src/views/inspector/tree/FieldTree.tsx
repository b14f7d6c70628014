/** The fields of a message as a tree, a verdict for each; the one in hand and the one pointed at are told by the caller. */
import { memo, useEffect, useMemo, useRef, useState, type CSSProperties } from 'react';
import type { ExplainedNode } from '../../../dashboard/explanations.ts';
import { plural } from '../../format.ts';
import { Icon } from '../../icons.tsx';
import { above, inSight, MAX_ROWS, openAtFirst, rowsOf, step, type TreeRow } from './rows.ts';
import { VERDICTS } from './verdicts.ts';
import './tree.css';

interface FieldTreeProps {
  readonly root: ExplainedNode;
  readonly label: string;
  /** ID of what tells the meaning of the field in hand. */
  readonly detail: string;
  readonly current: string;
  readonly hovered: string | undefined;
  /** Something else than this tree chose: what is marked comes into sight. */
  readonly follow: boolean;
  readonly onPick: (key: string) => void;
  readonly onHover: (key: string | undefined) => void;
}

export function FieldTree(props: FieldTreeProps) {
  const { root, label, detail, current, hovered, follow, onPick, onHover } = props;
  const [open, setOpen] = useState(() => openAtFirst(root));
  const [shownFor, setShownFor] = useState(current);
  const [most, setMost] = useState(MAX_ROWS);
  const tree = useRef<HTMLUListElement>(null);
  // What is in hand is never hidden in a field that is closed.
  if (shownFor !== current) {
    setShownFor(current);
    const closed = above(current).filter((key) => !open.has(key));
    if (closed.length > 0) setOpen(new Set([...open, ...closed]));
  }
  const rows = useMemo(() => rowsOf(root, open), [root, open]);
  const place = rows.findIndex(({ key }) => key === current);
  const shown = rows.slice(0, Math.max(most, place + 1));
  const inHand = place >= 0 ? current : '0';
  const pointedAt = hovered === undefined ? undefined : inSight(hovered, open);
  const marked = pointedAt ?? inHand;

  useEffect(() => {
    const row = follow ? tree.current?.querySelector<HTMLElement>(`[data-row="${marked}"]`) : undefined;
    if (tree.current !== null && row) bringIntoSight(tree.current, row);
  }, [follow, marked]);

  const toggle = (key: string): void => {
    const changed = new Set(open);
    if (!changed.delete(key)) changed.add(key);
    setOpen(changed);
  };
  const focusRow = (key: string): void => {
    onPick(key);
    tree.current?.querySelector<HTMLElement>(`[data-row="${key}"]`)?.focus();
  };
  const acts = useLatest({
    key: (row: TreeRow, key: string): boolean => {
      const next = step(shown, row.key, key);
      if (next === undefined) return false;
      if (next.toggle !== undefined) toggle(next.toggle);
      focusRow(next.active);
      return true;
    },
    pick: (row: TreeRow): void => focusRow(row.key),
    turn: (row: TreeRow): void => {
      if (row.node.children.length > 0) toggle(row.key);
    },
    focus: (row: TreeRow): void => {
      if (row.key !== current) onPick(row.key);
    },
    hover: (row: TreeRow): void => onHover(row.key),
  });
  return (
    <>
      <ul
        ref={tree}
        role="tree"
        aria-label={label}
        className="explained-tree"
        onPointerLeave={() => onHover(undefined)}
      >
        {shown.map((row) => (
          <Row
            key={row.key}
            row={row}
            inHand={row.key === inHand}
            pointedAt={row.key === pointedAt}
            detail={detail}
            acts={acts}
          />
        ))}
      </ul>
      {rows.length > shown.length && (
        <button type="button" className="button button-small" onClick={() => setMost(most + 5 * MAX_ROWS)}>
          Show more of {plural(rows.length, 'row')}
        </button>
      )}
    </>
  );
}

interface RowActs {
  /** Whether the key did anything. */
  readonly key: (row: TreeRow, key: string) => boolean;
  readonly pick: (row: TreeRow) => void;
  /** Opens or closes it. */
  readonly turn: (row: TreeRow) => void;
  readonly focus: (row: TreeRow) => void;
  readonly hover: (row: TreeRow) => void;
}

/** The same object for good, which does what the latest one would: rows are drawn anew only when they change. */
function useLatest(acts: RowActs): RowActs {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  return useMemo(
    () => ({
      key: (row, key) => latest.current.key(row, key),
      pick: (row) => latest.current.pick(row),
      turn: (row) => latest.current.turn(row),
      focus: (row) => latest.current.focus(row),
      hover: (row) => latest.current.hover(row),
    }),
    [],
  );
}

/** Scrolls the tree alone, never the page. */
function bringIntoSight(tree: HTMLElement, row: HTMLElement): void {
  const [frame, box] = [tree.getBoundingClientRect(), row.getBoundingClientRect()];
  if (box.top < frame.top) tree.scrollTop -= frame.top - box.top + box.height;
  else if (box.bottom > frame.bottom) tree.scrollTop += box.bottom - frame.bottom + box.height;
}

interface RowProps {
  readonly row: TreeRow;
  readonly inHand: boolean;
  readonly pointedAt: boolean;
  readonly detail: string;
  readonly acts: RowActs;
}

const Row = memo(function Row({ row, inHand, pointedAt, detail, acts }: RowProps) {
  const { node, key, level, place, siblings, open } = row;
  const inner = node.children.length > 0;
  const mark = VERDICTS[node.verdict];
  const fault = node.verdict === 'departs' || node.verdict === 'wrong';
  return (
    <li
      role="treeitem"
      data-row={key}
      data-verdict={node.verdict}
      data-pointed={pointedAt ? '' : undefined}
      className="explained-row"
      style={{ '--level': Math.min(level, 12) } as CSSProperties}
      tabIndex={inHand ? 0 : -1}
      aria-level={level}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-expanded={inner ? open : undefined}
      aria-describedby={inHand ? detail : undefined}
      onClick={(event) => {
        acts.pick(row);
        if (event.target instanceof Element && event.target.closest('.explained-turn')) acts.turn(row);
      }}
      onDoubleClick={() => acts.turn(row)}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || !acts.key(row, event.key)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onFocus={() => acts.focus(row)}
      onPointerEnter={() => acts.hover(row)}
    >
      <span className="explained-line">
        <span className="explained-field mono">
          <span className="explained-turn" data-open={open ? '' : undefined} aria-hidden="true">
            {inner ? '▸' : ''}
          </span>
          <span className={node.kind === 'attribute' ? 'piece-attr' : 'piece-key'}>{labelOf(node)}</span>
          {node.value === undefined ? (
            <span className="soft">{inner ? countOf(node) : missing(node)}</span>
          ) : (
            <span className="explained-value" title={node.value}>
              {node.value === '' ? <i className="soft">empty</i> : node.value}
              {node.cut && '…'}
            </span>
          )}
        </span>
        <span className="explained-verdict" title={mark.about}>
          <Icon name={mark.icon} />
          {mark.word}
        </span>
      </span>
      {fault && <span className="explained-fault">{faultOf(node)}</span>}
    </li>
  );
});

export const labelOf = ({ kind, name, path }: ExplainedNode): string => {
  if (kind === 'attribute') return `@${name}`;
  if (kind === 'text') return name === '' ? 'text' : name;
  return name === '' ? (/\[[0-9]+\]$/.exec(path)?.[0] ?? 'item') : name;
};

const countOf = ({ kind, children }: ExplainedNode): string =>
  kind === 'array' ? plural(children.length, 'entry', 'entries') : '';

const missing = ({ bytes, verdict }: ExplainedNode): string =>
  bytes.start === bytes.end && verdict !== 'ok' ? 'not there' : '';

const faultOf = ({ problem, expected, section }: ExplainedNode): string =>
  [problem, expected && `expected: ${expected}`, section].filter((text) => text !== undefined).join(' · ');
