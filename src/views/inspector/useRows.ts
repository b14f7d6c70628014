import { useMemo } from 'react';

/** The rows for the latest number of columns, laid anew only when that changes, or what they are laid of. */
export function useRows<Of>(make: (columns: number) => Of, of: readonly unknown[]): (columns: number) => Of {
  return useMemo(() => {
    let kept: { readonly columns: number; readonly rows: Of } | undefined;
    return (columns: number): Of => {
      if (kept?.columns !== columns) kept = { columns, rows: make(columns) };
      return kept.rows;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, of);
}
