/** What the message that is open may be compared with: what is pinned, what belongs to it, and what a search finds. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { comparableWith, type RecordedExchange } from '../../dashboard/inspector.ts';
import type { ExchangeRow, WireLog } from '../../dashboard/wire/state.ts';
import { useDashboard } from '../context.tsx';
import { shortId } from '../format.ts';
import type { Comparand } from '../inspector/Inspector.tsx';
import { statusText, timeText } from './words.ts';

const NONE: readonly ExchangeRow[] = [];

/** `exchange`: of the row that is open; undefined as long as it is being read. */
export function useComparands(
  { id: log, pinned }: WireLog,
  row: number,
  exchange: RecordedExchange | undefined,
): { readonly others: readonly Comparand[]; readonly find: (text: string) => Promise<readonly Comparand[]> } {
  const { wire } = useDashboard();
  const [related, setRelated] = useState<{ readonly row: number; readonly rows: readonly ExchangeRow[] }>();
  useEffect(() => {
    let wanted = true;
    void wire.find(log, { kind: 'related', row }).then((rows) => {
      if (wanted) setRelated({ row, rows });
    });
    return () => {
      wanted = false;
    };
  }, [wire, log, row]);

  const comparand = useCallback(
    (one: ExchangeRow, name: string, retry = false): Comparand => ({
      id: String(one.row),
      name,
      retry,
      load: () => wire.exchangeOf(log, one),
    }),
    [wire, log],
  );
  const others = useMemo(() => {
    const rows = related?.row === row ? related.rows : NONE;
    const found = exchange === undefined ? [] : comparableWith(exchange, rows);
    const onTop = pinned.filter((pin) => pin.row !== row && !found.some(({ one }) => one.row === pin.row));
    return [
      ...onTop.map((one) => comparand(one, `pinned: ${textOf(one)}`)),
      ...found.map(({ one, name, retry }) => comparand(one, `${name}: ${textOf(one)}`, retry)),
    ];
  }, [related, row, exchange, pinned, comparand]);
  const find = useCallback(
    async (text: string) => {
      const rows = await wire.find(log, { kind: 'named', text });
      return rows.filter((one) => one.row !== row).map((one) => comparand(one, textOf(one)));
    },
    [wire, log, row, comparand],
  );
  return { others, find };
}

/** Enough to know it by: `FIND at 1:20.4 by 1f03…9ab2, 403`. */
const textOf = (row: ExchangeRow): string =>
  `${row.method ?? 'unreadable'} at ${timeText(row)} by ${row.peerId === undefined ? 'nobody' : shortId(row.peerId, 4, 4)}, ${statusText(row)}`;
