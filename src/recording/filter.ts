/**
 * Which rows are shown: every criterion that is given must hold. Judged column by column over those that are left,
 * and only once per row: rows appended later are judged when `update` is called.
 */
import type { ErrorName } from '../protocol/errors.ts';
import { EDITIONS, METHODS } from '../protocol/message.ts';
import type { EditionId, Method } from '../protocol/message.ts';
import { TROUBLES } from './columns.ts';
import type { ColumnName, Columns, Trouble } from './columns.ts';
import { holds, Needle } from './needle.ts';
import { SENDERS, VERDICTS } from './record.ts';
import type { Sender, Verdict } from './record.ts';
import type { ExchangeStore } from './store.ts';

/** Inclusive at both ends. */
export interface Range {
  readonly from?: number;
  readonly to?: number;
}

/** A list holds when one of it does; a row whose fact is unknown holds to none. */
export interface ExchangeFilter {
  readonly peers?: readonly string[];
  /** Any swarm that the request is about. */
  readonly swarms?: readonly string[];
  /** `none`: the request could not be read. */
  readonly methods?: readonly (Method | 'none')[];
  /** `none`: the request is in no edition. */
  readonly editions?: readonly (EditionId | 'none')[];
  /** HTTP statuses. */
  readonly status?: Range;
  readonly troubles?: readonly (ErrorName | Trouble)[];
  readonly verdicts?: readonly Verdict[];
  readonly from?: readonly Sender[];
  /** Which message `size` and `findings` speak of; without it: either of the two. */
  readonly direction?: 'request' | 'response';
  /** Bytes of a body. */
  readonly size?: Range;
  /** Milliseconds that the answer took. */
  readonly took?: Range;
  /** Milliseconds, by the clock that the exchange has. */
  readonly time?: Range;
  /** Whether there are departures from the text. */
  readonly findings?: boolean;
  /** Found in a peer's, swarm's or transaction's ID, whatever the case. Bodies: `searchLines`. */
  readonly id?: string;
}

/** Says for the first `count` of `rows` which hold, moves those to the front, and tells how many. */
type Criterion = (rows: Uint32Array, count: number, columns: Columns) => number;

/** One loop for all: what differs are the column and the judgement. */
function keep(rows: Uint32Array, count: number, holds: (row: number) => boolean): number {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i] ?? 0;
    if (holds(row)) rows[kept++] = row;
  }
  return kept;
}

/** A judgement on a code or on a table's number, made once for each. */
function byCode(name: ColumnName, holds: (code: number) => boolean): Criterion {
  const judged: boolean[] = [];
  return (rows, count, columns) => {
    const column = columns[name];
    return keep(rows, count, (row) => {
      const code = column[row] ?? 0;
      return (judged[code] ??= holds(code));
    });
  };
}

const among = <Word extends string>(
  name: ColumnName,
  words: readonly Word[],
  wanted: readonly (Word | 'none')[],
  first: 0 | 1,
): Criterion => {
  const codes = new Set(wanted.map((word) => (word === 'none' ? 0 : words.indexOf(word) + first)));
  return byCode(name, (code) => codes.has(code));
};

const isWithin = (value: number, { from = -Infinity, to = Infinity }: Range): boolean =>
  value >= from && value <= to;

const byRange =
  (name: ColumnName, range: Range): Criterion =>
  (rows, count, columns) => {
    const column = columns[name];
    return keep(rows, count, (row) => isWithin(column[row] ?? NaN, range));
  };

/** A judgement on the request's column, the response's, or either. */
function byDirection(
  names: { readonly request: ColumnName; readonly response: ColumnName },
  direction: ExchangeFilter['direction'],
  holds: (value: number, answered: boolean) => boolean,
): Criterion {
  return (rows, count, columns) => {
    const [request, response, status] = [columns[names.request], columns[names.response], columns.status];
    return keep(
      rows,
      count,
      (row) =>
        (direction !== 'response' && holds(request[row] ?? 0, true)) ||
        (direction !== 'request' && holds(response[row] ?? 0, (status[row] ?? 0) !== 0)),
    );
  };
}

