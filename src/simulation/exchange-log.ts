/** The exchanges of one worker on their way to the page: bounded batches, bytes made text only for what is passed on. */
import type { Exchange, ExchangeResult } from './report.ts';

/** An exchange as it was on the wire. */
export interface ExchangeRecord extends Omit<Exchange, 'requestText' | 'requestBytes' | 'result'> {
  readonly request: Uint8Array;
  /** Empty when no answer came. */
  readonly response: Uint8Array;
  readonly result: BareResult;
}

type Answered = Extract<ExchangeResult, { kind: 'answered' }>;
export type BareResult =
  | Omit<Answered, 'responseText' | 'responseRaw' | 'responseBytes'>
  | Extract<ExchangeResult, { kind: 'failed' }>;

/** Told of everything at once, where nothing may be left out: for a recording. */
export interface Witness {
  /** Before it asks anything. */
  born(peerId: string): void;
  exchanged(exchange: ExchangeRecord): void;
}

// A byte order mark stays, so that the text stands for its bytes.
const LOSSY = new TextDecoder('utf-8', { ignoreBOM: true });
const LOSSLESS = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function toExchange({ request, response, result, ...facts }: ExchangeRecord): Exchange {
  return {
    ...facts,
    requestText: LOSSY.decode(request),
    requestBytes: request.length,
    result:
      result.kind === 'failed' ? result : { ...result, ...textOf(response), responseBytes: response.length },
  };
}

function textOf(response: Uint8Array): Pick<Answered, 'responseText' | 'responseRaw'> {
  try {
    return { responseText: LOSSLESS.decode(response) };
  } catch {
    // A copy: of a part of a larger buffer all of it would cross to the page.
    return { responseText: LOSSY.decode(response), responseRaw: response.slice() };
  }
}

/** Exchanges per batch; at four batches a second, more than anyone reads. */
const MAX_PER_BATCH = 30;

export class ExchangeLog {
  #batch: ExchangeRecord[] = [];
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
  add(exchange: ExchangeRecord): void {
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
    const taken = { exchanges: this.#batch.map(toExchange), omitted: this.#omitted };
    this.#batch = [];
    this.#omitted = 0;
    return taken;
  }
}

const isFine = ({ result }: ExchangeRecord): boolean => result.kind === 'answered' && result.verdict === 'ok';
