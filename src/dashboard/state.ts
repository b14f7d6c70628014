/** What the page knows, one store per concern. Views read these and call the commands of `session.ts`. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChosenScenario } from './scenarios.ts';
import type { EditionId } from '../protocol/message.ts';
import type {
  Credentials,
  EventsReport,
  Exchange,
  ForeignDetail,
  PeerDetail,
  PeerHandle,
  Scenario,
  Settings,
  TrackerStats,
  Way,
} from '../workers/messages.ts';

export type {
  Credentials,
  EventsReport,
  Exchange,
  ExchangeResult,
  ForeignDetail,
  ForeignStay,
  HistoryEntry,
  ListedPeer,
  PeerDetail,
  PeerPhase,
  RunEdition,
  Scenario,
  Settings,
  TrackerStats,
  Way,
} from '../workers/messages.ts';

/** `ended`: a run on the virtual clock is over, its last moment is shown. */
export type RunStatus = 'starting' | 'running' | 'paused' | 'stopping' | 'stopped' | 'ended';

/** The live figures of the top bar. */
export interface Figures {
  readonly peers: number;
  readonly seeds: number;
  readonly leeches: number;
  readonly swarms: number;
  readonly requests: number;
  readonly errors: number;
  /** Requests a second, over the last few seconds, by this page's peers. */
  readonly rate: number;
}

export interface RunState {
  readonly status: RunStatus;
  readonly scenario: Scenario;
  /** The scenario without the settings. */
  readonly base: ChosenScenario;
  readonly settings: Settings;
  /** Milliseconds since the run began, as of the latest snapshot. */
  readonly elapsed: number;
  /** Peer workers at work, and how often one had to be started again. */
  readonly workers: number;
  readonly restarts: number;
  /** What went wrong on our side, newest last, at most 20. */
  readonly faults: readonly string[];
  /** As the tracker counts (its /stats) while it can be asked, else as the page counts. */
  readonly figures: Figures;
  readonly figuresFrom: 'tracker' | 'page';
  /** As the page counts its own peers, always. */
  readonly simulated: Figures;
}

/** What is wrong with the tracker, in words for the person at the page. */
export interface TrackerProblem {
  readonly kind:
    | 'unreachable'
    | 'blocked'
    | 'timeout'
    | 'not-a-tracker'
    | 'mixed-content'
    | 'local-network'
    | 'relay'
    | 'refuses'
    | 'other';
  readonly title: string;
  readonly explanation: string;
  /** What to do, one sentence each. */
  readonly remedies: readonly string[];
  /** What to copy for it: `what` names it, as in `relay command`. */
  readonly snippets: readonly { readonly what: string; readonly text: string }[];
  /** It comes from the browser, so that a relay on this computer gets around it; `offered`: this page's server has one. */
  readonly relay: 'offered' | 'possible' | undefined;
  /** Milliseconds since the run began when it was first seen. */
  readonly since: number;
}

export type Authentication = 'none' | Credentials['scheme'];

export interface TrackerState {
  readonly url: string;
  /** Served by the server this page came from. */
  readonly own: boolean;
  /** The way that requests of this run go. */
  readonly via: Way;
  /** How this run's requests say who asks. */
  readonly authentication: Authentication;
  /** Origin that the relay of this page's server reaches; undefined as long as it has not been asked or there is none. */
  readonly relayTarget: string | undefined;
  readonly health: 'waiting' | 'ok' | 'trouble';
  /** Milliseconds, typical of the latest exchanges. */
  readonly latency: number | undefined;
  readonly problem: TrackerProblem | undefined;
  /** Latest answer of GET /stats; undefined when the tracker has none. */
  readonly stats: TrackerStats | undefined;
}

/** One second of one swarm, as the page counts. */
export interface SwarmPoint {
  /** Seconds since the run began. */
  readonly time: number;
  readonly seeds: number;
  readonly leeches: number;
}

export interface SwarmView {
  readonly id: string;
  readonly about: string;
  readonly kind: 'vod' | 'live';
  readonly seeds: number;
  readonly leeches: number;
  /** One point a second, at most the last 900. */
  readonly history: readonly SwarmPoint[];
}

/** One second of the whole page's traffic. */
export interface TrafficPoint {
  readonly time: number;
  /** Requests, errors and lost requests in that second. */
  readonly requests: number;
  readonly errors: number;
}

export interface PopulationState {
  readonly swarms: readonly SwarmView[];
  readonly traffic: readonly TrafficPoint[];
}

