/** How much room the rows have, measured: it goes with the window, the type and the pinned rows. */
import { useLayoutEffect, useState, type RefObject } from 'react';

export interface Box {
  readonly rowHeight: number;
  /** Pixels of the whole scrolling box. */
  readonly height: number;
}

/** `probe`: an element as high as a row. */
export function useBox(scroller: RefObject<HTMLElement | null>, probe: RefObject<HTMLElement | null>): Box {
  const [box, setBox] = useState<Box>({ rowHeight: 28, height: 0 });
  useLayoutEffect(() => {
    const [outer, row] = [scroller.current, probe.current];
    if (outer === null || row === null) return undefined;
    const measure = (): void => {
      const rowHeight = Math.max(1, Math.round(row.getBoundingClientRect().height));
      const height = outer.clientHeight;
      setBox((before) =>
        before.rowHeight === rowHeight && before.height === height ? before : { rowHeight, height },
      );
    };
    const watcher = new ResizeObserver(measure);
    watcher.observe(outer);
    watcher.observe(row);
    measure();
    return () => watcher.disconnect();
  }, [scroller, probe]);
  return box;
}
