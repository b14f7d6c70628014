/** What theory says, what a run gave, and whether the two agree. */
import { RunAnalysis } from '../../analysis/run-analysis.ts';
import { dice } from '../../simulation/models/dice.ts';
import type { ScenarioInput } from '../../simulation/scenario/schema.ts';
import { LogReader } from '../../simulation/virtual/log-reader.ts';
import { VirtualRun } from '../../simulation/virtual/run.ts';
import { scenarioOf } from '../eventful.ts';

export interface Check {
  readonly what: string;
  readonly expected: number;
  readonly measured: number;
  /** Greatest distance from what is expected, in the same unit. */
  readonly allowed: number;
}

export const holds = ({ expected, measured, allowed }: Check): boolean =>
  Math.abs(measured - expected) <= allowed;

/** `quick`: some seconds, for every run of the tests. `full`: minutes, for a validation. */
export type Size = 'quick' | 'full';

/** A run to its end; returns its measures by name. A measure that is not there is a fault of ours. */
export async function measured(input: ScenarioInput): Promise<(name: string) => number> {
  const scenario = scenarioOf(input);
  const analysis = new RunAnalysis(scenario, dice(scenario.seed, 'analysis', 0));
  const reader = new LogReader((event) => analysis.take(event));
  const run = new VirtualRun({ scenario, onLog: (bytes) => reader.read(bytes) });
  const { time } = await run.advance({ until: Infinity });
  analysis.finish(time);
  const { measures } = analysis.result();
  return (name) => {
    const measure = measures[name];
    if (measure === undefined) throw new Error(`${name} was not measured`);
    return measure.value;
  };
}
