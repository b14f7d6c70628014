import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ERRORS } from '../protocol/errors.ts';
import type { ErrorName } from '../protocol/errors.ts';
import { EDITIONS, METHODS } from '../protocol/message.ts';
import { arbitraryExchange } from '../testing/recorded.ts';
import { Selection } from './filter.ts';
import type { ExchangeFilter, Range } from './filter.ts';
import { holds } from './needle.ts';
import { SORT_COLUMNS, sortRows } from './order.ts';
import type { SortColumn } from './order.ts';
import { FAILURES, SENDERS, VERDICTS } from './record.ts';
import type { RecordedExchange } from './record.ts';
import { ExchangeStore } from './store.ts';

const some = <Item>(...items: readonly Item[]): fc.Arbitrary<Item[]> =>
  fc.subarray([...items], { minLength: 1 });
const range = (most: number): fc.Arbitrary<Range> =>
  fc.record({ from: fc.nat(most), to: fc.nat(most) }, { requiredKeys: [] });
const ids = ['a', 'peer-1', 'Peer-2', 'film', '\u00fc'];

const everything: fc.Arbitrary<ExchangeFilter> = fc.record(
  {
    peers: some(...ids, 'nobody'),
    swarms: some(...ids),
    methods: some(...METHODS, 'none' as const),
    editions: some(...EDITIONS, 'none' as const),
    status: range(600),
    troubles: some(...(Object.keys(ERRORS) as ErrorName[]), ...FAILURES),
    verdicts: some(...VERDICTS),
    from: some(...SENDERS),
    direction: fc.constantFrom('request', 'response'),
    size: range(100),
    took: range(1250),
    time: range(1e7),
    findings: fc.boolean(),
    id: fc.constantFrom('PEER', 'peer-1', 'A', '\u00fc', '"', 'nothing like it'),
  },
  { noNullPrototype: true },
);

/** A few criteria at once: all of them together let nothing through. */
const filters = fc
  .tuple(everything, fc.uniqueArray(fc.nat(), { maxLength: 3 }))
  .map(([filter, picked]): ExchangeFilter => {
    const all = Object.entries(filter);
    return Object.fromEntries(picked.flatMap((pick) => [all[pick % all.length] ?? []]));
  });

const within = (value: number | undefined, { from = -Infinity, to = Infinity }: Range): boolean =>
  value !== undefined && value >= from && value <= to;

/** The same in plain words, one exchange at a time. */
function passes(exchange: RecordedExchange, filter: ExchangeFilter): boolean {
  const { result, findings, peerId = '', swarms, transactionId = '' } = exchange;
  const answered = result.kind === 'answered' ? result : undefined;
  const trouble = result.kind === 'failed' ? result.failure : exchange.error;
  const asks = filter.direction !== 'response';
  const answers = filter.direction !== 'request';
  const departs = (asks && findings.request > 0) || (answers && findings.response > 0);
  return [
    !filter.peers || filter.peers.includes(peerId),
    !filter.swarms || filter.swarms.some((swarm) => swarms.includes(swarm)),
    !filter.methods || filter.methods.includes(exchange.method ?? 'none'),
    !filter.editions || filter.editions.includes(exchange.edition ?? 'none'),
    !filter.status || within(answered?.status, filter.status),
    !filter.troubles || (trouble !== undefined && filter.troubles.includes(trouble)),
    !filter.verdicts || filter.verdicts.includes(exchange.verdict),
    !filter.from || filter.from.includes(exchange.from),
    !filter.size ||
      (asks && within(exchange.request.bytes, filter.size)) ||
      (answers && within(answered?.bytes, filter.size)),
    !filter.took || within(exchange.took, filter.took),
    !filter.time || within(exchange.time, filter.time),
    filter.findings === undefined || filter.findings === departs,
    !filter.id || [peerId, transactionId, ...swarms].some((id) => holds(id, filter.id ?? '')),
  ].every(Boolean);
}

const many = fc.array(arbitraryExchange, { minLength: 5, maxLength: 40 });

test('a filter lets through what each of its criteria does, also of what comes later', () => {
  let passed = 0;
  fc.assert(
    fc.property(many, many, filters, (first, later, filter) => {
      const store = new ExchangeStore();
      for (const exchange of first) store.append(exchange);
      const selection = new Selection(store, filter);
      const expected = (all: readonly RecordedExchange[]): number[] =>
        all.flatMap((exchange, row) => (passes(exchange, filter) ? [row] : []));
      expect([...selection.rows]).toEqual(expected(first));
      for (const exchange of later) store.append(exchange);
      const added = selection.update();
      expect([...selection.rows]).toEqual(expected([...first, ...later]));
      expect(added).toBe(expected([...first, ...later]).length - expected(first).length);
      expect(selection.update()).toBe(0);
      passed += selection.rows.length;
    }),
    { numRuns: 300 },
  );
  expect(passed).toBeGreaterThan(1000);
});

test.each(['peers', 'swarms', 'size', 'findings', 'id'] as const)('by %s alone', (name) => {
  fc.assert(
    fc.property(many, filters, (all, filter) => {
      const only = { [name]: filter[name], direction: filter.direction } as ExchangeFilter;
      const store = new ExchangeStore();
      for (const exchange of all) store.append(exchange);
      const rows = all.flatMap((exchange, row) => (passes(exchange, only) ? [row] : []));
      expect([...new Selection(store, only).rows]).toEqual(rows);
    }),
  );
});

type Key = number | string | undefined;

function keyOf(store: ExchangeStore, row: number, column: SortColumn): Key {
  const facts = store.row(row);
  switch (column) {
    case 'swarms':
      return facts.swarms.length === 0 ? undefined : facts.swarms.join(' ');
    case 'findings':
      return facts.requestFindings + facts.responseFindings;
    case 'responseBytes':
      return facts.status === undefined ? undefined : facts.responseBytes;
    case 'transactionId':
      // Hexadecimal digits order as the bytes do.
      return facts.transactionId === '' ? undefined : Buffer.from(facts.transactionId).toString('hex');
    default:
      return facts[column];
  }
}

test.each(SORT_COLUMNS)('sorted by %s, up and down', (column) => {
  fc.assert(
    fc.property(many, fc.boolean(), (all, descending) => {
      const store = new ExchangeStore();
      for (const exchange of all) store.append(exchange);
      const rows = Uint32Array.from(all.keys()).reverse();
      const sign = descending ? -1 : 1;
      const expected = [...rows].sort((one, other) => {
        const [a, b] = [keyOf(store, one, column), keyOf(store, other, column)];
        if (a === b) return 0;
        if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
        return a < b ? -sign : sign;
      });
      expect([...sortRows(store, rows, column, descending)]).toEqual(expected);
      expect([...rows]).toEqual([...all.keys()].reverse());
    }),
  );
});
