/** A scenario made ready for the virtual clock: whole microseconds, samplers made once. */
import { MAX_PEER_LIST } from '../../protocol/message.ts';
import type { Dice } from '../models/dice.ts';
import { amounts, times, toMicros } from '../models/distributions.ts';
import { LEAST_DELAY } from '../models/network.ts';
import type { Distribution, Scenario, SwarmSpec } from '../scenario/schema.ts';
import type { Micros, Phase } from './events.ts';

type Times = (dice: Dice) => Micros;
type Amounts = (dice: Dice) => number;

/** What is drawn for the peers of one swarm. */
export interface SwarmScript {
  readonly spec: SwarmSpec;
  readonly patience: Times;
  readonly seedTime: Times;
  readonly returnAfter: Times;
  readonly upload: Amounts;
  readonly publisherUpload: Amounts;
  readonly download: Amounts;
}

export interface Script {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly duration: Micros;
  readonly phases: readonly { readonly at: Micros; readonly phase: Phase }[];
  /** Least time that anything takes from one entity to another. */
  readonly lookahead: Micros;
  /** Entries asked for with each list. */
  readonly peerCount: number;
  /** Milliseconds. */
  readonly reportInterval: number;
  /** Between two requests of a LEECH for a fresh list; undefined: only when it is short of neighbours. */
  readonly refreshInterval: Micros | undefined;
  readonly swarms: readonly SwarmScript[];
  /** How long a viewer stays with a live swarm before it goes on to another. */
  readonly watch: Times | undefined;
  /** Line classes; empty: each swarm's own. */
  readonly lines: readonly { readonly upload: Amounts; readonly download: Amounts }[];
}

export function scriptOf(scenario: Scenario): Script {
  const { seed, duration, peers, swarms, lines } = scenario;
  return {
    scenario,
    seed,
    duration: toMicros(duration),
    phases: phasesOf(scenario),
    lookahead: LEAST_DELAY,
    peerCount: Math.min(MAX_PEER_LIST, peers.peerCount),
    reportInterval: peers.reportInterval * 1000,
    refreshInterval: peers.refreshInterval === undefined ? undefined : toMicros(peers.refreshInterval),
    swarms: swarms.map(swarmScript),
    watch: scenario.zapping && times(scenario.zapping.watch),
    lines: lines.map(({ upload, download }) => ({ upload: amounts(upload), download: amounts(download) })),
  };
}

function swarmScript(spec: SwarmSpec): SwarmScript {
  return {
    spec,
    patience: times(spec.patience),
    seedTime: times(spec.seedTime),
    returnAfter: times(spec.return.after),
    upload: amounts(spec.upload),
    publisherUpload: amounts(spec.publisherUpload ?? spec.upload),
    download: amounts(spec.download),
  };
}

/** Warm-up and cool-down only where they last. */
function phasesOf({ duration, measure }: Scenario): Script['phases'] {
  const { from, until = duration } = measure;
  const phases: { at: Micros; phase: Phase }[] = [];
  if (from > 0) phases.push({ at: 0, phase: 'warm-up' });
  if (from < duration) phases.push({ at: toMicros(from), phase: 'measured' });
  if (until < duration) phases.push({ at: toMicros(until), phase: 'cool-down' });
  return phases;
}

/** A distribution of the scenario that says nothing: what it would add is left out altogether. */
export const isNothing = (from: Distribution): boolean =>
  from.distribution === 'constant' && from.value === 0;
