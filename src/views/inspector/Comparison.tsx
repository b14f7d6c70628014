/** How an exchange differs from another one: field by field, and line by line. */
import { useEffect, useState } from 'react';
import {
  SIDES,
  type FieldChange,
  type Hunk,
  type MessageComparison,
  type Side,
} from '../../dashboard/explanations.ts';
import type { RecordedExchange } from '../../dashboard/inspector.ts';
import { useDashboard } from '../context.tsx';
import { formatCount, plural } from '../format.ts';
import { Icon } from '../icons.tsx';
import { visible } from './text.ts';

export interface Comparand {
  readonly id: string;
  /** Why it: `The try before`, `Pinned: FIND at 1:20.4`. */
  readonly name: string;
  /** Another try of the same request. */
  readonly retry?: boolean;
  /** Never rejects; `undefined`: it is no longer held. */
  readonly load: () => Promise<RecordedExchange | undefined>;
}

interface ComparisonProps {
  readonly exchange: RecordedExchange;
  readonly other: Comparand;
  /** Shown first. */
  readonly side: Side;
  readonly onField: (side: Side, path: string) => void;
  readonly onClose: () => void;
}

type Found = Awaited<ReturnType<ReturnType<typeof useDashboard>['explanations']['compare']>> | 'gone';

export function Comparison({ exchange, other, side: firstSide, onField, onClose }: ComparisonProps) {
  const [side, setSide] = useState(firstSide);
  const found = useCompared(exchange, other, side);
  return (
    <section className="comparison" aria-label="Comparison">
      <header>
        <h3>Compared with: {other.name}</h3>
        <div className="switch" role="group" aria-label="Message compared">
          {SIDES.map((one) => (
            <button
              key={one}
              type="button"
              className="button button-small"
              aria-pressed={side === one}
              onClick={() => setSide(one)}
            >
              {one}
            </button>
          ))}
        </div>
        <button
          type="button"
          className="button button-quiet button-small"
          aria-label="Close the comparison"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <Compared found={found} side={side} onField={onField} />
    </section>
  );
}

/** `undefined` while it is being compared. */
function useCompared(
  exchange: RecordedExchange,
  other: Comparand,
  side: Side,
): { readonly is: Found } | undefined {
  const { explanations } = useDashboard();
  const [answer, setAnswer] = useState<{ readonly side: Side; readonly is: Found }>();
  const { id } = other;
  useEffect(() => {
    let current = true;
    const compare = async (): Promise<void> => {
      const before = await other.load();
      const is = before === undefined ? 'gone' : await explanations.compare(before, exchange, side);
      if (current) setAnswer({ side, is });
    };
    void compare();
    return () => {
      current = false;
    };
    // Who shows the inspector may make the comparand anew each time; it stays what it is.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [explanations, exchange, id, side]);
  return answer?.side === side ? answer : undefined;
}

interface ComparedProps {
  readonly found: { readonly is: Found } | undefined;
  readonly side: Side;
  readonly onField: (side: Side, path: string) => void;
}

function Compared({ found, side, onField }: ComparedProps) {
  if (found === undefined) return <p className="soft">Comparing…</p>;
  const { is } = found;
  if (is === 'gone') return <p className="note">That exchange is no longer held.</p>;
  if (is === undefined) return <p className="note">One of the two has no {side} that was recorded.</p>;
  if ('kind' in is)
    return (
      <p className="note note-bad">
        <Icon name="warning" /> {is.message}
      </p>
    );
  if (is.differsAt === undefined && is.fields.changes.length === 0)
    return (
      <p className="status-ok">
        <Icon name="check" /> Byte-identical.
      </p>
    );
  return <Differences comparison={is} side={side} onField={onField} />;
}

const KINDS: Readonly<Record<FieldChange['kind'], string>> = { added: '+', removed: '−', changed: '±' };

interface DifferencesProps extends Omit<ComparedProps, 'found'> {
  readonly comparison: MessageComparison;
}

function Differences({ comparison, side, onField }: DifferencesProps) {
  const { differsAt, fields, hunks } = comparison;
  const { changes, more, reordered } = fields;
  return (
    <>
      <p>
        {differsAt !== undefined && `Not byte-identical: they part at byte ${formatCount(differsAt)}. `}
        {changes.length === 0
          ? 'The fields are the same; only blanks or their order differ.'
          : `${plural(changes.length + more, 'field')} ${changes.length + more === 1 ? 'differs' : 'differ'}.`}
        {reordered && ' Entries of a list stand in another order.'}
      </p>
      <div className="comparison-halves">
        <div className="comparison-scroll" role="region" tabIndex={0} aria-label="Fields that differ">
          <table className="changes">
            <thead>
              <tr>
                <th>
                  <span className="only-spoken">kind</span>
                </th>
                <th>field</th>
                <th>there</th>
                <th>here</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((change) => (
                <tr key={`${change.kind} ${change.path}`} data-kind={change.kind}>
                  <td title={change.kind}>
                    <span aria-hidden="true">{KINDS[change.kind]}</span>
                    <span className="only-spoken">{change.kind}</span>
                  </td>
                  <td className="mono">
                    {change.kind === 'removed' ? (
                      change.path
                    ) : (
                      <button
                        type="button"
                        className="text-button"
                        onClick={() => onField(side, change.path)}
                      >
                        {change.path}
                      </button>
                    )}
                  </td>
                  <td className="mono">{valueOf(change, 'before')}</td>
                  <td className="mono">{valueOf(change, 'after')}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {more > 0 && <p className="soft">{formatCount(more)} more are not listed.</p>}
        </div>
        <div className="comparison-scroll" role="region" tabIndex={0} aria-label="Lines that differ">
          <Hunks hunks={hunks} />
        </div>
      </div>
    </>
  );
}

function valueOf({ kind, before, after, fields }: FieldChange, side: 'before' | 'after'): string {
  const value = side === 'before' ? before : after;
  if (value !== undefined) return visible(value);
  const there = side === 'before' ? kind !== 'added' : kind !== 'removed';
  return there && fields !== undefined ? plural(fields, 'field') : '';
}

const SIGNS = { same: ' ', removed: '−', added: '+' } as const;

function Hunks({ hunks }: { readonly hunks: readonly Hunk[] }) {
  return (
    <pre className="hunks">
      {hunks.map(({ lines, skipped }, place) => (
        // A comparison never changes: place is identity.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={place}>
          {skipped > 0 && <span className="soft">{`… ${plural(skipped, 'line')} alike or not shown\n`}</span>}
          {lines.map(({ kind, text, before, after }) => (
            <span key={`${before} ${after}`} className={`hunk-${kind}`}>
              {`${String(before ?? '').padStart(4)} ${String(after ?? '').padStart(4)} ${SIGNS[kind]} ${visible(text)}\n`}
            </span>
          ))}
        </span>
      ))}
    </pre>
  );
}
