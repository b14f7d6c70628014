/** How the facts of an exchange are written in the table. */
import type { ColumnId } from '../../dashboard/wire/columns.ts';
import type { ExchangeRow } from '../../dashboard/wire/state.ts';
import { formatStamp } from '../format.ts';

export interface ColumnWords {
  readonly name: string;
  /** As it stands at the head of the column. */
  readonly head: string;
  /** Numbers stand to the right. */
  readonly numeric?: true;
}

export const COLUMN_WORDS: Readonly<Record<ColumnId, ColumnWords>> = {
  number: { name: 'number', head: 'No.', numeric: true },
  time: { name: 'time', head: 'Time', numeric: true },
  from: { name: 'sender', head: 'Sender' },
  peerId: { name: 'peer', head: 'Peer' },
  swarms: { name: 'swarm', head: 'Swarm' },
  method: { name: 'method', head: 'Method' },
  edition: { name: 'edition', head: 'Edition' },
  verdict: { name: 'status', head: 'Status' },
  trouble: { name: 'error', head: 'Error' },
  took: { name: 'latency', head: 'Latency', numeric: true },
  requestBytes: { name: 'size of the request', head: 'Request', numeric: true },
  responseBytes: { name: 'size of the answer', head: 'Answer', numeric: true },
  findings: { name: 'findings', head: 'Findings', numeric: true },
  transactionId: { name: 'transaction', head: 'Transaction' },
  attempt: { name: 'attempt', head: 'Try', numeric: true },
};

/** A run's own time, or the time of day in UTC. */
export const timeText = ({ time, clock }: Pick<ExchangeRow, 'time' | 'clock'>): string =>
  clock === 'run' ? formatStamp(time) : new Date(time).toISOString().slice(11, 23);

/** The HTTP status, or why there is none. */
export const statusText = ({ status, trouble }: Pick<ExchangeRow, 'status' | 'trouble'>): string =>
  status === undefined ? (trouble ?? 'no answer') : String(status);

export const isBad = ({ verdict }: Pick<ExchangeRow, 'verdict'>): boolean =>
  verdict === 'error' || verdict === 'unreadable' || verdict === 'failed';

/** What is wrong, in a word: the error's name where there is one. */
export const errorText = ({ verdict, status, trouble }: ExchangeRow): string => {
  if (verdict === 'unreadable') return 'unreadable';
  return status === undefined ? '' : (trouble ?? '');
};

export const findingsOf = ({ requestFindings, responseFindings }: ExchangeRow): number =>
  requestFindings + responseFindings;

export const findingsTitle = ({ requestFindings, responseFindings }: ExchangeRow): string =>
  `Departures from the text: ${requestFindings} in the request, ${responseFindings} in the answer`;
