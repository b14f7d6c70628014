/**
 * A scenario: the swarms, who arrives, how long they stay, what their lines carry.
 * Field names are those of the scenario file (a contract). Times in seconds, sizes in bytes, rates in bytes/s.
 */
import { EDITIONS, type EditionId } from '../protocol/message.ts';
import { scaled, type Distribution } from './distribution.ts';

export type Arrivals =
  /** `rate`: peers per second. */
  | { readonly process: 'poisson'; readonly rate: number }
  /**
   * Every `every` seconds, first at `at`, a crowd of about `peers` comes: its rate falls off
   * exponentially with time constant `decay`. Between crowds peers come at `rate`.
   */
  | {
      readonly process: 'flash-crowd';
      readonly rate: number;
      readonly at: number;
      readonly every: number;
      readonly peers: number;
      readonly decay: number;
    };

export interface SwarmSpec {
  readonly id: string;
  /** One sentence on its temper, for the page. */
  readonly about: string;
  /** `vod`: a fixed number of chunks, a LEECH that has all becomes SEED. `live`: a window that moves. */
  readonly kind: 'vod' | 'live';
  /** Chunks in all (vod) or in the window (live). */
  readonly chunks: number;
  readonly chunkBytes: number;
  /** live: seconds of stream in one chunk. */
  readonly chunkSeconds?: number;
  /** Publishers: SEEDs from the first second that stay to the end. */
  readonly seeds: number;
  /** Who is there at time 0 besides the publishers, at random points of their stay. */
  readonly population: { readonly leeches: number; readonly seeds: number };
  readonly arrivals: Arrivals;
  /** How long a LEECH stays before it gives up. */
  readonly patience: Distribution;
  /** How long a peer that completed stays as SEED. */
  readonly seedTime: Distribution;
  readonly upload: Distribution;
  /** Lines of the publishers, who are servers as often as not; `upload` when left out. */
  readonly publisherUpload?: Distribution;
  readonly download: Distribution;
}

/** One edition for all peers, or each peer one of the four, in equal shares. */
export type RunEdition = EditionId | 'mixed';
export const RUN_EDITIONS: readonly RunEdition[] = [...EDITIONS, 'mixed'];

export interface Scenario {
  readonly name: string;
  readonly seed: number;
  readonly clock: 'real';
  readonly edition: RunEdition;
  readonly tracker: { readonly url: string };
  readonly peers: {
    /** Seconds between STAT_REPORTs. */
    readonly reportInterval: number;
    /** Peers asked for with CONNECT and FIND, at most 30. */
    readonly peerCount: number;
    /** Streaming links a peer keeps. */
    readonly maxLinks: number;
    /** Share of peers that vanish without LEAVE. */
    readonly crash: number;
  };
  readonly swarms: readonly SwarmSpec[];
}

/** How requests reach the tracker from a page: by themselves, or through the relay of the page's server. */
export type Way = 'direct' | 'relay';

/** What the page's form sets on top of a scenario. */
export interface Settings {
  readonly edition: RunEdition;
  /** The tracker's own URL, whichever way leads there. */
  readonly trackerUrl: string;
  readonly via: Way;
  /** Who tells of peers of others besides this page's own tracker: URL of a proxy's `/events`. Empty: nobody. */
  readonly events: string;
  /** Peers at once, about, from the first second. */
  readonly peers: number;
  /** Arrivals per minute over all swarms, long-run mean. */
  readonly arrivalsPerMinute: number;
  /** 1 = stays as the scenario has them; 2 = half as long; 0 = nobody leaves. */
  readonly leaveFactor: number;
  /** Seconds. */
  readonly reportInterval: number;
  readonly seed: number;
}

/** Peers at time 0. */
export function initialPeers(scenario: Scenario): number {
  let peers = 0;
  for (const swarm of scenario.swarms)
    peers += swarm.seeds + swarm.population.leeches + swarm.population.seeds;
  return peers;
}

