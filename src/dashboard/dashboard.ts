/** What views are given: the stores, the feed and the commands. */
import type { ComposeDesk } from './compose/desk.ts';
import type { ConformanceDesk } from './conformance/desk.ts';
import type { DeepLinks } from './deep-link.ts';
import type { Explanations } from './explanations.ts';
import type { Feed, PeerHandle } from './feed.ts';
import type { Credentials, PeerSummary, Settings, Stores, Theme } from './state.ts';
import type { LabDesk } from './lab/desk.ts';
import type { MatrixDesk } from './matrix/desk.ts';
import type { ObservedDesk } from './observed.ts';
import type { ChosenScenario, ScenarioDesk } from './scenarios.ts';
import type { StepBy, VirtualDesk } from './virtual.ts';
import type { WireDesk } from './wire/desk.ts';

export interface Commands {
  /** From `stopped`: a new run with the current settings. */
  start(): void;
  /** Peers stand still and send nothing; a long pause outlasts the tracker's track timer. */
  pause(): void;
  resume(): void;
  /** On the virtual clock: so far, then it is paused. */
  step(by: StepBy): void;
  /** Every peer LEAVEs, then all is quiet. Once more while they leave: an end to it at once. */
  stop(): void;
  /** Stop, then start with these settings and this scenario (the current ones by default). */
  restart(settings?: Settings, choice?: ChosenScenario): void;
  /** For the tracker at this URL, from the next start of a run; undefined: nobody in particular asks. */
  setCredentials(credentials: Credentials | undefined, trackerUrl: string): void;
  select(peer: PeerHandle | undefined): void;
  /** These together from now on, `what` says what they have in common; none: no peers are. */
  pick(peers: readonly PeerHandle[], what: string): void;
  selectExchange(id: number | undefined): void;
  /** Make the peer LEAVE now, or vanish without a word. */
  act(peer: PeerHandle, action: 'leave' | 'crash'): void;
  holdExchanges(held: boolean): void;
  setTheme(theme: Theme): void;
  /**
   * Peers whose ID, address, swarm, mode or edition contains the text, at most `most`, in order of arrival; of the
   * given ones, if any are.
   */
  find(text: string, most: number, among?: ReadonlySet<PeerHandle>): readonly PeerSummary[];
  /** Those of the peers that are here, in their order. */
  peersOf(handles: Iterable<PeerHandle>): readonly PeerSummary[];
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
  /** What can be run. */
  readonly scenarios: ScenarioDesk;
  /** A run on the virtual clock: its speed, its progress, its files. */
  readonly virtual: VirtualDesk;
  /** Runs and sweeps without a picture. */
  readonly lab: LabDesk;
  readonly links: DeepLinks;
  /** Everything that has happened in the run, for whoever asks. */
  readonly observed: ObservedDesk;
  /** Messages by hand: written, sent, kept. */
  readonly compose: ComposeDesk;
  /** URL of the tracker that this page's server offers. */
  readonly ownTracker: string;
  /** What of the page's address could not be used, one sentence each. */
  readonly notices: readonly string[];
}
