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
        data-bad={outcome.ok ? undefined : ''}
        onClick={() => commands.selectExchange(exchange.id)}
      >
        <span className="exchange-at soft">{formatStamp(exchange.at)}</span>
        <span className="exchange-what">
          <b>{exchange.method}</b> {exchange.purpose}
          {exchange.attempt > 1 && <span className="soft"> · try {exchange.attempt}</span>}
        </span>
        <span className="exchange-outcome">
          {!outcome.ok && <Icon name="warning" />}
          {outcome.word}
        </span>
        <span className="exchange-peer mono soft">{shortId(exchange.peerId)}</span>
        <span className="exchange-edition soft">{exchange.edition}</span>
        <span className="exchange-size soft">
          {formatTook(exchange.took)} ·{' '}
          <span title="bytes out and in">
            ↑{formatBytes(exchange.requestBytes)} ↓{size === undefined ? '–' : formatBytes(size)}
          </span>
        </span>
      </button>
    </li>
  );
});
