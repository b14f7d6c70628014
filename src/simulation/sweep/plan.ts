/** The runs of a sweep: every combination of its parameters, each with every seed, always in the same order. */
import { Concern } from '../models/dice.ts';
import { checkScenario, type Problem } from '../scenario/read.ts';
import type { Scenario } from '../scenario/schema.ts';
import { parsePath, withValue } from './place.ts';
import type { ParameterValues, Sweep } from './schema.ts';

/** One combination. */
export interface SweepPoint {
  /** By path, in the order of the sweep. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** With the parameters put in; its seed is that of no run. */
  readonly scenario: Scenario;
}

export interface SweepPlan {
  readonly points: readonly SweepPoint[];
  /** One a replication, the same for all points: what differs between them is then no matter of luck. */
  readonly seeds: readonly number[];
}

export type PlannedSweep =
  | { readonly ok: true; readonly plan: SweepPlan }
  | {
      readonly ok: false;
      /** The first point that is no scenario. */
      readonly parameters: Readonly<Record<string, unknown>>;
      readonly problems: readonly Problem[];
    };

export function planSweep(sweep: Sweep, scenario: Scenario): PlannedSweep {
  const points: SweepPoint[] = [];
  for (const parameters of combinations(sweep)) {
    const made = pointOf(scenario, parameters);
    if ('problems' in made) return { ok: false, parameters, problems: made.problems };
    points.push({ parameters, scenario: made.scenario });
  }
  return { ok: true, plan: { points, seeds: seedsOf(sweep.seed ?? scenario.seed, sweep.replications) } };
}

/** The scenario of a run. */
export const scenarioOf = ({ scenario }: SweepPoint, seed: number): Scenario => ({ ...scenario, seed });

/** The last parameter changes fastest. */
function combinations({ parameters, paired }: Sweep): readonly Readonly<Record<string, unknown>>[] {
  const axes = [
    ...Object.entries(parameters).map(([path, values]) => values.map((value) => ({ [path]: value }))),
    ...paired.map(together),
  ];
  let all: readonly Readonly<Record<string, unknown>>[] = [{}];
  for (const axis of axes) all = all.flatMap((one) => axis.map((other) => ({ ...one, ...other })));
  return all;
}

function together(group: ParameterValues): readonly Readonly<Record<string, unknown>>[] {
  const [first] = Object.values(group);
  if (first === undefined) return [{}];
  return first.map((_, i) =>
    Object.fromEntries(Object.entries(group).map(([path, values]) => [path, values[i]])),
  );
}

function pointOf(
  scenario: Scenario,
  parameters: Readonly<Record<string, unknown>>,
): { readonly scenario: Scenario } | { readonly problems: readonly Problem[] } {
  let value: unknown = scenario;
  for (const [path, leaf] of Object.entries(parameters)) {
    const put = withValue(value, parsePath(path) ?? [], leaf);
    if ('missing' in put)
      return {
        problems: [
          {
            path,
            problem: `The scenario has nothing at ${JSON.stringify(put.missing)}.`,
            remedy: 'Name fields that it has, and entries of its lists by id, name or number from 0.',
          },
        ],
      };
    ({ value } = put);
  }
  const read = checkScenario(value);
  if (!read.ok) return { problems: read.problems };
  if (read.scenario.clock === 'virtual') return { scenario: read.scenario };
  return {
    problems: [
      {
        path: '$.clock',
        problem: 'A sweep runs on the virtual clock.',
        remedy: 'Set clock to virtual, and leave the URL of the tracker out.',
      },
    ],
  };
}

/** From independent random numbers of the sweep's own, each seed once. */
function seedsOf(start: number, replications: number): readonly number[] {
  const dice = new Concern(start, 'replications');
  const seeds = new Set<number>();
  for (let n = 0; seeds.size < replications; n++) seeds.add(dice.at(0, n) * 2 ** 32);
  return [...seeds];
}
