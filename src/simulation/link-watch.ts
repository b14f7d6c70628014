/** What a few chosen peers say to each other over their streaming links, for whoever asked; without any, nothing is kept. */
import type { Endpoint, LinkMessage } from '../streaming/link-message.ts';

/** One message of the simulated peer protocol, when it was sent. */
export interface LinkStep {
  /** Milliseconds of run time. */
  readonly time: number;
  readonly kind: LinkMessage['kind'];
  /** Peer IDs. */
  readonly from: string;
  readonly to: string;
  /** Of `have`, `request` and `piece`. */
  readonly chunk?: number;
  /** Of `piece`: bytes of content. */
  readonly bytes?: number;
  /** Of `hello` and `welcome`: chunks that the sender holds. */
  readonly held?: number;
}

export interface LinkBatch {
  readonly steps: readonly LinkStep[];
  /** More that were left out for want of room. */
  readonly omitted: number;
}

export interface WatchedPeer {
  readonly peerId: string;
  readonly endpoint: Endpoint;
}

/** Steps of one batch: four times a second, over the pairs that one worker's peers are in. */
const MAX_PER_BATCH = 500;

export class LinkWatch {
  readonly #chunkBytes: (from: Endpoint) => number;
  #peers = new Map<Endpoint, string>();
  #steps: LinkStep[] = [];
  #omitted = 0;

  /** `chunkBytes`: of the pieces that the peer at that endpoint sends. */
  constructor(chunkBytes: (from: Endpoint) => number) {
    this.#chunkBytes = chunkBytes;
  }

  choose(peers: readonly WatchedPeer[]): void {
    this.#peers = new Map(peers.map(({ endpoint, peerId }) => [endpoint, peerId]));
  }

  /** Messages of which only one end was chosen are not kept. */
  hear(message: LinkMessage, now: number): void {
    if (this.#peers.size === 0) return;
    const [from, to] = [this.#peers.get(message.from), this.#peers.get(message.to)];
    if (from === undefined || to === undefined) return;
    if (this.#steps.length >= MAX_PER_BATCH) this.#omitted++;
    else this.#steps.push({ time: now, kind: message.kind, from, to, ...factsOf(message, this.#chunkBytes) });
  }

  /** Since the last time; undefined when there was nothing. */
  take(): LinkBatch | undefined {
    if (this.#steps.length === 0) return undefined;
    const batch = { steps: this.#steps, omitted: this.#omitted };
    this.#steps = [];
    this.#omitted = 0;
    return batch;
  }
}

function factsOf(
  message: LinkMessage,
  chunkBytes: (from: Endpoint) => number,
): Pick<LinkStep, 'chunk' | 'bytes' | 'held'> {
  switch (message.kind) {
    case 'hello':
    case 'welcome':
      return { held: message.have.reduce((sum, one) => sum + one, 0) };
    case 'have':
    case 'request':
      return { chunk: message.chunk };
    case 'piece':
      return { chunk: message.chunk, bytes: chunkBytes(message.from) };
    case 'refuse':
    case 'bye':
      return {};
    default:
      return message satisfies never;
  }
}
