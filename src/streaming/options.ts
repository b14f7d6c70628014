/** What a streaming node is given, and what it tells. Times in milliseconds, rates in bytes/s, unless named otherwise. */
import type { Endpoint, LinkMessage } from './link-message.ts';

/** In which order a peer asks for chunks: see `pick.ts`. */
export type Selection = 'rarest-first' | 'in-order' | 'random' | 'window';
/** Whom a peer serves: whoever asks, or see `choking.ts`. */
type Incentive = 'none' | 'tit-for-tat';
/** A free-rider serves nobody and shows an empty map; a polluter serves chunks that are not what they say. */
type Behaviour = 'regular' | 'free-rider' | 'polluter';
/** Which link is given up for a new one: see `overlay.ts`. */
type Replacement = 'silent' | 'worst' | 'random';
export type PlaybackChange = 'started' | 'stalled' | 'resumed' | 'ended';

/** What happens to a node, as the log of a run wants to know it; `handle` is the other end's. */
export type NodeEvent =
  /** A link that this node opened is up, or has ended. */
  | { readonly kind: 'link'; readonly handle: number; readonly open: boolean }
  /** A chunk came whole; not `good`: polluted, thrown away. */
  | { readonly kind: 'chunk'; readonly handle: number; readonly chunk: number; readonly good: boolean }
  /** A link that this node tried to open did not come about: refused, or no answer in time. */
  | { readonly kind: 'failed'; readonly endpoint: Endpoint; readonly why: 'refused' | 'silent' }
  | { readonly kind: 'banned'; readonly handle: number }
  /** `at`: when it happened, which is never after the call that found out. */
  | { readonly kind: 'playback'; readonly state: PlaybackChange; readonly at: number };

export interface PlaybackOptions {
  /** Seconds that playing one chunk takes; live: as `chunkSeconds`. */
  readonly chunkSeconds: number;
  /** Seconds of stream in hand before playing begins, and begins again after a stall. */
  readonly startUp: number;
}

export interface NodeOptions {
  readonly endpoint: Endpoint;
  readonly peerId: string;
  readonly handle: number;
  readonly swarm: number;
  readonly chunks: number;
  readonly chunkBytes: number;
  /** Live: seconds of stream per chunk; the source makes them. */
  readonly chunkSeconds: number | undefined;
  readonly source: boolean;
  /** Bytes/s. */
  readonly upload: number;
  readonly download: number;
  /** Links that it opens; it takes as many again from others. */
  readonly maxLinks: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly post: (message: LinkMessage) => void;
  /** Left out: rarest-first. */
  readonly selection?: Selection;
  /** Selection `window`: so many chunks from where the player is are asked for in order. Left out: 16. */
  readonly window?: number;
  /** Left out: none. */
  readonly incentive?: Incentive;
  /** Left out: regular. */
  readonly behaviour?: Behaviour;
  /** Left out: silent. */
  readonly replace?: Replacement;
  /** Seconds between two replacements; left out: 30. */
  readonly replaceEvery?: number;
  /** Left out: nothing is played. */
  readonly playback?: PlaybackOptions;
  /** Whether a hello from here gets to that endpoint (NATs, see `simulation/models/nat.ts`); left out: always. */
  readonly reaches?: (to: Endpoint) => boolean;
  /** Of two that greet each other at once, whose hello stands: that of who precedes. Left out: the smaller endpoint. */
  readonly precedes?: (other: Endpoint) => boolean;
  readonly tell?: (event: NodeEvent) => void;
}
