/** What React shows of the answers about time. */
import { createStore, type StoreApi } from 'zustand/vanilla';

const NEWS = ['any', 'ahead', 'width', 'swarms', 'gaps'] as const satisfies readonly (keyof TimeNews)[];

export interface TimeNews {
  /** There is anything to be shown at all. */
  readonly any: boolean;
  /** What is to be shown begins later than what is known. */
  readonly ahead: boolean;
  /** Milliseconds of a column. */
  readonly width: number;
  /** Plots of swarms. */
  readonly swarms: number;
  /** Whiles of which nothing is known, in what is shown. */
  readonly gaps: number;
}

export const createNews = (): StoreApi<TimeNews> =>
  createStore<TimeNews>(() => ({ any: false, ahead: false, width: 0, swarms: 1, gaps: 0 }));

/** Told when it changes. */
export function tellNews(store: StoreApi<TimeNews>, news: TimeNews): void {
  const before = store.getState();
  if (NEWS.some((key) => news[key] !== before[key])) store.setState(news);
}
