/**
 * The sweep file: one scenario, parameters that vary in it, and how often each combination is run. Field names are a
 * contract; what is not listed is refused. `public/sweep.schema.json` is made from it (`npm run docs`).
 */
import * as v from 'valibot';
import { name, text, whole } from '../scenario/fields.ts';

/** Runs of one sweep. */
export const MAX_RUNS = 100_000;
const MAX_VALUES = 100_000;
const MAX_REFERENCE = 4096;

const Values = v.pipe(
  v.array(v.unknown()),
  v.minLength(1),
  v.maxLength(MAX_VALUES),
  v.description('The values that it takes, as a scenario has them.'),
);
const Parameters = v.record(v.string(), Values);

export const SweepSchema = v.strictObject({
  $schema: v.exactOptional(v.pipe(v.string(), v.description('Where the schema is, for editors; ignored.'))),
  name: name('What the sweep is called.'),
  about: v.exactOptional(text('One sentence on what it is to show.')),
  scenario: v.pipe(
    v.union([
      v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_REFERENCE)),
      v.record(v.string(), v.unknown()),
    ]),
    v.description(
      "The scenario that is varied: a file's name beside this one, a preset's name, or a scenario in full. It runs on the virtual clock.",
    ),
  ),
  parameters: v.optional(
    v.pipe(
      Parameters,
      v.description(
        'Every value with every other: by path, such as swarms[film].arrivals.rate (an entry of a list by its id, its name or its number from 0), the values.',
      ),
    ),
    {},
  ),
  paired: v.optional(
    v.pipe(
      v.array(Parameters),
      v.maxLength(100),
      v.description(
        'Groups of parameters that go together: the first values of a group, then the second, and so on. All lists of a group are of one length.',
      ),
    ),
    [],
  ),
  replications: v.optional(
    whole(
      1,
      100_000,
      'Runs of each combination, each of a seed of its own. The n-th run has the same seed in all combinations.',
    ),
    1,
  ),
  seed: v.exactOptional(
    whole(0, Number.MAX_SAFE_INTEGER, "Start of the seeds of the runs; the scenario's own when left out."),
  ),
});

type Fixed<Type> = Type extends object ? { readonly [Key in keyof Type]: Fixed<Type[Key]> } : Type;
type Read = Fixed<v.InferOutput<typeof SweepSchema>>;

/** A sweep with every default filled in. */
export interface Sweep extends Omit<Read, 'scenario' | 'parameters' | 'paired'> {
  readonly scenario: string | Readonly<Record<string, unknown>>;
  readonly parameters: ParameterValues;
  readonly paired: readonly ParameterValues[];
}
/** Paths into the scenario, and the values that each takes. */
export type ParameterValues = Readonly<Record<string, readonly unknown[]>>;
