import type { Exchange } from '../../../dashboard/state.ts';
import { useDashboard } from '../../context.tsx';
import { formatBytes, formatStamp, formatTook } from '../../format.ts';
import { Icon } from '../../icons.tsx';
import { outcomeOf } from '../messages/outcome.ts';

interface LatestExchangeProps {
  readonly exchange: Exchange | undefined;
  readonly onOpen: () => void;
}

export function LatestExchange({ exchange, onOpen }: LatestExchangeProps) {
  const { commands } = useDashboard();
  return (
    <section className="peer-section">
      <h3>Latest exchange</h3>
      {exchange === undefined ? (
        <p className="soft">Nothing sent yet.</p>
      ) : (
        <div className="latest">
          <p>
            <b>{exchange.method}</b> {exchange.purpose}{' '}
            <span className="soft">at {formatStamp(exchange.at)}</span>
          </p>
          <p className="soft">
            <Verdict exchange={exchange} /> · {formatTook(exchange.took)} · out{' '}
            {formatBytes(exchange.requestBytes)}
            {exchange.result.kind === 'answered' && <> · in {formatBytes(exchange.result.responseBytes)}</>}
          </p>
          <button
            type="button"
            className="button button-small"
            onClick={() => {
              commands.selectExchange(exchange.id);
              onOpen();
            }}
          >
            Open the messages
          </button>
        </div>
      )}
    </section>
  );
}

export function Verdict({ exchange }: { readonly exchange: Exchange }) {
  const outcome = outcomeOf(exchange.result);
  return (
    <span className={outcome.ok ? 'verdict' : 'verdict verdict-bad'}>
      {!outcome.ok && <Icon name="warning" />}
      {outcome.code} {outcome.error}
    </span>
  );
}
