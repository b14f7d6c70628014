/** What came of an import, place by place, and what the log lacks. */
import type { Hint, WireLog } from '../../dashboard/wire/state.ts';
import { formatCount, formatSpan, plural } from '../format.ts';
import { Icon } from '../icons.tsx';

export function ImportNotes({ log, onHints }: { readonly log: WireLog; readonly onHints: () => void }) {
  const { report, failure, took, hints } = log;
  if (failure !== undefined)
    return (
      <p className="wire-notes note note-bad" role="alert">
        <Icon name="warning" /> The file could not be read to its end: {failure} What was read until then is
        shown.
      </p>
    );
  if (report === undefined) return null;
  const { format, exchanges, problems, moreProblems, skipped } = report;
  const wrong = problems.length + moreProblems;
  return (
    <details className="wire-notes" open={exchanges === 0 || (wrong > 0 && wrong < 4)}>
      <summary>
        {plural(exchanges, 'exchange')} read as {format.toUpperCase()}
        {took !== undefined && ` in ${formatSpan(took)}`}
        {wrong > 0 && (
          <span className="wire-bad">
            {' '}
            <Icon name="warning" /> {plural(wrong, 'problem')}; the rest is shown
          </span>
        )}
      </summary>
      <ul>
        {problems.map(({ unit, number, problem }) => (
          <li key={`${unit} ${number} ${problem}`}>
            <b>
              {unit} {formatCount(number)}
            </b>{' '}
            {problem}
          </li>
        ))}
        {moreProblems > 0 && <li className="soft">{formatCount(moreProblems)} more like these</li>}
        {skipped.map(({ what, count }) => (
          <li key={what} className="soft">
            {formatCount(count)} {what} passed over
          </li>
        ))}
      </ul>
      {hints !== undefined && hints.length > 0 && (
        <button type="button" className="button button-small" onClick={onHints}>
          What this log lacks ({hints.length})
        </button>
      )}
    </details>
  );
}

export function Hints({ hints }: { readonly hints: readonly Hint[] | undefined }) {
  return (
    <section className="wire-panel wire-hints" aria-label="What this log lacks">
      {hints === undefined ? (
        <p className="soft">Looking…</p>
      ) : hints.length === 0 ? (
        <p>
          <Icon name="check" /> This log lacks nothing that is looked for.
        </p>
      ) : (
        <ul>
          {hints.map(({ id, lacks, todo }) => (
            <li key={id}>
              <b>{lacks}</b> {todo}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
