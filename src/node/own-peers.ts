/** Our own peer as the one under test: a new one for each case, each sent to a path of its own. */
import type { Arrival, PeerSource } from '../conformance/peer-source.ts';
import { LonePeer } from '../simulation/lone-peer.ts';
import type { LonePeerOptions } from '../simulation/lone-peer.ts';

export interface OwnPeersOptions extends Pick<LonePeerOptions, 'transport' | 'clock' | 'reportInterval'> {
  /** Of the door, with its last slash. */
  readonly url: string;
}

/** The swarm they join. */
const SWARM = 'conformance';

export class OwnPeers implements PeerSource {
  readonly #options: OwnPeersOptions;
  readonly #cases = new Map<string, (arrival: Arrival) => void>();
  #count = 0;

  constructor(options: OwnPeersOptions) {
    this.#options = options;
  }

  /** What came through the door. */
  arrive(arrival: Arrival): void {
    const hand = this.#cases.get(arrival.target);
    if (hand === undefined) arrival.drop();
    else hand(arrival);
  }

  bring(
    { edition, mode }: Parameters<PeerSource['bring']>[0],
    arrive: (arrival: Arrival) => void,
  ): ReturnType<PeerSource['bring']> {
    const { url, transport, clock, reportInterval } = this.#options;
    const number = ++this.#count;
    const path = `/peer-${number}`;
    this.#cases.set(path, arrive);
    const peer = new LonePeer({
      edition,
      mode,
      url: new URL(path, url).href,
      name: path,
      seed: number,
      transport,
      clock,
      reportInterval,
      swarm: SWARM,
      fault: (cause) => {
        throw cause;
      },
    });
    peer.begin();
    return Promise.resolve({
      urge: (urge) => peer.urge(urge),
      end: () => {
        peer.end();
        this.#cases.delete(path);
      },
    });
  }
}
