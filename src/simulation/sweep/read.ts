/** A sweep file's text read: the sweep with all defaults filled in, or everything that is wrong with it. */
import * as v from 'valibot';
import { faultsOf, offsetsOf, placeOf } from '../scenario/json-text.ts';
import { findingOf, type Finding } from '../scenario/problem.ts';
import { refused, type Refused } from '../scenario/read.ts';
import { parsePath } from './place.ts';
import { MAX_RUNS, SweepSchema, type ParameterValues, type Sweep } from './schema.ts';

export type ReadSweep = { readonly ok: true; readonly sweep: Sweep } | Refused;

const MAX_TEXT = 32 * 1024 * 1024;

/** The scenario in it is not looked at yet. */
export function readSweep(text: string): ReadSweep {
  if (text.length > MAX_TEXT)
    return refused([
      { path: [], problem: 'This is too long for a sweep.', remedy: `At most ${MAX_TEXT} characters.` },
    ]);
  const faults = faultsOf(text);
  if (faults.length > 0) return refused(faults, (some) => some.map(({ offset }) => placeOf(text, offset)));
  const value: unknown = JSON.parse(text);
  const parsed = v.safeParse(SweepSchema, value);
  const found = parsed.success
    ? [...checks(parsed.output)]
    : parsed.issues.map((issue) => findingOf(SweepSchema, value, issue));
  if (parsed.success && found.length === 0) return { ok: true, sweep: parsed.output };
  return refused(found, (some) =>
    offsetsOf(
      text,
      some.map(({ path }) => path),
    ).map((offset) => placeOf(text, offset)),
  );
}

/** How many runs there are in all. */
export const runsOf = ({ parameters, paired, replications }: Sweep): number =>
  [...Object.values(parameters), ...paired.map(firstOf)].reduce(
    (runs, { length }) => runs * length,
    replications,
  );

const firstOf = (group: ParameterValues): readonly unknown[] => Object.values(group)[0] ?? [undefined];

function* checks(sweep: Sweep): Generator<Finding> {
  const seen = new Set<string>();
  const groups = [
    { at: ['parameters'], group: sweep.parameters },
    ...sweep.paired.map((group, index) => ({ at: ['paired', index], group })),
  ];
  for (const { at, group } of groups)
    for (const path of Object.keys(group)) {
      if (parsePath(path) === undefined)
        yield {
          path: [...at, path],
          problem: 'This is no path.',
          remedy: 'Write field names with dots between, entries of lists in brackets: swarms[film].chunks.',
        };
      if (seen.has(path))
        yield {
          path: [...at, path],
          problem: 'This parameter is in the sweep twice.',
          remedy: 'Keep one of the two.',
        };
      seen.add(path);
    }
  for (const [index, group] of sweep.paired.entries())
    for (const [path, { length }] of Object.entries(group))
      if (length !== firstOf(group).length)
        yield {
          path: ['paired', index, path],
          problem: 'The lists of this group are not of one length.',
          remedy: 'Give all parameters of the group as many values, or put them under parameters.',
        };
  if (runsOf(sweep) > MAX_RUNS)
    yield {
      path: ['replications'],
      problem: 'These are too many runs.',
      remedy: `At most ${MAX_RUNS}, which is combinations x replications.`,
    };
}
