/** Every exchange on its way to the recording, in batches; where there are more than it can take, so many are left out. */
import { toExchange, type ExchangeRecord, type Witness } from '../../simulation/exchange-log.ts';
import type { RecordedBatch } from '../messages.ts';

/** Exchanges in one batch, of which there are eight a second. */
const MOST = 500;

export class Recorder implements Witness {
  readonly #port: Pick<MessagePort, 'postMessage'>;
  #born: string[] = [];
  #exchanges: ExchangeRecord[] = [];
  /** Exchanges left out since the run began. */
  omitted = 0;

  constructor(port: Pick<MessagePort, 'postMessage'>) {
    this.#port = port;
  }

  born(peerId: string): void {
    this.#born.push(peerId);
  }

  exchanged(exchange: ExchangeRecord): void {
    if (this.#exchanges.length < MOST) this.#exchanges.push(exchange);
    else this.omitted++;
  }

  /** `at`: milliseconds of virtual time. */
  flush(at: number): void {
    const batch: RecordedBatch = { at, born: this.#born, exchanges: this.#exchanges.map(toExchange) };
    this.#born = [];
    this.#exchanges = [];
    this.#port.postMessage(batch);
  }
}
