/** The clock that leaps, for tests in Node. */
import { WoundClock as Wound } from '../conformance/wound-clock.ts';

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class WoundClock extends Wound {
  /** `busy`: something happens in real time, such as bytes on a socket. */
  constructor(busy?: () => boolean) {
    super({ pause, ...(busy && { busy }) });
  }
}
