/** The page's address says which part of the run is shown, wherever that was chosen. */
import { addressOfRange, type DeepLinks } from '../dashboard/deep-link.ts';

/** Milliseconds after which it follows: browsers take only so many changes of the address in a while. */
const ADDRESS_AFTER = 300;

/** Returns the end of it. */
export function rangeInAddress({ store }: DeepLinks): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    history.replaceState(history.state, '', addressOfRange(location.href, store.getState().range));
  };
  return store.subscribe(({ range }, before) => {
    if (range === before.range) return;
    clearTimeout(timer);
    timer = setTimeout(write, ADDRESS_AFTER);
  });
}
