import { useId, useMemo, useRef, useState, type CSSProperties } from 'react';
import type { ExplainedNode } from '../../../../dashboard/explanations.ts';
import { formatCount, plural } from '../../../format.ts';
import { Icon } from '../../../icons.tsx';
import { MAX_ROWS, openAtFirst, rowsOf, step, type TreeRow } from './rows.ts';
import { VERDICTS } from './verdicts.ts';

interface ExplainedTreeProps {
  readonly root: ExplainedNode;
  readonly label: string;
}

export function ExplainedTree({ root, label }: ExplainedTreeProps) {
  const [open, setOpen] = useState(() => openAtFirst(root));
  const [active, setActive] = useState('0');
  const [hovered, setHovered] = useState<string>();
  const [all, setAll] = useState(false);
  const tree = useRef<HTMLUListElement>(null);
  const detail = useId();
  const rows = useMemo(() => rowsOf(root, open), [root, open]);
  const shown = all ? rows : rows.slice(0, MAX_ROWS);
  const inHand = shown.some(({ key }) => key === active) ? active : '0';
  const told = shown.find(({ key }) => key === (hovered ?? inHand)) ?? shown[0];

  const toggle = (key: string): void => {
    const changed = new Set(open);
    if (!changed.delete(key)) changed.add(key);
    setOpen(changed);
  };
  const focusRow = (key: string): void => {
    setActive(key);
    setHovered(undefined);
    tree.current?.querySelector<HTMLElement>(`[data-row="${key}"]`)?.focus();
  };
  return (
    <>
      <ul
        ref={tree}
        role="tree"
        aria-label={label}
        className="explained-tree"
        onPointerLeave={() => setHovered(undefined)}
      >
        {shown.map((row) => (
          <Row
            key={row.key}
            row={row}
            inHand={row.key === inHand}
            detail={detail}
            onKey={(key) => {
              const next = step(shown, row.key, key);
              if (next === undefined) return false;
              if (next.toggle !== undefined) toggle(next.toggle);
              focusRow(next.active);
              return true;
            }}
            onPick={() => {
              focusRow(row.key);
              if (row.node.children.length > 0) toggle(row.key);
            }}
            onFocus={() => setActive(row.key)}
            onHover={() => setHovered(row.key)}
          />
        ))}
      </ul>
      {rows.length > shown.length && (
        <button type="button" className="button button-small" onClick={() => setAll(true)}>
          Show all {plural(rows.length, 'row')}
        </button>
      )}
      {told && <Detail id={detail} node={told.node} />}
    </>
  );
}

interface RowProps {
  readonly row: TreeRow;
  readonly inHand: boolean;
  readonly detail: string;
  /** Whether the key did anything. */
  readonly onKey: (key: string) => boolean;
  readonly onPick: () => void;
  readonly onFocus: () => void;
  readonly onHover: () => void;
}

function Row({ row, inHand, detail, onKey, onPick, onFocus, onHover }: RowProps) {
  const { node, key, level, place, siblings, open } = row;
  const inner = node.children.length > 0;
  const mark = VERDICTS[node.verdict];
  const fault = node.verdict === 'departs' || node.verdict === 'wrong';
  return (
    <li
      role="treeitem"
      data-row={key}
      data-verdict={node.verdict}
      className="explained-row"
      style={{ '--level': Math.min(level, 12) } as CSSProperties}
      tabIndex={inHand ? 0 : -1}
      aria-level={level}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-expanded={inner ? open : undefined}
      aria-describedby={inHand ? detail : undefined}
      onClick={onPick}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || !onKey(event.key)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onFocus={onFocus}
      onPointerEnter={onHover}
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
}

const labelOf = ({ kind, name, path }: ExplainedNode): string => {
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

/** What the row in hand means. */
function Detail({ id, node }: { readonly id: string; readonly node: ExplainedNode }) {
  const { path, meaning, section, bytes } = node;
  return (
    <div id={id} className="explained-detail">
      <p>{meaning}</p>
      <p className="soft small">
        {section}
        {bytes.end > bytes.start && ` · bytes ${formatCount(bytes.start)} to ${formatCount(bytes.end - 1)}`}
        {path !== '' && (
          <>
            {' · '}
            <span className="mono explained-path">{path}</span>
          </>
        )}
      </p>
    </div>
  );
}
