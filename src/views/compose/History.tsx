/** What was sent from here, newest first: to look at, to take up again, to compare. */
import { MAX_HISTORY, outcomeOf, type ComposeState } from '../../dashboard/compose/state.ts';
import { useDashboard } from '../context.tsx';
import { formatCount } from '../format.ts';
import { Icon } from '../icons.tsx';

export function History({ state: { history, open } }: { readonly state: ComposeState }) {
  const { compose } = useDashboard();
  if (history.length === 0) return null;
  return (
    <section className="compose-history" aria-label="History">
      <header>
        <h3>History</h3>
        <span className="soft small" title={`At most ${MAX_HISTORY}, and 8 MiB; the wire has the others`}>
          {formatCount(history.length)}
        </span>
        <button type="button" className="button button-quiet button-small" onClick={() => compose.forget()}>
          Clear
        </button>
      </header>
      <ol reversed>
        {history.map(({ number, exchange }) => (
          <li key={number}>
            <button
              type="button"
              className="compose-entry"
              aria-pressed={number === open}
              onClick={() => compose.open(number)}
            >
              <span className="soft">{number}</span> {exchange.method ?? 'unreadable'}{' '}
              <span className={exchange.verdict === 'ok' ? 'status-ok' : 'status-bad'}>
                <Icon name={exchange.verdict === 'ok' ? 'check' : 'warning'} />
                {exchange.result.kind === 'answered' ? exchange.result.status : ''} {outcomeOf(exchange)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
