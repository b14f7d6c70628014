/** What the page's form sets on top of a scenario: its size, its pace, its tracker. */
import { meanArrivalRate } from '../models/rates.ts';
import type { Arrivals, Distribution, RunEdition, Scenario } from './schema.ts';
import { peersAtOnce } from './size.ts';

/** How requests reach the tracker from a page: by themselves, or through the relay of the page's server. */
export type Way = 'direct' | 'relay';

/** What the page's form sets on top of a scenario. */
export interface Settings {
  readonly clock: Scenario['clock'];
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

/** Long-run mean arrivals per minute over all swarms. */
export const arrivalsPerMinute = (scenario: Scenario): number =>
  60 * scenario.swarms.reduce((sum, swarm) => sum + meanArrivalRate(swarm.arrivals), 0);

/** The scenario with another number of peers at once: population and arrivals grow alike, publishers too. */
export function scaledTo(scenario: Scenario, peers: number): Scenario {
  const factor = peers / peersAtOnce(scenario);
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
      // A swarm that loses all its publishers has nothing to stream.
      seeds: share(swarm.seeds, Math.min(1, swarm.seeds)),
      population: { leeches: share(swarm.population.leeches, 0), seeds: share(swarm.population.seeds, 0) },
      arrivals: withRate(swarm.arrivals, factor),
    })),
  };
}

function withRate(arrivals: Arrivals, factor: number): Arrivals {
  switch (arrivals.process) {
    case 'poisson':
    case 'diurnal':
      return { ...arrivals, rate: arrivals.rate * factor };
    case 'flash-crowd':
      return { ...arrivals, rate: arrivals.rate * factor, peers: arrivals.peers * factor };
    case 'batch':
      return { ...arrivals, peers: Math.round(arrivals.peers * factor) };
    case 'weibull':
      // Who is to come never comes.
      return factor === 0 ? { process: 'poisson', rate: 0 } : { ...arrivals, scale: arrivals.scale / factor };
    case 'trace':
      // What was observed stays as it was.
      return factor === 0 ? { process: 'poisson', rate: 0 } : arrivals;
    default:
      return arrivals satisfies never;
  }
}

/** The form's defaults for a scenario. */
export const defaultSettings = (scenario: Scenario, trackerUrl: string): Settings => ({
  clock: scenario.clock,
  edition: scenario.edition,
  trackerUrl,
  via: 'direct',
  events: '',
  peers: peersAtOnce(scenario),
  arrivalsPerMinute: toTenths(arrivalsPerMinute(scenario)),
  leaveFactor: 1,
  reportInterval: scenario.peers.reportInterval,
  seed: scenario.seed,
});

const toTenths = (amount: number): number => Math.round(amount * 10) / 10;

/** The scenario as the form has it; what the form has as the scenario has it stays to the last digit. */
export function configured(base: Scenario, settings: Settings): Scenario {
  const sized = settings.peers === peersAtOnce(base) ? base : scaledTo(base, settings.peers);
  const mean = arrivalsPerMinute(sized);
  const { clock, leaveFactor } = settings;
  const faster =
    settings.arrivalsPerMinute === toTenths(mean) ? 1 : mean === 0 ? 0 : settings.arrivalsPerMinute / mean;
  return {
    ...sized,
    clock,
    seed: settings.seed,
    edition: settings.edition,
    tracker: { ...sized.tracker, url: clock === 'virtual' ? 'embedded' : settings.trackerUrl },
    peers: { ...sized.peers, reportInterval: settings.reportInterval },
    swarms: sized.swarms.map((swarm) => ({
      ...swarm,
      arrivals: faster === 1 ? swarm.arrivals : withRate(swarm.arrivals, faster),
      patience: leaveFactor === 1 ? swarm.patience : stay(swarm.patience, leaveFactor),
      seedTime: leaveFactor === 1 ? swarm.seedTime : stay(swarm.seedTime, leaveFactor),
    })),
  };
}

const stay = (time: Distribution, factor: number): Distribution =>
  factor === 0 ? { distribution: 'never' } : scaled(time, 1 / factor);

/** The same shape with every value multiplied: how "twice as fast" is applied to a stay. */
export function scaled(from: Distribution, factor: number): Distribution {
  switch (from.distribution) {
    case 'constant':
      return { ...from, value: from.value * factor };
    case 'uniform':
      return { ...from, min: from.min * factor, max: from.max * factor };
    case 'exponential':
      return { ...from, mean: from.mean * factor };
    case 'weibull':
      return { ...from, scale: from.scale * factor };
    case 'pareto':
      return { ...from, min: from.min * factor };
    case 'lognormal':
      return { ...from, median: from.median * factor };
    case 'empirical':
      return { ...from, values: from.values.map((value) => value * factor) };
    case 'never':
      return from;
    default:
      return from satisfies never;
  }
}