function byId(store: ExchangeStore, text: string): Criterion {
  const peers: boolean[] = [];
  const sets: boolean[] = [];
  const needle = new Needle(text);
  const { transactions } = store;
  const isSetNamed = (set: number): boolean =>
    store.swarmSets.membersOf(set).some((swarm) => holds(store.swarms.textOf(swarm) ?? '', text));
  return (rows, count, { peer, swarms }) =>
    keep(rows, count, (row) => {
      const [peerNumber, set] = [peer[row] ?? 0, swarms[row] ?? 0];
      return (
        (peers[peerNumber] ??= holds(store.peers.textOf(peerNumber) ?? '', text)) ||
        (sets[set] ??= isSetNamed(set)) ||
        needle.isIn(transactions.bytes, transactions.startOf(row), transactions.startOf(row + 1))
      );
    });
}

function criteriaOf(store: ExchangeStore, filter: ExchangeFilter): Criterion[] {
  const { peers, swarms, methods, editions, troubles, verdicts, from, findings, direction } = filter;
  const { status, size, took, time, id } = filter;
  const criteria: (Criterion | false | undefined)[] = [
    methods && among('method', METHODS, methods, 1),
    editions && among('edition', EDITIONS, editions, 1),
    troubles && among('trouble', TROUBLES, troubles, 1),
    verdicts && among('verdict', VERDICTS, verdicts, 0),
    from && among('from', SENDERS, from, 0),
    peers && byCode('peer', (peer) => peers.includes(store.peers.textOf(peer) ?? '')),
    swarms &&
      byCode('swarms', (set) =>
        store.swarmSets.membersOf(set).some((swarm) => swarms.includes(store.swarms.textOf(swarm) ?? '')),
      ),
    // No answer has no status.
    status && byRange('status', { ...status, from: Math.max(1, status.from ?? 1) }),
    took && byRange('took', took),
    time && byRange('time', time),
    size &&
      byDirection(
        { request: 'requestBytes', response: 'responseBytes' },
        direction,
        (bytes, there) => there && isWithin(bytes, size),
      ),
    findings === true &&
      byDirection(
        { request: 'requestFindings', response: 'responseFindings' },
        direction,
        (count) => count > 0,
      ),
    findings === false &&
      ((rows, count, { requestFindings, responseFindings }) =>
        keep(
          rows,
          count,
          (row) =>
            (direction === 'response' || requestFindings[row] === 0) &&
            (direction === 'request' || responseFindings[row] === 0),
        )),
    id !== undefined && id !== '' && byId(store, id),
  ];
  return criteria.filter((criterion) => typeof criterion === 'function');
}

/** The rows of a store that a filter lets through, kept up as the store grows. */
export class Selection {
  readonly #store: ExchangeStore;
  readonly #criteria: readonly Criterion[];
  #rows = new Uint32Array(1024);
  #length = 0;
  #judged = 0;

  constructor(store: ExchangeStore, filter: ExchangeFilter) {
    this.#store = store;
    this.#criteria = criteriaOf(store, filter);
    this.update();
  }

  /** Ascending. A view that holds until the next `update`. */
  get rows(): Uint32Array {
    return this.#rows.subarray(0, this.#length);
  }

  /** Judges the rows appended since; tells how many of them were let through. */
  update(): number {
    const { length, columns } = this.#store;
    const fresh = new Uint32Array(length - this.#judged);
    for (let i = 0; i < fresh.length; i++) fresh[i] = this.#judged + i;
    let count = fresh.length;
    for (const criterion of this.#criteria) count = criterion(fresh, count, columns);
    this.#append(fresh.subarray(0, count));
    this.#judged = length;
    return count;
  }

  #append(rows: Uint32Array): void {
    const needed = this.#length + rows.length;
    if (needed > this.#rows.length) {
      const larger = new Uint32Array(Math.max(needed, this.#rows.length * 2));
      larger.set(this.rows);
      this.#rows = larger;
    }
    this.#rows.set(rows, this.#length);
    this.#length = needed;
  }
}
