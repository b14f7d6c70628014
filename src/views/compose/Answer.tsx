/** One exchange of the composer: what came back, what it says, and the inspector over both messages. */
import { useMemo } from 'react';
import { outcomeOf, type HistoryEntry } from '../../dashboard/compose/state.ts';
import { useDashboard } from '../context.tsx';
import { formatTook } from '../format.ts';
import { Icon } from '../icons.tsx';
import { Inspector, type Comparand } from '../inspector/Inspector.tsx';

interface AnswerProps {
  readonly entry: HistoryEntry;
  readonly history: readonly HistoryEntry[];
}

/** The number of an entry, what it asked and what came of it. */
export const entryName = ({ number, exchange }: HistoryEntry): string =>
  `${number}: ${exchange.method ?? 'unreadable request'}, ${outcomeOf(exchange)}`;

export function Answer({ entry, history }: AnswerProps) {
  const { compose } = useDashboard();
  const { exchange, problem, without } = entry;
  const { result, took = 0, verdict } = exchange;
  const others = useMemo<readonly Comparand[]>(
    () =>
      history
        .filter(({ number }) => number !== entry.number)
        .map((other) => ({
          id: String(other.number),
          name: `Sent ${entryName(other)}`,
          load: () => Promise.resolve(other.exchange),
        })),
    [history, entry],
  );
  return (
    <section className="compose-answer" aria-label="Answer">
      <header>
        <h3>Answer</h3>
        <span className={verdict === 'ok' ? 'status-ok' : 'status-bad'} data-verdict={verdict}>
          <Icon name={verdict === 'ok' ? 'check' : 'warning'} />{' '}
          <b>{result.kind === 'failed' ? result.failure : `${result.status} ${result.reason}`}</b>{' '}
          {result.kind === 'failed' ? '' : outcomeOf(exchange)}
        </span>
        <span className="soft small">after {formatTook(took)}</span>
        <button type="button" className="button button-small" onClick={() => compose.resend(exchange)}>
          <Icon name="restart" /> Send these bytes again
        </button>
      </header>
      {without.length > 0 && (
        <p className="note">The message had no place for: {without.join(', ')}. It was sent without.</p>
      )}
      {problem !== undefined && (
        <div className="note note-bad">
          <p>
            <b>
              <Icon name="warning" /> {problem.title}
            </b>
          </p>
          <p>{problem.explanation}</p>
          <ul>
            {problem.remedies.map((remedy) => (
              <li key={remedy}>{remedy}</li>
            ))}
          </ul>
        </div>
      )}
      <Inspector exchange={exchange} others={others} />
    </section>
  );
}
