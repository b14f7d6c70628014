import { memo } from 'react';
import type { Exchange } from '../../../dashboard/state.ts';
import { useDashboard } from '../../context.tsx';
import { formatBytes, formatStamp, formatTook, shortId } from '../../format.ts';
import { Icon } from '../../icons.tsx';
import { outcomeOf, sizeOfAnswer } from './outcome.ts';

export const rowId = (exchange: number): string => `exchange-${exchange}`;

/** Exchanges never change, so a row is drawn once. */
export const ExchangeRow = memo(function ExchangeRow({ exchange }: { readonly exchange: Exchange }) {
  const { commands } = useDashboard();
  const outcome = outcomeOf(exchange.result);
  const size = sizeOfAnswer(exchange);
  return (
    <li>
      <button
        type="button"
        id={rowId(exchange.id)}
        className="exchange"
        aria-label={`${exchange.method} ${exchange.purpose}, ${outcome.code} ${outcome.error}, peer ${shortId(exchange.peerId)}, at ${formatStamp(exchange.at)}`}
        data-bad={outcome.ok ? undefined : ''}
        onClick={() => commands.selectExchange(exchange.id)}
      >
        <span className="exchange-line">
          <span className="exchange-at soft">{formatStamp(exchange.at)}</span>
          <span className="exchange-what">
            <b>{exchange.method}</b> {exchange.purpose}
            {exchange.attempt > 1 && <span className="soft"> · try {exchange.attempt}</span>}
          </span>
          <span className="exchange-outcome">
            {!outcome.ok && <Icon name="warning" />}
            {outcome.code}
          </span>
        </span>
        <span className="exchange-line soft">
          <span className="exchange-at mono">{shortId(exchange.peerId, 4, 3)}</span>
          <span className="exchange-what small">
            {outcome.error === '' ? exchange.edition : <b className="exchange-error">{outcome.error}</b>}
          </span>
          <span className="small">
            {formatTook(exchange.took)} ·{' '}
            <span title="bytes out and in">
              ↑{formatBytes(exchange.requestBytes)} ↓{size === undefined ? '–' : formatBytes(size)}
            </span>
          </span>
        </span>
      </button>
    </li>
  );
});
