/** Which rows of a long list are in sight, so that only those are drawn. */
import { useLayoutEffect, useState, type RefObject } from 'react';

export interface Metrics {
  /** Columns of the fixed-width type that fit, and pixels of a row. */
  readonly columns: number;
  readonly rowHeight: number;
  readonly height: number;
}

const UNKNOWN: Metrics = { columns: 80, rowHeight: 18, height: 400 };
/** Signs in the probe, by which the type is measured. */
export const PROBE = '0000000000';
/** Rows drawn beyond those in sight: a quick scroll shows no gap. */
const MARGIN = 12;

/** Measured anew whenever the pane or its type changes size. `probe` holds `PROBE`. */
export function useMetrics(
  pane: RefObject<HTMLElement | null>,
  probe: RefObject<HTMLElement | null>,
): Metrics {
  const [metrics, setMetrics] = useState(UNKNOWN);
  useLayoutEffect(() => {
    const [outer, inner] = [pane.current, probe.current];
    if (outer === null || inner === null) return undefined;
    const measure = (): void => {
      const { width, height: rowHeight } = inner.getBoundingClientRect();
      if (width === 0 || rowHeight === 0) return;
      const columns = Math.max(8, Math.floor((outer.clientWidth / width) * PROBE.length));
      const height = outer.clientHeight;
      setMetrics((before) =>
        before.columns === columns && before.rowHeight === rowHeight && before.height === height
          ? before
          : { columns, rowHeight, height },
      );
    };
    const observer = new ResizeObserver(measure);
    observer.observe(outer);
    observer.observe(inner);
    measure();
    return () => observer.disconnect();
  }, [pane, probe]);
  return metrics;
}

export interface RowWindow {
  readonly first: number;
  /** The first that is no longer drawn. */
  readonly end: number;
}

export function windowOf(scrollTop: number, { rowHeight, height }: Metrics, count: number): RowWindow {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - MARGIN);
  return { first, end: Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + MARGIN) };
}

/** Where to scroll so that the rows are in sight, as many of them as fit; `undefined`: they are. */
export function scrollTo(
  rows: { readonly first: number; readonly last: number },
  scrollTop: number,
  { rowHeight, height }: Metrics,
): number | undefined {
  const top = rows.first * rowHeight;
  const bottom = (rows.last + 1) * rowHeight;
  if (top < scrollTop + height && bottom > scrollTop && (top >= scrollTop || bottom <= scrollTop + height))
    return undefined;
  return Math.max(0, top - Math.min(2 * rowHeight, Math.max(0, height - rowHeight) / 2));
}
