/** What views are given: the stores, the feed and the commands. */
import type { ComposeDesk } from './compose/desk.ts';
import type { ConformanceDesk } from './conformance/desk.ts';
import type { DeepLinks } from './deep-link.ts';
import type { Explanations } from './explanations.ts';
import type { Feed, PeerHandle } from './feed.ts';
import type { Credentials, PeerSummary, Settings, Stores, Theme } from './state.ts';
import type { MatrixDesk } from './matrix/desk.ts';
import type { WireDesk } from './wire/desk.ts';

export interface Commands {
  /** From `stopped`: a new run with the current settings. */
  start(): void;
  /** Peers stand still and send nothing; a long pause outlasts the tracker's track timer. */
  pause(): void;
  resume(): void;
  /** Every peer LEAVEs, then all is quiet. Once more while they leave: an end to it at once. */
  stop(): void;
  /** Stop, then start with these settings (the current ones by default). */
  restart(settings?: Settings): void;
  /** For the tracker at this URL, from the next start of a run; undefined: nobody in particular asks. */
  setCredentials(credentials: Credentials | undefined, trackerUrl: string): void;
  select(peer: PeerHandle | undefined): void;
  selectExchange(id: number | undefined): void;
  /** Make the peer LEAVE now, or vanish without a word. */
  act(peer: PeerHandle, action: 'leave' | 'crash'): void;
  holdExchanges(held: boolean): void;
  setTheme(theme: Theme): void;
  /** Peers whose ID, address, swarm, mode or edition contains the text, at most `most`, in order of arrival. */
  find(text: string, most: number): readonly PeerSummary[];
  /** IDs of the simulated peers that the one of this ID has open links with. */
  linkedWith(peerId: string): readonly string[];
  /** The page's address, with the selected peer, the open message and the mark on the charts in it. */
  linkToThis(): string;
  /** The simulated peer behind a listed ID, if it is one of ours. */
  peerOf(peerId: string): PeerHandle | undefined;
}

export interface Dashboard {
  readonly stores: Stores;
  readonly feed: Feed;
  readonly commands: Commands;
  readonly explanations: Explanations;
  /** Every exchange, live and from files. */
  readonly wire: WireDesk;
  /** The suite, run against the tracker that is configured, or against peers of ours. */
  readonly conformance: ConformanceDesk;
  /** Trackers and peers, each with each. */
  readonly matrix: MatrixDesk;
  readonly links: DeepLinks;
  /** Messages by hand: written, sent, kept. */
  readonly compose: ComposeDesk;
  /** URL of the tracker that this page's server offers. */
  readonly ownTracker: string;
  /** What the form goes back to. */
  readonly defaults: Settings;
  /** What of the page's address could not be used, one sentence each. */
  readonly notices: readonly string[];
}
