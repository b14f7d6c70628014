/** The exchanges of one worker on their way to the page: bounded batches, texts only for what is passed on. */
import type { Exchange } from './report.ts';

/** Exchanges per batch; at four batches a second, more than anyone reads. */
const MAX_PER_BATCH = 30;

export class ExchangeLog {
  #batch: Exchange[] = [];
  #omitted = 0;
  #serial: number;

  /** `first`: so that numbers are unique over all workers of a run. */
  constructor(first: number) {
    this.#serial = first;
  }

  nextId(): number {
    return this.#serial++;
  }

  /** Errors are kept in preference to what went well: they are what people look for. */
  add(exchange: Exchange): void {
    if (this.#batch.length < MAX_PER_BATCH) {
      this.#batch.push(exchange);
      return;
    }
    this.#omitted++;
    if (isFine(exchange)) return;
    const place = this.#batch.findLastIndex(isFine);
    if (place < 0) return;
    this.#batch.splice(place, 1);
    this.#batch.push(exchange);
  }

  take(): { readonly exchanges: readonly Exchange[]; readonly omitted: number } {
    const taken = { exchanges: this.#batch, omitted: this.#omitted };
    this.#batch = [];
    this.#omitted = 0;
    return taken;
  }
}

const isFine = ({ result }: Exchange): boolean => result.kind === 'answered' && result.verdict === 'ok';