/** Peers that are not ours, as exchanges with the tracker show them. */
export interface ForeignState {
  /** However many swarms each is in. */
  readonly peers: number;
  /** Exchanges of peers that there was no room for. */
  readonly omitted: number;
  /** Names of places that the scenario does not have, numbered after its swarms. */
  readonly swarms: readonly string[];
  /** Where they are; a peer counts in each of its swarms. */
  readonly bySwarm: readonly { readonly id: string; readonly seeds: number; readonly leeches: number }[];
  /** Where the page hears of them, and how that goes. */
  readonly sources: readonly EventsReport[];
}

export interface PeerSummary {
  readonly handle: PeerHandle;
  readonly peerId: string;
  readonly swarm: string;
  readonly endpoint: string;
  /** Autonomous system; 0: not known. */
  readonly asn: number;
  /** Spoken now. */
  readonly edition: EditionId;
  readonly mode: 'SEED' | 'LEECH';
  /** Share of the chunks held, 0 to 1. */
  readonly share: number;
  /** Not one of ours: what it holds is not known. */
  readonly foreign: boolean;
}

export interface SelectionState {
  readonly peer: PeerHandle | undefined;
  /** Of a peer of ours, and of one of others. */
  readonly detail: PeerDetail | undefined;
  readonly foreign: ForeignDetail | undefined;
  /** Set when the selected peer is gone: what became of it. */
  readonly ended: 'left' | 'crashed' | undefined;
  /** Handles of the peers on its latest list that are simulated here. */
  readonly listed: readonly PeerHandle[];
  readonly exchange: number | undefined;
}

/** Peers taken together: by a lasso in the picture, by a state, by a list. Any of them may be gone by now. */
export interface PickedState {
  readonly peers: ReadonlySet<PeerHandle>;
  /** What they have in common, as a person would say it; undefined: none are picked. */
  readonly what: string | undefined;
}

export interface ExchangesState {
  /** Newest first, at most 400. */
  readonly list: readonly Exchange[];
  /** How many more happened than are kept here. */
  readonly omitted: number;
  /** The list stands still for reading; new ones are counted in `omitted`. */
  readonly held: boolean;
}

export type Theme = 'system' | 'dark' | 'light' | 'projector';

export interface PreferencesState {
  readonly theme: Theme;
}

export interface Stores {
  readonly run: StoreApi<RunState>;
  readonly tracker: StoreApi<TrackerState>;
  readonly population: StoreApi<PopulationState>;
  readonly foreign: StoreApi<ForeignState>;
  readonly selection: StoreApi<SelectionState>;
  readonly picked: StoreApi<PickedState>;
  readonly exchanges: StoreApi<ExchangesState>;
  readonly preferences: StoreApi<PreferencesState>;
}

export const EMPTY_SELECTION: SelectionState = {
  peer: undefined,
  detail: undefined,
  foreign: undefined,
  ended: undefined,
  listed: [],
  exchange: undefined,
};

export const NOBODY_PICKED: PickedState = { peers: new Set(), what: undefined };

export const NOBODY_FOREIGN: ForeignState = { peers: 0, omitted: 0, swarms: [], bySwarm: [], sources: [] };

export const NO_FIGURES: Figures = {
  peers: 0,
  seeds: 0,
  leeches: 0,
  swarms: 0,
  requests: 0,
  errors: 0,
  rate: 0,
};

export function createStores(base: ChosenScenario, settings: Settings): Stores {
  return {
    run: createStore<RunState>(() => ({
      status: 'starting',
      scenario: base.scenario,
      base,
      settings,
      elapsed: 0,
      workers: 0,
      restarts: 0,
      faults: [],
      figures: NO_FIGURES,
      figuresFrom: 'page',
      simulated: NO_FIGURES,
    })),
    tracker: createStore<TrackerState>(() => ({
      url: settings.trackerUrl,
      own: false,
      via: settings.via,
      authentication: 'none',
      relayTarget: undefined,
      health: 'waiting',
      latency: undefined,
      problem: undefined,
      stats: undefined,
    })),
    population: createStore<PopulationState>(() => ({ swarms: [], traffic: [] })),
    foreign: createStore<ForeignState>(() => NOBODY_FOREIGN),
    selection: createStore<SelectionState>(() => EMPTY_SELECTION),
    picked: createStore<PickedState>(() => NOBODY_PICKED),
    exchanges: createStore<ExchangesState>(() => ({ list: [], omitted: 0, held: false })),
    preferences: createStore<PreferencesState>(() => ({ theme: 'system' })),
  };
}
