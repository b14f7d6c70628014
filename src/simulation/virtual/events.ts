/**
 * What happens in a run on the virtual clock, as its log tells it. The log is the run's one result: every figure is
 * computed from it, and its SHA-256 is what two runs are compared by.
 *
 * Order: by time, then entity, then the entity's own count; so it is the same whichever worker ran which peer.
 */
import type { ErrorName } from '../../protocol/errors.ts';
import type { EditionId, JoinMode, Method, PeerMode } from '../../protocol/message.ts';

/** Virtual time since the run began: a whole number of microseconds, so that no rounding differs between engines. */
export type Micros = number;
export const SECOND: Micros = 1_000_000;

/**
 * A peer: its number in the order of arrival over all swarms, from 0. Never given twice in a run. A viewer's further
 * lives, and the identities that a flooding peer invents, are numbered beyond those that come by themselves.
 */
export type PeerIndex = number;
/** Index into the scenario's swarms. */
export type SwarmIndex = number;

export type Phase = 'warm-up' | 'measured' | 'cool-down';
/** How a peer ends: by LEAVE, without a word, or after giving up on a tracker that it never reached. */
export type Departure = 'left' | 'crashed' | 'gave up';
export type PlaybackState = 'started' | 'stalled' | 'resumed' | 'ended';

/** Whoever a request to open a link found: a NAT that lets it through to nobody, nobody, no answer, or a refusal. */
export type LinkFailure = 'nat' | 'dead' | 'silent' | 'refused';

/** Bytes that a peer sent and got since it came. Left out: none. */
export interface Totals {
  /** Without those of chunks that were given up half-way. */
  readonly uploaded?: number;
  readonly downloaded?: number;
  /** Of these: polluted, thrown away. */
  readonly polluted?: number;
}

interface Told {
  readonly at: Micros;
}
interface OfPeer extends Told {
  readonly peer: PeerIndex;
}

export type RunEvent =
  | (Told & { readonly kind: 'phase'; readonly phase: Phase })
  | (OfPeer & {
      readonly kind: 'arrived';
      readonly peerId: string;
      readonly swarm: SwarmIndex;
      readonly edition: EditionId;
      readonly mode: PeerMode;
      /** Bytes/s of its line. */
      readonly upload: number;
      readonly download: number;
      /** Autonomous system, 0 where the scenario has none. */
      readonly asn: number;
      /** Class of its NAT as the scenario names it; `open` where there is none. */
      readonly nat: string;
      /** `regular`, or what the scenario makes of it: `free-rider`, `polluter`, `hostile`, ... */
      readonly behaviour: string;
    })
  | (OfPeer & Totals & { readonly kind: 'departed'; readonly how: Departure })
  /** What a peer has sent and got when the measured window begins or ends; not told where it is nothing. */
  | (OfPeer & Totals & { readonly kind: 'totals'; readonly edge: 'begin' | 'end' })
  /** A flooding peer gives itself a name that it never had: `as` is what the log calls it, which never arrives. */
  | (OfPeer & { readonly kind: 'invented'; readonly as: PeerIndex; readonly peerId: string })
  /** A request leaves the peer. `attempt` 1 = first try. */
  | (OfPeer & {
      readonly kind: 'request';
      readonly method: Method;
      readonly bytes: number;
      readonly attempt: number;
    })
  /** The tracker answers; `listed`: the peers it handed out, of all swarms; `error` of a failure. */
  | (OfPeer & {
      readonly kind: 'handled';
      /** `none`: the request could not be read so far. */
      readonly method: Method | 'none';
      readonly status: number;
      readonly bytes: number;
      readonly error?: ErrorName | undefined;
      readonly listed?: readonly PeerIndex[] | undefined;
    })
  /** The answer reaches the peer; `took`: since the request left, in microseconds. */
  | (OfPeer & {
      readonly kind: 'answered';
      readonly method: Method;
      readonly ok: boolean;
      readonly took: Micros;
    })
  /** No answer in time, or none that could be read. */
  | (OfPeer & { readonly kind: 'unanswered'; readonly method: Method; readonly attempt: number })
  /** What the tracker holds of a peer changes. */
  | (OfPeer & { readonly kind: 'joined'; readonly swarm: SwarmIndex; readonly mode: JoinMode })
  | (OfPeer & {
      readonly kind: 'unjoined';
      readonly swarm: SwarmIndex;
      readonly mode: JoinMode;
      readonly reason: 'left' | 'expired' | 'deregistered';
    })
  /** The peer has every chunk; `took`: since it arrived, in microseconds. */
  | (OfPeer & Totals & { readonly kind: 'completed'; readonly took: Micros })
  /** Chunk by chunk: `bytes` of one that came whole; `good` false: polluted, thrown away. */
  | (OfPeer & {
      readonly kind: 'chunk';
      readonly from: PeerIndex;
      readonly chunk: number;
      readonly bytes: number;
      readonly good: boolean;
    })
  /** A streaming link that `peer` opened to `to` begins or ends. */
  | (OfPeer & { readonly kind: 'link'; readonly to: PeerIndex; readonly open: boolean })
  /** A link that `peer` tried to open to `to` did not come about. */
  | (OfPeer & { readonly kind: 'unlinked'; readonly to: PeerIndex; readonly why: LinkFailure })
  | (OfPeer & { readonly kind: 'playback'; readonly state: PlaybackState })
  /** A viewer goes on to another swarm; its old registration is left, a new life begins as another peer index. */
  | (OfPeer & { readonly kind: 'switched'; readonly to: PeerIndex })
  /** `fault`: index into the scenario's faults. */
  | (Told & { readonly kind: 'fault'; readonly fault: number; readonly what: string; readonly on: boolean })
  /** The tracker's own state. */
  | (Told & {
      readonly kind: 'tracker';
      readonly state: 'started' | 'down' | 'restarted';
      readonly kept: boolean;
    })
  /** A datagram between two places that the network lost, doubled or held up. */
  | (Told & {
      readonly kind: 'network';
      readonly what: 'lost' | 'duplicated' | 'reordered' | 'partitioned';
      readonly from: PeerIndex | 'tracker';
      readonly to: PeerIndex | 'tracker';
    });