/** Long-run mean arrivals per second of one swarm. */
export function meanArrivalRate(arrivals: Arrivals): number {
  switch (arrivals.process) {
    case 'poisson':
      return arrivals.rate;
    case 'flash-crowd':
      return arrivals.rate + arrivals.peers / arrivals.every;
    default:
      return arrivals satisfies never;
  }
}

/** Long-run mean arrivals per minute over all swarms. */
export const arrivalsPerMinute = (scenario: Scenario): number =>
  60 * scenario.swarms.reduce((sum, swarm) => sum + meanArrivalRate(swarm.arrivals), 0);

/**
 * Arrivals per second at `time` seconds into the run. A crowd's rate is peers/decay at its start,
 * so that its integral over time is `peers`.
 */
export function arrivalRate(arrivals: Arrivals, time: number): number {
  switch (arrivals.process) {
    case 'poisson':
      return arrivals.rate;
    case 'flash-crowd': {
      if (time < arrivals.at) return arrivals.rate;
      const since = (time - arrivals.at) % arrivals.every;
      return arrivals.rate + (arrivals.peers / arrivals.decay) * Math.exp(-since / arrivals.decay);
    }
    default:
      return arrivals satisfies never;
  }
}

/** The scenario with another number of peers at once: population and arrivals grow alike, publishers too. */
export function scaledTo(scenario: Scenario, peers: number): Scenario {
  const factor = peers / initialPeers(scenario);
  // Rounded cumulatively, so that the parts add up to the whole.
  let exact = 0;
  let given = 0;
  const share = (count: number, least: number): number => {
    exact += count * factor;
    const whole = Math.max(least, Math.round(exact) - given);
    given += whole;
    return whole;
  };
  return {
    ...scenario,
    swarms: scenario.swarms.map((swarm) => ({
      ...swarm,
      // A swarm without any publisher has nothing to stream.
      seeds: share(swarm.seeds, 1),
      population: { leeches: share(swarm.population.leeches, 0), seeds: share(swarm.population.seeds, 0) },
      arrivals: withRate(swarm.arrivals, factor),
    })),
  };
}

function withRate(arrivals: Arrivals, factor: number): Arrivals {
  switch (arrivals.process) {
    case 'poisson':
      return { ...arrivals, rate: arrivals.rate * factor };
    case 'flash-crowd':
      return { ...arrivals, rate: arrivals.rate * factor, peers: arrivals.peers * factor };
    default:
      return arrivals satisfies never;
  }
}

/** The form's defaults for a scenario. */
export const defaultSettings = (scenario: Scenario, trackerUrl: string): Settings => ({
  edition: scenario.edition,
  trackerUrl,
  via: 'direct',
  events: '',
  peers: initialPeers(scenario),
  arrivalsPerMinute: Math.round(arrivalsPerMinute(scenario)),
  leaveFactor: 1,
  reportInterval: scenario.peers.reportInterval,
  seed: scenario.seed,
});

/** The scenario as the form has it. */
export function configured(base: Scenario, settings: Settings): Scenario {
  const sized = scaledTo(base, settings.peers);
  const mean = arrivalsPerMinute(sized);
  const faster = mean === 0 ? 0 : settings.arrivalsPerMinute / mean;
  return {
    ...sized,
    seed: settings.seed,
    edition: settings.edition,
    tracker: { url: settings.trackerUrl },
    peers: { ...sized.peers, reportInterval: settings.reportInterval },
    swarms: sized.swarms.map((swarm) => ({
      ...swarm,
      arrivals: withRate(swarm.arrivals, faster),
      patience: stay(swarm.patience, settings.leaveFactor),
      seedTime: stay(swarm.seedTime, settings.leaveFactor),
    })),
  };
}

const stay = (time: Distribution, factor: number): Distribution =>
  factor === 0 ? { distribution: 'never' } : scaled(time, 1 / factor);
