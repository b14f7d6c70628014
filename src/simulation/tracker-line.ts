/** The line to the tracker that the peers of one worker share: a queue, a bounded number in flight, what came of each. */
import { codecOf } from '../protocol/editions/index.ts';
import type { PeerEvent, Pending } from '../peer/state.ts';
import type { Transport, WireAnswer } from '../transport/transport.ts';
import { ExchangeLog, type BareResult, type ExchangeRecord, type Witness } from './exchange-log.ts';
import { outcomeOf, type Observing } from './observing.ts';
import type { Counters, Exchange, TrackerSight } from './report.ts';
import type { Scenario } from './scenario/schema.ts';
import { purposeOf } from './purpose.ts';
import type { SimulatedPeer } from './simulated-peer.ts';
import { SightOfTracker } from './tracker-sight.ts';
import { judge } from './verdict.ts';

export interface LineOptions {
  readonly scenario: Scenario;
  readonly worker: number;
  readonly workers: number;
  readonly firstSerial: number;
  readonly transport: Transport;
  /** Milliseconds of run time. */
  readonly now: () => number;
  /** True while the run is paused: nothing is sent then. */
  readonly holding: () => boolean;
  /** Told of a bug of ours that one exchange met. */
  readonly fault: (cause: unknown) => void;
  readonly witness?: Pick<Witness, 'exchanged'>;
  readonly observing?: Pick<Observing, 'asked'>;
  /** What the answer, or its absence, means to the peer that asked. */
  readonly settle: (peer: SimulatedPeer, event: PeerEvent, now: number) => void;
}

/**
 * Requests under way at once over all workers; what is more waits its turn. A browser opens six connections to a
 * host: many more requests would only wait in its own queue, where the page's `GET /stats` stands too.
 */
const MAX_IN_FLIGHT = 24;
/** Milliseconds from sending a request to giving up on its answer. */
const REQUEST_TIMEOUT = 8000;
/** Exchange numbers kept free per peer number, so that a worker put in a dead one's place never repeats one. */
const EXCHANGES_PER_SERIAL = 1000;

export class TrackerLine {
  readonly #options: LineOptions;
  readonly #log: ExchangeLog;
  readonly #sight = new SightOfTracker();
  #queue: { readonly peer: SimulatedPeer; readonly pending: Pending }[] = [];
  #inFlight = 0;
  #counts = { requests: 0, answered: 0, errors: 0, unreadable: 0, failures: 0 };

  constructor(options: LineOptions) {
    this.#options = options;
    this.#log = new ExchangeLog(options.firstSerial * EXCHANGES_PER_SERIAL);
  }

  get counters(): Omit<Counters, 'arrived' | 'completed' | 'left' | 'crashed' | 'turnedAway'> {
    return { ...this.#counts, queued: this.#queue.length };
  }

  get sight(): TrackerSight {
    return this.#sight.sight;
  }

  takeExchanges(): { readonly exchanges: readonly Exchange[]; readonly omitted: number } {
    return this.#log.take();
  }

  enqueue(peer: SimulatedPeer, pending: Pending): void {
    const { request, attempt } = pending;
    if (attempt === 1) peer.body = codecOf(request.edition).encodeRequest(request);
    this.#queue.push({ peer, pending });
  }

  /** Sends what waits, as far as places in flight allow. */
  pump(): void {
    if (this.#options.holding()) return;
    let next = 0;
    const places = Math.max(2, Math.floor(MAX_IN_FLIGHT / this.#options.workers));
    while (this.#inFlight < places && next < this.#queue.length) {
      const waiting = this.#queue[next++];
      if (waiting === undefined) continue;
      const { peer, pending } = waiting;
      // The peer crashed, or thought better of it, while the request waited.
      if (!peer.alive || peer.state.pending !== pending || peer.body === undefined) continue;
      this.#inFlight++;
      void this.#exchange(peer, pending, peer.body);
    }
    if (next > 0) this.#queue = this.#queue.slice(next);
  }

  async #exchange(peer: SimulatedPeer, pending: Pending, body: Uint8Array<ArrayBuffer>): Promise<void> {
    const { transport, scenario, now, fault } = this.#options;
    const sentAt = now();
    this.#counts.requests++;
    const answer = await transport.send({
      url: scenario.tracker.url,
      contentType: codecOf(pending.request.edition).mediaType,
      body,
      timeout: REQUEST_TIMEOUT,
    });
    this.#inFlight--;
    try {
      this.#conclude(peer, pending, body, sentAt, answer);
    } catch (cause) {
      // A bug of ours must not leave the peer waiting for ever.
      fault(cause);
      if (peer.alive && peer.state.pending === pending)
        this.#options.settle(peer, { kind: 'no-answer' }, now());
    }
    this.pump();
  }

  #conclude(
    peer: SimulatedPeer,
    pending: Pending,
    request: Uint8Array,
    sentAt: number,
    answer: WireAnswer,
  ): void {
    const { scenario, now, worker, workers, settle } = this.#options;
    const at = now();
    const { request: message } = pending;
    const { result, event } = judge(pending, answer);
    this.#tally(result);
    this.#sight.see(result, at, at - sentAt);
    const record: ExchangeRecord = {
      id: this.#log.nextId() * workers + worker,
      peer: peer.handle,
      peerId: peer.peerId,
      swarm: peer.swarm,
      edition: message.edition,
      method: message.method,
      purpose: purposeOf(pending, peer.completed),
      transactionId: message.transactionId,
      at: sentAt,
      took: at - sentAt,
      attempt: pending.attempt,
      url: scenario.tracker.url,
      requestType: codecOf(message.edition).mediaType,
      request,
      response: answer.kind === 'answered' ? answer.body : new Uint8Array(),
      result,
    };
    this.#log.add(record);
    this.#options.witness?.exchanged(record);
    this.#options.observing?.asked(at, {
      peer: peer.handle,
      swarm: peer.swarm,
      method: message.method,
      outcome: outcomeOf(result, event),
      took: at - sentAt,
    });
    if (!peer.alive) return;
    peer.latest = record;
    if (result.kind === 'failed' || result.verdict !== 'ok')
      peer.note(at, `${record.method}: ${result.kind === 'failed' ? result.failure : result.detail}`);
    if (peer.state.pending === pending) settle(peer, event, at);
  }

  #tally(result: BareResult): void {
    if (result.kind === 'failed') {
      this.#counts.failures++;
      return;
    }
    this.#counts.answered++;
    if (result.verdict === 'unreadable') this.#counts.unreadable++;
    if (result.verdict === 'error') this.#counts.errors++;
  }
}
