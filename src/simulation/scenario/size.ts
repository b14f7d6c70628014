/** How large a scenario is: peers at time 0, and peers at once, about. */
import { gamma } from '../models/gamma.ts';
import { meanArrivalRate } from '../models/rates.ts';
import type { Distribution, Scenario, SwarmSpec } from './schema.ts';

/** Peers at time 0. */
export function initialPeers(scenario: Scenario): number {
  let peers = 0;
  for (const swarm of scenario.swarms)
    peers += swarm.seeds + swarm.population.leeches + swarm.population.seeds;
  return peers;
}

/**
 * Peers at once, about. A scenario that begins with its population says so itself; of one that fills up it is
 * estimated by Little's law: arrivals per second x seconds that a peer stays. Whole, and at least 1.
 */
export function peersAtOnce(scenario: Scenario): number {
  const { swarms, duration } = scenario;
  const initial = initialPeers(scenario);
  if (swarms.some(({ population }) => population.leeches + population.seeds > 0)) return initial;
  let peers = initial;
  for (const swarm of swarms) {
    const stay = Math.min(duration, stayOf(swarm));
    peers += meanArrivalRate(swarm.arrivals) * stay + crowdOf(swarm.arrivals, stay);
  }
  return Math.max(1, Math.round(peers));
}

/** Seconds: until patience ends, or through the download (as fast as the slower half of the line allows) and as SEED. */
function stayOf({ kind, chunks, chunkBytes, patience, seedTime, upload, download }: SwarmSpec): number {
  if (kind === 'live') return meanOf(patience);
  const rate = Math.min(meanOf(upload), meanOf(download));
  const transfer = rate > 0 ? (chunks * chunkBytes) / rate : Infinity;
  return Math.min(meanOf(patience), transfer + meanOf(seedTime));
}

/** Those of what comes once only that are there together. */
function crowdOf(arrivals: SwarmSpec['arrivals'], stay: number): number {
  if (arrivals.process === 'batch' && arrivals.every === undefined) return arrivals.peers;
  if (arrivals.process !== 'flash-crowd' || arrivals.every !== undefined) return 0;
  return (arrivals.peers * stay) / (stay + arrivals.decay);
}

function meanOf(from: Distribution): number {
  switch (from.distribution) {
    case 'constant':
      return from.value;
    case 'uniform':
      return (from.min + from.max) / 2;
    case 'exponential':
      return from.mean;
    case 'weibull':
      return from.scale * gamma(1 + 1 / from.shape);
    case 'pareto':
      return from.shape > 1 ? (from.shape * from.min) / (from.shape - 1) : Infinity;
    case 'lognormal':
      return from.median * Math.exp(from.sigma ** 2 / 2);
    case 'empirical':
      return from.values.reduce((sum, value) => sum + value, 0) / from.values.length;
    case 'never':
      return Infinity;
    default:
      return from satisfies never;
  }
}
