/**
 * Somebody else's peer as the one under test. For each case the suite's tracker has forgotten it: whatever it asks
 * is forbidden until it registers, which a peer in order does by itself, and others when they are started anew.
 */
import type { Clock } from '../conformance/case.ts';
import type { PeerBench, Urge } from '../conformance/peer-bench.ts';
import type { Arrival, PeerSource } from '../conformance/peer-source.ts';
import { codecOf, detectEdition } from '../protocol/editions/index.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { EditionId, PeerMode } from '../protocol/message.ts';

export interface AwaitedPeersOptions {
  readonly clock: Clock;
  /** What the peer comes as. */
  readonly mode: PeerMode;
  /** Tells the person beside the peer what to do. */
  readonly say: (line: string) => void;
  readonly url: string;
}

/** Milliseconds of waiting before a person is asked to help. */
const ASK_AFTER = 5000;

const WISHES: Readonly<Record<Urge, string>> = {
  complete: 'let the peer have all of its content now',
  'ask anew': 'let the peer want other neighbours now',
  leave: 'let the peer leave the swarm now',
};

/** As the edition has it (digest, "Errors"). */
function forbid(arrival: Arrival, edition: EditionId): void {
  const codec = codecOf(edition);
  const read = codec.decodeRequest(arrival.body);
  const { status, phrase } = ERRORS.forbidden;
  const body = codec.encodeResponse({
    edition,
    version: read.ok ? read.message.version : codec.version,
    method: read.ok ? read.message.method : 'CONNECT',
    outcome: 'failure',
    transactionId: read.ok ? read.message.transactionId : '',
    error: 'forbidden',
  });
  const headers = body.length > 0 ? { 'content-type': codec.mediaType } : undefined;
  arrival.answer({ status, reason: phrase, body, ...(headers === undefined ? {} : { headers }) });
}

/** Whether a case may begin with it: a CONNECT that does not leave, or what cannot be read at all. */
function registers({ body }: Arrival, codec: PeerBench['codec']): boolean {
  const read = codec.decodeRequest(body);
  if (!read.ok) return true;
  const { message } = read;
  return message.method === 'CONNECT' && message.actions.every(({ action }) => action === 'JOIN');
}

export class AwaitedPeers implements PeerSource {
  readonly #options: AwaitedPeersOptions;
  #take: ((arrival: Arrival) => void) | undefined;
  #met: ((edition: EditionId) => void) | undefined;

  constructor(options: AwaitedPeersOptions) {
    this.#options = options;
  }

  /** The edition that the first peer to come speaks. */
  edition(): Promise<EditionId> {
    return new Promise((resolve) => {
      this.#met = resolve;
    });
  }

  /** What came through the door. */
  arrive(arrival: Arrival): void {
    const edition = detectEdition(arrival.body);
    if (edition !== undefined) this.#met?.(edition);
    if (this.#take !== undefined) this.#take(arrival);
    // Between two cases.
    else arrival.answer({ status: 503, headers: { 'retry-after': '1' } });
  }

  bring(
    { edition, mode }: Parameters<PeerSource['bring']>[0],
    arrive: (arrival: Arrival) => void,
  ): ReturnType<PeerSource['bring']> {
    const { clock, say, url } = this.#options;
    if (mode !== this.#options.mode)
      return Promise.reject(new Error(`needs a peer that joins as ${mode} (--mode ${mode})`));
    const callOff = clock.after(ASK_AFTER, () =>
      say(`waiting: start the peer anew, with ${url} as its tracker`),
    );
    let taken = false;
    this.#take = (arrival) => {
      const spoken = detectEdition(arrival.body) ?? edition;
      taken ||= registers(arrival, codecOf(spoken));
      if (!taken) {
        forbid(arrival, spoken);
        return;
      }
      callOff();
      arrive(arrival);
    };
    return Promise.resolve({
      urge: (urge) => {
        say(`please: ${WISHES[urge]}`);
        return false;
      },
      end: () => {
        callOff();
        this.#take = undefined;
      },
    });
  }
}
