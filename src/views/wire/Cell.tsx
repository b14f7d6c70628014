/** One fact of one exchange. */
import type { ColumnId } from '../../dashboard/wire/columns.ts';
import type { ExchangeRow } from '../../dashboard/wire/state.ts';
import { formatBytes, formatCount, formatTook, shortId } from '../format.ts';
import { Icon } from '../icons.tsx';
import { errorText, findingsOf, findingsTitle, isBad, statusText, timeText } from './words.ts';

export function Cell({ id, row }: { readonly id: ColumnId; readonly row: ExchangeRow }) {
  switch (id) {
    case 'number':
      return <span className="soft">{formatCount(row.row + 1)}</span>;
    case 'time':
      return timeText(row);
    case 'from':
      return <SenderMark row={row} />;
    case 'peerId':
      return row.peerId === undefined ? (
        <span className="soft">none</span>
      ) : (
        <span className="mono" title={row.peerId}>
          {shortId(row.peerId)}
        </span>
      );
    case 'swarms':
      return <span title={row.swarms.join(', ')}>{row.swarms.join(', ')}</span>;
    case 'method':
      return row.method ?? <span className="soft">unknown</span>;
    case 'edition':
      return <span className="soft">{row.edition ?? 'none'}</span>;
    case 'verdict':
      return <StatusMark row={row} />;
    case 'trouble': {
      const error = errorText(row);
      return error === '' ? null : (
        <span className="wire-bad" title={error}>
          {error}
        </span>
      );
    }
    case 'took':
      return row.took === undefined ? null : formatTook(row.took);
    case 'requestBytes':
      return formatBytes(row.requestBytes);
    case 'responseBytes':
      return row.status === undefined ? null : formatBytes(row.responseBytes);
    case 'findings':
      return <FindingsMark row={row} />;
    case 'transactionId':
      return <span className="mono">{row.transactionId}</span>;
    case 'attempt':
      return row.attempt;
    default:
      return id satisfies never;
  }
}

export function SenderMark({ row }: { readonly row: ExchangeRow }) {
  if (row.from === 'composer')
    return (
      <span className="wire-foreign" title="Sent by hand, in the composer">
        composer
      </span>
    );
  return row.from === 'foreign' ? (
    <span className="wire-foreign" title="Not a peer of this page: somebody else's">
      foreign
    </span>
  ) : (
    <span className="soft">simulated</span>
  );
}

export function StatusMark({ row }: { readonly row: ExchangeRow }) {
  const bad = isBad(row);
  const icon = bad ? 'warning' : row.verdict === 'ok' ? 'check' : 'help';
  return (
    <span className={bad ? 'wire-status wire-bad' : 'wire-status'} data-verdict={row.verdict}>
      <Icon name={icon} />
      {statusText(row)}
    </span>
  );
}

export function FindingsMark({ row }: { readonly row: ExchangeRow }) {
  const findings = findingsOf(row);
  if (findings === 0) return <span className="soft">0</span>;
  return (
    <span className="wire-findings" title={findingsTitle(row)}>
      <Icon name="warning" />
      {findings}
    </span>
  );
}
